"""The certificate: wrong laws are caught, and what could not be checked is not called true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from calc_core import Derivation, gradient, hessian, parse
from calc_core.certify import Certifier
from calc_core.derive import Engine
from calc_core.graph import (
    ARRAY,
    DERIV,
    DIV,
    FN,
    INTEGRAL,
    MUL,
    ONE,
    POW,
    SYM,
    ZERO,
    D,
    Node,
    add,
    array,
    cases,
    depends,
    div,
    entries,
    fn,
    mul,
    neg,
    num,
    piecewise,
    substitute,
    sym,
)
from calc_core.lines import LEVELS
from calc_core.outer import outer_name, partials
from calc_core.rules import LAWS, Law


def is_scalar_goal(u: Node, x: Node, op: str) -> bool:
    return u.op == op and x.op == SYM


# ── wrong laws, as people apply them ──────────────────────────────────────────────────────────────


def chain_without_inner(u: Node, x: Node) -> Node | None:
    if outer_name(u, x) is None:
        return None
    return add(*[p for p, _ in partials(u, x) if p is not ZERO])


def chain_outer_at_inner_derivative(u: Node, x: Node) -> Node | None:
    """f(g)′ = f′(g′)."""
    if u.op != FN or outer_name(u, x) is None:
        return None
    (outer, inner), *_ = partials(u, x)
    return substitute(outer, {inner: D(inner, x)})


def chain_of_the_first_argument(u: Node, x: Node) -> Node | None:
    if outer_name(u, x) is None:
        return None
    (p, a), *_ = partials(u, x)
    return p * D(a, x)


def product_of_derivatives(u: Node, x: Node) -> Node | None:
    return mul(*[D(f, x) for f in u.args]) if is_scalar_goal(u, x, MUL) else None


def product_one_term(u: Node, x: Node) -> Node | None:
    return mul(D(u.args[0], x), *u.args[1:]) if is_scalar_goal(u, x, MUL) else None


def quotient_of_derivatives(u: Node, x: Node) -> Node | None:
    return div(*[D(a, x) for a in u.args]) if is_scalar_goal(u, x, DIV) else None


def quotient_turned_round(u: Node, x: Node) -> Node | None:
    if not is_scalar_goal(u, x, DIV):
        return None
    top, bottom = u.args
    return div(top * D(bottom, x) - D(top, x) * bottom, bottom**2)


def quotient_without_square(u: Node, x: Node) -> Node | None:
    if not is_scalar_goal(u, x, DIV):
        return None
    top, bottom = u.args
    return div(D(top, x) * bottom - top * D(bottom, x), bottom)


def reciprocal_without_minus(u: Node, x: Node) -> Node | None:
    if not is_scalar_goal(u, x, DIV) or depends(u.args[0], x):
        return None
    return div(u.args[0] * D(u.args[1], x), u.args[1] ** 2)


def sum_without_last(u: Node, x: Node) -> Node | None:
    return add(*[D(a, x) for a in u.args[:-1]]) if is_scalar_goal(u, x, "add") else None


def multiple_without_constant(u: Node, x: Node) -> Node | None:
    if not is_scalar_goal(u, x, MUL):
        return None
    moving = [f for f in u.args if depends(f, x)]
    return D(mul(*moving), x) if len(moving) < len(u.args) else None


def constant_kept(u: Node, x: Node) -> Node | None:
    return u if x.op == SYM and u.op != ARRAY and not depends(u, x) else None


def variable_is_still(u: Node, x: Node) -> Node | None:
    return ZERO if u is x else None


def cosine_without_minus(u: Node, x: Node) -> Node | None:
    return fn("sin", x) if u is fn("cos", x) else None


def exponent_not_lowered(u: Node, x: Node) -> Node | None:
    return u.args[1] * u if u.op == POW and u.args[0] is x else None


def exponential_as_power(u: Node, x: Node) -> Node | None:
    """(a^x)′ = x a^(x−1)."""
    return x * u.args[0] ** (x - 1) if u.op == POW and u.args[1] is x else None


def exponential_without_logarithm(u: Node, x: Node) -> Node | None:
    return u if u.op == POW and u.args[1] is x else None


def power_rule_for_u_to_the_v(u: Node, x: Node) -> Node | None:
    if u.op != POW:
        return None
    base, exponent = u.args
    return exponent * base ** (exponent - 1) * D(base, x)


def base_turned_round(u: Node, x: Node) -> Node | None:
    if u.op != FN or u.data != "log":
        return None
    return D(fn("ln", u.args[1]) / fn("ln", u.args[0]), x)


def leibniz_body_only(u: Node, _x: Node) -> Node | None:
    if u.op != INTEGRAL:
        return None
    body, bound, low, high = u.args
    return substitute(body, {bound: high}) - substitute(body, {bound: low})


def pieces_swapped(u: Node, x: Node) -> Node | None:
    if u.op != "piecewise":
        return None
    pairs = cases(u)
    values = [D(value, x) for value, _ in reversed(pairs)]
    return piecewise(*zip(values, [c for _, c in pairs], strict=True))


def smallest_for_largest(u: Node, x: Node) -> Node | None:
    if u.op != FN or u.data != "max":
        return None
    return D(fn("min", *u.args), x)


def gradient_reversed(u: Node, x: Node) -> Node | None:
    if x.op != ARRAY or u.op == ARRAY or u.op == DERIV:
        return None
    return array(x.data, [D(u, v) for v in reversed(x.args)])


def jacobian_transposed(u: Node, x: Node) -> Node | None:
    if u.op != ARRAY:
        return None
    return array(u.shape + x.shape, [D(f, v) for v, f in product(entries(x), u.args)])


def hessian_of_squares(u: Node, x: Node) -> Node | None:
    if u.op != DERIV or x.op != ARRAY:
        return None
    n = len(x.args)
    second = [D(D(u.args[0], v), v) for v in x.args]
    return array((n, n), [second[i] for i in range(n) for _ in range(n)])


WRONG: list[tuple[str, Callable[[Node, Node], Node | None], str]] = [
    ("chain", chain_without_inner, "sin(x^2 y)"),
    ("chain", chain_without_inner, "(x^2 + y)^5"),
    ("chain", chain_without_inner, "ln(3x + y)"),
    ("chain", chain_without_inner, "g(x^2 y)"),
    ("chain", chain_outer_at_inner_derivative, "e^(x^2)"),
    ("chain", chain_of_the_first_argument, "f(x y, x^2)"),
    ("chain", chain_of_the_first_argument, "atan2(x y, x^2)"),
    ("product", product_of_derivatives, "x sin(x)"),
    ("product", product_of_derivatives, "x e^x ln(x) y"),
    ("product", product_one_term, "x sin(x)"),
    ("quotient", quotient_of_derivatives, "sin(x)/(1 + x^2)"),
    ("quotient", quotient_turned_round, "(x + y)/(x - y)"),
    ("quotient", quotient_without_square, "(x + y)/(x - y)"),
    ("reciprocal", reciprocal_without_minus, "3/(x^2 + y^2)"),
    ("sum", sum_without_last, "x y + y^2"),
    ("constant-multiple", multiple_without_constant, "3x^2 y"),
    ("reciprocal", reciprocal_without_minus, "6.67*10^(-11) m M/r^2"),
    ("chain", chain_without_inner, "10^(-9) sin(5x)"),
    ("product", product_one_term, "e^(-30) x sin(x)"),
    ("constant", constant_kept, "y + x"),
    ("variable", variable_is_still, "y + x"),
    ("elementary", cosine_without_minus, "cos(x) + y"),
    ("elementary", exponent_not_lowered, "x^3 y"),
    ("elementary", exponential_as_power, "2^x y"),
    ("elementary", exponential_without_logarithm, "a^x y"),
    ("logarithmic", power_rule_for_u_to_the_v, "x^x"),
    ("logarithmic", power_rule_for_u_to_the_v, "(x + y)^(x y)"),
    ("change-of-base", base_turned_round, "log_x(y)"),
    ("leibniz", leibniz_body_only, "int(e^(x t), t, 0, x^2)"),
    ("piecewise", pieces_swapped, "piecewise((x^2 y, x > y), (3x, true))"),
    ("extremum", smallest_for_largest, "max(x^2, 3y)"),
    ("gradient", gradient_reversed, "x^2 y"),
    ("jacobian", jacobian_transposed, "(x^2 y, x + y)"),
    ("hessian", hessian_of_squares, "x^3 y^2"),
]


def derived_by(rule: str, wrong: Callable[[Node, Node], Node | None], text: str) -> Derivation:
    """The derivation with the wrong law tried before the right one."""
    place = [law.id for law in LAWS].index(rule)
    laws = (*LAWS[:place], Law(rule, "", wrong), *LAWS[place:])
    f = parse(text)
    point = array((len(f.variables),), [sym(v) for v in f.variables])
    goal = D(D(f.node, point), point) if rule == "hessian" else D(f.node, point)
    return Derivation(f, Engine(laws).derive(goal), ("f'", "f'"))


@pytest.mark.parametrize(
    ("rule", "wrong", "text"), WRONG, ids=lambda v: getattr(v, "__name__", str(v))
)
def test_a_wrong_law_is_caught_and_blamed_first(rule, wrong, text):
    right = derived_by(rule, lambda _u, _x: None, text)
    assert right.certificate.confirmed
    d = derived_by(rule, wrong, text)
    assert not d.certificate.confirmed
    # Steps that use a wrong result are wrong, too; sub-steps come before them.
    assert d.certificate.unconfirmed[0][0].rule == rule
    assert all(check.reason.endswith(".") for _, check in d.certificate.unconfirmed)
    assert "could not be confirmed" in d.certificate.summary()


@pytest.mark.parametrize("level", LEVELS)
def test_wrong_lines_are_marked_and_the_right_ones_are_not(level):
    d = derived_by("chain", chain_without_inner, "x^2 + sin(x^2 y)")
    lines = d.lines(level)
    assert not lines[-1].check.confirmed
    assert "unconfirmed: the two sides differ" in d.text(level)
    confirmed = derived_by("chain", lambda _u, _x: None, "x^2 + sin(x^2 y)")
    assert all(line.check.confirmed for line in confirmed.lines(level))
    assert "unconfirmed" not in confirmed.text(level)


def test_a_wrong_result_of_a_right_law_is_caught():
    d = gradient("x^2 y + sin(x y)")
    for step in d.steps:
        wrong = replace(step, result=_changed(step.result))
        assert not Certifier(d.step.goal).certify(wrong).checks[wrong].confirmed


def _changed(u: Node) -> Node:
    """U with one entry a little larger."""
    first, *rest = entries(u)
    return array(u.data, [first + ONE, *rest]) if u.op == ARRAY else u + num(1) / num(1000)


def test_a_small_error_is_an_error():
    certifier = Certifier(D(parse("x^3").node, sym("x")))
    goal = D(parse("x^3").node, sym("x"))
    assert certifier.equal(goal, parse("3 x^2").node).confirmed
    for wrong in ("3.00001 x^2", "3 x^2 + 0.00001", "3 x^2 e^(x/100000)"):
        assert not certifier.equal(goal, parse(wrong).node).confirmed


# ── where there is nothing to check ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    ["sqrt(-1 - x^2)", "ln(-x^2 - y^2 - 1)", "arcsin(2 + x^2 y^2)", "arcosh(sin(x) - 2)",
     "x + sqrt(-y^2 - 1)", "(-1 - x^2)^y", "1/(x - x)"],
)  # fmt: skip
def test_a_function_with_no_real_values_is_not_shown_as_true(text):
    for d in (gradient(text), hessian(text)):
        assert not d.certificate.confirmed
        assert "no point was found" in d.certificate.summary()
        for level in LEVELS:
            assert not d.lines(level)[-1].check.confirmed
            assert "unconfirmed: no point was found" in d.text(level)


@pytest.mark.parametrize(
    "text",
    [
        "arcosh(x) ln(1 - y)",
        "sqrt(1 - x^2 - y^2 - z^2)",
        "sqrt(1 - x^2 - y^2 - z^2 - u^2 - v^2 - w^2)",
        "ln(ln(ln(x)))",
        "arcsin(x) arcosh(x + 1)",
        "arcsin(x - 5)",
        "sqrt(x - 20) ln(30 - x)",
        "ln(x - 2) sqrt(3 - x)",
        "sqrt(0.01 - x^2) y",
        "arsech(x) arcsec(y)",
        "sqrt(s (s - a)(s - b)(s - c))",
        "ln(sin(x) - 0.9)",
        "sqrt(x y z) ln(-x)",
        "(1 - 1/x)^(y/(1 - y^2))",
        "x! arcosh(y)/arccsc(z)",
        "e^(20x) ln(y)",
        "log_x(y) arcoth(z)",
    ],
)
def test_narrow_domains_get_points(text):
    for d in (gradient(text), hessian(text)):
        assert d.certificate.points >= 2
        assert d.certificate.confirmed, d.certificate.summary()


@pytest.mark.parametrize("text", ["5", "pi^2 + e", "a + b"])
def test_a_constant_function_is_confirmed(text):
    f = parse(text, "x y")
    for d in (gradient(f), hessian(f)):
        assert d.certificate.confirmed, d.certificate.summary()
        assert set(entries(d.node)) == {ZERO}


# ── what is told ──────────────────────────────────────────────────────────────────────────────────


def test_the_summary_counts_steps_and_points():
    d = gradient("x^2 y")
    c = d.certificate
    assert len(c.checks) == len(d.steps)
    assert c.unconfirmed == ()
    assert c.worst < 1e-7
    assert c.summary().startswith(f"{len(d.steps)} steps checked at {c.points} random points")


def test_what_floats_cannot_confirm_is_looked_at_with_more_digits():
    x = sym("x")
    certifier = Certifier(D(x, x))
    cancelling = parse("((1 + x/10^10) - 1) 10^10").node
    check = certifier.equal(cancelling, x)
    assert (check.confirmed, check.method) == (True, "many digits")
    assert not certifier.equal(cancelling, parse("1.00001 x").node).confirmed


@pytest.mark.parametrize(
    "text", ["8.99*10^9 p q/r^2", "10^12 x^2 y", "x^2/10^15", "6.02*10^23 x y"]
)
def test_large_constants_of_nature_do_not_hinder_the_check(text):
    d = gradient(text)
    assert d.certificate.confirmed, d.certificate.summary()


def test_unknown_functions_are_checked_with_functions_in_their_place():
    wrong = neg(parse("g_1(x, y)").node)
    goal = D(parse("g(x, y)").node, sym("x"))
    d = gradient("g(x, y)")
    certifier = Certifier(d.step.goal)
    assert certifier.equal(goal, entries(d.node)[0]).confirmed
    assert not certifier.equal(goal, entries(d.node)[1]).confirmed
    assert not certifier.equal(goal, wrong).confirmed
