"""How the known functions behave at their outermost: the table that the chain rule reads.

To teach the engine a new function is one row of :data:`OUTER`.

Sources: derivatives of special functions from the NIST Digital Library of Mathematical Functions
(§4.20, §4.26, §4.34, §4.40 elementary; §5.9, §5.12, §5.15 gamma; §7.10 erf).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calc_core.graph import (
    APP,
    EACH,
    FN,
    NUM,
    ONE,
    PI,
    POW,
    ZERO,
    Node,
    app,
    depends,
    fn,
    neg,
    num,
    power,
)


@dataclass(frozen=True, slots=True)
class Outer:
    """The partial derivatives of an outermost function by its arguments, at its arguments."""

    statement: str
    partials: Callable[..., tuple[Node, ...]]


def _one(partial: Callable[[Node], Node]) -> Callable[..., tuple[Node, ...]]:
    return lambda u: (partial(u),)


def _outer(statement: str, partial: Callable[[Node], Node]) -> Outer:
    return Outer(statement, _one(partial))


def _root_partial(u: Node, n: Node) -> tuple[Node, ...]:
    return (1 / (n * power(fn("root", u, n), num(n.data - 1))), ZERO)


def _polygamma_partials(n: Node, u: Node) -> tuple[Node, ...]:
    return ZERO, fn("polygamma", num(n.data + 1), u)


def _beta_partials(a: Node, b: Node) -> tuple[Node, ...]:
    whole, both = fn("beta", a, b), fn("digamma", a + b)
    return whole * (fn("digamma", a) - both), whole * (fn("digamma", b) - both)


def _angle_partials(y: Node, x: Node) -> tuple[Node, ...]:
    r2 = x**2 + y**2
    return x / r2, neg(y) / r2


def _square(name: str, u: Node) -> Node:
    return fn(name, u) ** 2


OUTER: dict[str, Outer] = {
    "exp": _outer(r"(e^u)' = e^u", lambda u: fn("exp", u)),
    "ln": _outer(r"(\ln u)' = \frac1u", lambda u: 1 / u),
    "log": Outer(r"(\log_b u)' = \frac{1}{u \ln b}", lambda u, b: (1 / (u * fn("ln", b)), ZERO)),
    "sqrt": _outer(r"(\sqrt u)' = \frac{1}{2\sqrt u}", lambda u: 1 / (2 * fn("sqrt", u))),
    "root": Outer(r"(\sqrt[n]{u})' = \frac{1}{n(\sqrt[n]{u})^{n-1}}", _root_partial),
    "sin": _outer(r"(\sin u)' = \cos u", lambda u: fn("cos", u)),
    "cos": _outer(r"(\cos u)' = -\sin u", lambda u: neg(fn("sin", u))),
    "tan": _outer(r"(\tan u)' = \sec^2 u", lambda u: _square("sec", u)),
    "sec": _outer(r"(\sec u)' = \sec u \tan u", lambda u: fn("sec", u) * fn("tan", u)),
    "csc": _outer(r"(\csc u)' = -\csc u \cot u", lambda u: neg(fn("csc", u) * fn("cot", u))),
    "cot": _outer(r"(\cot u)' = -\csc^2 u", lambda u: neg(_square("csc", u))),
    "asin": _outer(r"(\arcsin u)' = \frac{1}{\sqrt{1-u^2}}", lambda u: 1 / fn("sqrt", 1 - u**2)),
    "acos": _outer(
        r"(\arccos u)' = -\frac{1}{\sqrt{1-u^2}}", lambda u: neg(1 / fn("sqrt", 1 - u**2))
    ),
    "atan": _outer(r"(\arctan u)' = \frac{1}{1+u^2}", lambda u: 1 / (1 + u**2)),
    "acot": _outer(r"(\operatorname{arccot} u)' = -\frac{1}{1+u^2}", lambda u: neg(1 / (1 + u**2))),
    "asec": _outer(
        r"(\operatorname{arcsec} u)' = \frac{1}{|u|\sqrt{u^2-1}}",
        lambda u: 1 / (fn("abs", u) * fn("sqrt", u**2 - 1)),
    ),
    "acsc": _outer(
        r"(\operatorname{arccsc} u)' = -\frac{1}{|u|\sqrt{u^2-1}}",
        lambda u: neg(1 / (fn("abs", u) * fn("sqrt", u**2 - 1))),
    ),
    "sinh": _outer(r"(\sinh u)' = \cosh u", lambda u: fn("cosh", u)),
    "cosh": _outer(r"(\cosh u)' = \sinh u", lambda u: fn("sinh", u)),
    "tanh": _outer(r"(\tanh u)' = \operatorname{sech}^2 u", lambda u: _square("sech", u)),
    "sech": _outer(
        r"(\operatorname{sech} u)' = -\operatorname{sech} u \tanh u",
        lambda u: neg(fn("sech", u) * fn("tanh", u)),
    ),
    "csch": _outer(
        r"(\operatorname{csch} u)' = -\operatorname{csch} u \coth u",
        lambda u: neg(fn("csch", u) * fn("coth", u)),
    ),
    "coth": _outer(r"(\coth u)' = -\operatorname{csch}^2 u", lambda u: neg(_square("csch", u))),
    "asinh": _outer(
        r"(\operatorname{arsinh} u)' = \frac{1}{\sqrt{u^2+1}}", lambda u: 1 / fn("sqrt", u**2 + 1)
    ),
    "acosh": _outer(
        r"(\operatorname{arcosh} u)' = \frac{1}{\sqrt{u^2-1}}", lambda u: 1 / fn("sqrt", u**2 - 1)
    ),
    "atanh": _outer(r"(\operatorname{artanh} u)' = \frac{1}{1-u^2}", lambda u: 1 / (1 - u**2)),
    "acoth": _outer(r"(\operatorname{arcoth} u)' = \frac{1}{1-u^2}", lambda u: 1 / (1 - u**2)),
    "asech": _outer(
        r"(\operatorname{arsech} u)' = -\frac{1}{u\sqrt{1-u^2}}",
        lambda u: neg(1 / (u * fn("sqrt", 1 - u**2))),
    ),
    "acsch": _outer(
        r"(\operatorname{arcsch} u)' = -\frac{1}{|u|\sqrt{1+u^2}}",
        lambda u: neg(1 / (fn("abs", u) * fn("sqrt", 1 + u**2))),
    ),
    "atan2": Outer(
        r"\partial \operatorname{atan2}(y,x) = \frac{x\,\partial y - y\,\partial x}{x^2+y^2}",
        _angle_partials,
    ),
    "abs": _outer(r"|u|' = \operatorname{sgn} u", lambda u: fn("sign", u)),
    "sign": _outer(r"(\operatorname{sgn} u)' = 0", lambda u: ZERO),
    "floor": _outer(r"\lfloor u \rfloor' = 0", lambda u: ZERO),
    "ceil": _outer(r"\lceil u \rceil' = 0", lambda u: ZERO),
    "heaviside": _outer(r"H(u)' = 0", lambda u: ZERO),
    "relu": _outer(r"\operatorname{relu}(u)' = H(u)", lambda u: fn("heaviside", u)),
    "sigmoid": _outer(
        r"\sigma(u)' = \sigma(u)(1-\sigma(u))",
        lambda u: fn("sigmoid", u) * (1 - fn("sigmoid", u)),
    ),
    "softplus": _outer(r"\operatorname{softplus}(u)' = \sigma(u)", lambda u: fn("sigmoid", u)),
    "erf": _outer(
        r"\operatorname{erf}(u)' = \frac{2}{\sqrt\pi} e^{-u^2}",
        lambda u: (2 / fn("sqrt", PI)) * fn("exp", neg(u**2)),
    ),
    "erfc": _outer(
        r"\operatorname{erfc}(u)' = -\frac{2}{\sqrt\pi} e^{-u^2}",
        lambda u: neg((2 / fn("sqrt", PI)) * fn("exp", neg(u**2))),
    ),
    "gamma": _outer(
        r"\Gamma(u)' = \Gamma(u)\,\psi(u)", lambda u: fn("gamma", u) * fn("digamma", u)
    ),
    "loggamma": _outer(r"(\ln\Gamma(u))' = \psi(u)", lambda u: fn("digamma", u)),
    "digamma": _outer(r"\psi(u)' = \psi^{(1)}(u)", lambda u: fn("polygamma", ONE, u)),
    "polygamma": Outer(r"\psi^{(n)}(u)' = \psi^{(n+1)}(u)", _polygamma_partials),
    "beta": Outer(
        r"\partial_a \mathrm{B}(a,b) = \mathrm{B}(a,b)(\psi(a) - \psi(a+b))", _beta_partials
    ),
    "factorial": _outer(
        r"(u!)' = u!\,\psi(u+1)", lambda u: fn("factorial", u) * fn("digamma", u + 1)
    ),
    "power": Outer(r"(u^n)' = n\,u^{n-1}", lambda u, n: (n * power(u, _less_one(n)), ZERO)),
    "exponential": Outer(r"(a^u)' = a^u \ln a", lambda a, u: (ZERO, power(a, u) * fn("ln", a))),
}


def _less_one(n: Node) -> Node:
    return num(n.data - 1) if n.op == NUM else n - 1


def outer_name(u: Node, x: Node) -> str | None:
    """The row of :data:`OUTER` that u = outer(…) is differentiated by, if it is a composition."""
    if u.op in (FN, EACH):
        return u.data if u.data in OUTER and not _moving_parameter(u, x) else None
    if u.op == POW:
        base, exponent = u.args
        if not depends(exponent, x):
            return "power"
        return "exponential" if not depends(base, x) else None
    return "unknown-function" if u.op == APP else None


# Arguments that count as parameters: no derivative by them in the table.  The degree of a root and
# the order of a polygamma function must be numbers, the base of a logarithm must stand still.
_PARAMETERS = {"log": 1, "root": 1, "polygamma": 0}


def _moving_parameter(u: Node, x: Node) -> bool:
    position = _PARAMETERS.get(u.data)
    if position is None:
        return False
    parameter = u.args[position]
    return depends(parameter, x) if u.data == "log" else parameter.op != NUM


def partials(u: Node, x: Node) -> list[tuple[Node, Node]]:
    """(∂outer/∂argument, argument) for every argument of u that depends on x."""
    name = outer_name(u, x)
    if name is None:
        return []
    found = _unknown_partials(u) if u.op == APP else OUTER[name].partials(*u.args)
    return [(p, a) for p, a in zip(found, u.args, strict=True) if depends(a, x)]


def _unknown_partials(u: Node) -> tuple[Node, ...]:
    name, orders = u.data
    return tuple(
        app(name, u.args, tuple(n + (i == k) for k, n in enumerate(orders)))
        for i in range(len(u.args))
    )
