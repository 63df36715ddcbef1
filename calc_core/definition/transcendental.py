r"""Rows for exponentials, logarithms, circular and hyperbolic functions, and the arctangent.

Each is an addition theorem and a standard limit; the limits of sin k/k and (e^k − 1)/k are
proved in any calculus text (Courant, Differential and Integral Calculus I, chapters II and III).
"""

from __future__ import annotations

from calc_core.definition.algebra import over
from calc_core.definition.outer import Front, Increment, Row, Stage
from calc_core.definition.quotients import minus, simple, times
from calc_core.graph import FN, ONE, TWO, ZERO, Node, add, div, fn, mul, neg, num, power
from calc_core.light import lightly


def _to_the(u: Node, exponent: Node) -> Node:
    """The exponential u with another exponent."""
    return fn("exp", exponent) if u.op == FN else power(u.args[0], exponent)


def _value_to_the(u: Node, exponent: Node) -> Node:
    return simple(_to_the(u, exponent))


def _exponential_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    before = _value_to_the(u, by.before)
    base = "e" if u.op == FN else "b"
    law = rf"{base}^{{u+k}} = {base}^u {base}^k"
    return [
        (div(minus(_to_the(u, by.after), before), h), "expand", "multiply out the exponent", ""),
        (
            times(before, div(minus(_to_the(u, by.k), ONE), h)),
            "addition-theorem",
            "the exponential of a sum is a product",
            law,
        ),
    ]


def _exponential_front(u: Node, by: Increment) -> Front:
    before = _value_to_the(u, by.before)
    top = times(before, div(minus(_to_the(u, by.k), ONE), by.k))
    if u.op == FN:
        end, law = ONE, r"\lim_{k \to 0} \frac{e^k - 1}{k} = 1"
    else:
        end, law = fn("ln", u.args[0]), r"\lim_{k \to 0} \frac{b^k - 1}{k} = \ln b"
    return Front(top, ONE, mul(before, end), ONE, "standard limit of the exponential", law)


def _logarithm_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    quotient = div(by.after, by.before)
    inside = fn("abs", quotient) if u.args[0].data == "abs" else quotient
    return [
        (
            div(fn("ln", inside), h),
            "logarithm",
            "a difference of logarithms is the logarithm of the quotient",
            r"\ln A - \ln B = \ln \frac{A}{B}",
        ),
        (div(fn("ln", add(ONE, _part(by))), h), "expand", "divide term by term", ""),
    ]


def _part(by: Increment) -> Node:
    """k/u."""
    return lightly(by.k if by.before is ONE else div(by.k, by.before))


def _logarithm_front(u: Node, by: Increment) -> Front:
    del u
    part = _part(by)
    top = div(fn("ln", add(ONE, part)), part)
    law = r"\lim_{k \to 0} \frac{\ln(1 + k)}{k} = 1"
    return Front(top, by.before, ONE, by.before, "standard limit of the logarithm", law)


# ── circular and hyperbolic functions ─────────────────────────────────────────────────────────────


def _sine_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    name, before = u.data, simple(fn(u.data, by.before))
    a, b, law = _addition(name, by)
    expanded = add(times(*a), times(*b), neg(before))
    head, step = a[0], minus(a[1], ONE)
    return [
        (div(minus(fn(name, by.after), before), h), "expand", "multiply out the argument", ""),
        (div(expanded, h), "addition-theorem", "addition theorem", law),
        (
            add(times(head, div(step, h)), times(*b[:-1], div(b[-1], h))),
            "factor",
            "collect the terms, and split the fraction",
            "",
        ),
    ]


def _addition(name: str, by: Increment) -> tuple[list[Node], list[Node], str]:
    """The two products in g(u + k), that with cos k or cosh k first."""
    hyperbolic = "h" if name.endswith("h") else ""
    sine, cosine = f"sin{hyperbolic}", f"cos{hyperbolic}"
    other = cosine if name == sine else sine
    first = [simple(fn(name, by.before)), fn(cosine, by.k)]
    second = [simple(fn(other, by.before)), fn(sine, by.k)]
    minus_sign = name == "cos"
    law = (
        rf"\{name}(u + k) = \{name} u \{cosine} k {'-' if minus_sign else '+'} "
        rf"\{other} u \{sine} k"
    )
    return first, [num(-1), *second] if minus_sign else second, law


def _sine_front(u: Node, by: Increment) -> Front:
    a, b, _ = _addition(u.data, by)
    top = add(times(a[0], div(minus(a[1], ONE), by.k)), times(*b[:-1], div(b[-1], by.k)))
    end = add(mul(a[0], ZERO), mul(*b[:-1], ONE))
    hyperbolic = "h" if u.data.endswith("h") else ""
    law = (
        rf"\lim_{{k \to 0}} \frac{{\sin{hyperbolic} k}}{{k}} = 1,\quad "
        rf"\lim_{{k \to 0}} \frac{{\cos{hyperbolic} k - 1}}{{k}} = 0"
    )
    name = "standard limits of sine and cosine"
    return Front(top, ONE, end, ONE, f"hyperbolic {name}" if hyperbolic else name, law)


def _tangent_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    sine, cosine = ("sinh", "cosh") if u.data == "tanh" else ("sin", "cos")
    after, before = by.after, by.before
    split = minus(
        div(fn(sine, after), fn(cosine, after)), div(fn(sine, before), fn(cosine, before))
    )
    both = times(fn(cosine, after), simple(fn(cosine, before)))
    crossed = minus(
        mul(fn(sine, after), fn(cosine, before)), mul(fn(cosine, after), fn(sine, before))
    )
    law = rf"\{sine}(A - B) = \{sine} A \{cosine} B - \{cosine} A \{sine} B"
    return [
        (div(split, h), "rewrite", f"{u.data} u = {sine} u/{cosine} u", ""),
        (div(crossed, times(h, both)), "common-denominator", "common denominator", ""),
        (div(fn(sine, by.k), times(h, both)), "addition-theorem", "addition theorem", law),
    ]


def _tangent_front(u: Node, by: Increment) -> Front:
    sine, cosine = ("sinh", "cosh") if u.data == "tanh" else ("sin", "cos")
    still = simple(fn(cosine, by.before))
    bottom = times(fn(cosine, by.after), still)
    end = power(still, TWO)
    law = rf"\lim_{{k \to 0}} \frac{{\{sine} k}}{{k}} = 1"
    name = "standard limit of the sine, and the cosine is continuous"
    return Front(div(fn(sine, by.k), by.k), bottom, ONE, end, name, law)


def _arctangent_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    del u
    law = r"\arctan A - \arctan B = \arctan \frac{A - B}{1 + AB}"
    return [(div(fn("atan", _turn(by)), h), "addition-theorem", "difference of angles", law)]


def _turn(by: Increment) -> Node:
    return lightly(over(by.k, _turn_bottom(by)))


def _turn_bottom(by: Increment) -> Node:
    return ONE if by.before is ZERO else add(ONE, times(by.after, by.before))


def _arctangent_front(u: Node, by: Increment) -> Front:
    del u
    turn = _turn(by)
    end = lightly(add(ONE, power(by.before, TWO)))
    law = r"\lim_{k \to 0} \frac{\arctan k}{k} = 1"
    top = div(fn("atan", turn), turn)
    return Front(top, _turn_bottom(by), ONE, end, "standard limit of the arctangent", law)


EXPONENTIAL = Row(_exponential_stages, _exponential_front)
LOGARITHM = Row(_logarithm_stages, _logarithm_front)
SINE = Row(_sine_stages, _sine_front)
TANGENT = Row(_tangent_stages, _tangent_front)
ARCTANGENT = Row(_arctangent_stages, _arctangent_front)
