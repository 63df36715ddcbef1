"""The known functions: one row each, read by the parser, the printers and the evaluators.

How a function is differentiated stands in :mod:`calc_core.outer`.

``real`` is the value on real arrays (nan outside the domain).  ``analytic`` is its continuation to
complex arrays near the real axis, which the complex-step check needs (Squire & Trapp, SIAM Review
40, 1998); None where there is none, and then plain differences check.  ``smooth`` gives the
conditions on the arguments under which the function is differentiable; none means everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from calc_core.graph import ONE, ZERO, Node, fn, logic, rel

Array = Any
Numeric = Callable[..., Array]
Conditions = Callable[..., tuple[Node, ...]]


@dataclass(frozen=True, slots=True)
class Function:
    """One known function; see the module's text for the fields."""

    name: str
    latex: str
    real: Numeric
    analytic: Numeric | None = None
    smooth: Conditions | None = None
    arity: tuple[int, int | None] = (1, 1)
    spellings: tuple[str, ...] = ()
    meaning: str = ""


def _positive(u: Node) -> tuple[Node, ...]:
    return (rel("gt", u, ZERO),)


def _nonzero(u: Node) -> tuple[Node, ...]:
    return (rel("ne", u, ZERO),)


def _inside(u: Node) -> tuple[Node, ...]:
    return (rel("lt", fn("abs", u), ONE),)


def _outside(u: Node) -> tuple[Node, ...]:
    return (rel("gt", fn("abs", u), ONE),)


def _above_one(u: Node) -> tuple[Node, ...]:
    return (rel("gt", u, ONE),)


def _nonzero_of(name: str) -> Conditions:
    return lambda u: (rel("ne", fn(name, u), ZERO),)


def _not_a_pole(u: Node) -> tuple[Node, ...]:
    # Poles of the gamma function: 0, −1, −2, …
    return (logic("or", rel("gt", u, ZERO), rel("ne", fn("floor", u), u)),)


def _base(u: Node, base: Node) -> tuple[Node, ...]:
    return (rel("gt", u, ZERO), rel("gt", base, ZERO), rel("ne", base, ONE))


def _root(u: Node, degree: Node) -> tuple[Node, ...]:
    odd = isinstance(degree.data, int) and degree.data % 2 == 1
    return _nonzero(u) if odd else _positive(u)


def _different(*args: Node) -> tuple[Node, ...]:
    return tuple(rel("ne", a, b) for i, a in enumerate(args) for b in args[i + 1 :])


def _off_the_cut(y: Node, x: Node) -> tuple[Node, ...]:
    return (logic("or", rel("gt", x, ZERO), rel("ne", y, ZERO)),)


def _real_root(u: Array, degree: Array) -> Array:
    odd = np.asarray(degree) % 2 == 1
    return np.where(odd, np.sign(u) * np.abs(u) ** (1 / degree), np.power(u, 1 / degree))


def _root_analytic(u: Array, degree: Array) -> Array:
    # Odd roots of negative numbers are taken as −√(−u), the real ones.
    mirrored = (np.real(u) < 0) & (np.real(degree) % 2 == 1)
    return np.where(mirrored, -1.0, 1.0) * np.power(np.where(mirrored, -u, u), 1 / degree)


def _angle(y: Array, x: Array) -> Array:
    # 2 arctan(y / (√(x²+y²) + x)) is analytic off the cut; the other half-plane avoids 0/0.
    r = np.sqrt(x * x + y * y)
    away = 2 * np.arctan(y / (r + x))
    back = 2 * np.arctan((r - x) / y)
    return np.where(np.real(x) >= 0, away, back)


def _softplus(u: Array) -> Array:
    return np.logaddexp(0.0, u)


def _sigmoid(u: Array) -> Array:
    return special.expit(u)


def _fold(pick: Numeric) -> Numeric:
    def of(first: Array, *others: Array) -> Array:
        for other in others:
            first = pick(first, other)
        return first

    return of


def _gamma_analytic(u: Array) -> Array:
    # SciPy's complex gamma loses a small imaginary part left of 0; the reflection formula does not.
    mirrored = np.pi / (np.sin(np.pi * u) * special.gamma(1 - u))
    return np.where(np.real(u) > 0, special.gamma(u), mirrored)


def _beta_analytic(a: Array, b: Array) -> Array:
    return _gamma_analytic(a) * _gamma_analytic(b) / _gamma_analytic(a + b)


def _loggamma(u: Array) -> Array:
    return np.where(np.real(u) > 0, special.gammaln(u), np.nan)


def _acosh(u: Array) -> Array:
    return np.log(u + np.sqrt(u * u - 1))


_ROWS = (
    Function("exp", r"\exp", np.exp, np.exp, meaning="exponential"),
    Function("ln", r"\ln", np.log, np.log, _positive, meaning="natural logarithm"),
    Function(
        "log",
        r"\log",
        lambda u, b: np.log(u) / np.log(b),
        lambda u, b: np.log(u) / np.log(b),
        _base,
        (2, 2),
        meaning="logarithm to a base",
    ),
    Function("sqrt", r"\sqrt", np.sqrt, np.sqrt, _positive, meaning="square root"),
    Function("root", r"\root", _real_root, _root_analytic, _root, (2, 2), meaning="n-th root"),
    Function("sin", r"\sin", np.sin, np.sin, meaning="sine"),
    Function("cos", r"\cos", np.cos, np.cos, meaning="cosine"),
    Function(
        "tan", r"\tan", np.tan, np.tan, _nonzero_of("cos"), spellings=("tg",), meaning="tangent"
    ),
    Function(
        "sec",
        r"\sec",
        lambda u: 1 / np.cos(u),
        lambda u: 1 / np.cos(u),
        _nonzero_of("cos"),
        meaning="secant",
    ),
    Function(
        "csc",
        r"\csc",
        lambda u: 1 / np.sin(u),
        lambda u: 1 / np.sin(u),
        _nonzero_of("sin"),
        spellings=("cosec",),
        meaning="cosecant",
    ),
    Function(
        "cot",
        r"\cot",
        lambda u: 1 / np.tan(u),
        lambda u: 1 / np.tan(u),
        _nonzero_of("sin"),
        spellings=("ctg", "cotan"),
        meaning="cotangent",
    ),
    Function(
        "asin",
        r"\arcsin",
        np.arcsin,
        np.arcsin,
        _inside,
        spellings=("arcsin",),
        meaning="inverse sine",
    ),
    Function(
        "acos",
        r"\arccos",
        np.arccos,
        np.arccos,
        _inside,
        spellings=("arccos",),
        meaning="inverse cosine",
    ),
    Function(
        "atan",
        r"\arctan",
        np.arctan,
        np.arctan,
        spellings=("arctan", "arctg"),
        meaning="inverse tangent",
    ),
    Function(
        "acot",
        r"\operatorname{arccot}",
        lambda u: np.pi / 2 - np.arctan(u),
        lambda u: np.pi / 2 - np.arctan(u),
        spellings=("arccot", "arcctg"),
        meaning="inverse cotangent",
    ),
    Function(
        "asec",
        r"\operatorname{arcsec}",
        lambda u: np.arccos(1 / u),
        lambda u: np.arccos(1 / u),
        _outside,
        spellings=("arcsec",),
        meaning="inverse secant",
    ),
    Function(
        "acsc",
        r"\operatorname{arccsc}",
        lambda u: np.arcsin(1 / u),
        lambda u: np.arcsin(1 / u),
        _outside,
        spellings=("arccsc",),
        meaning="inverse cosecant",
    ),
    Function("sinh", r"\sinh", np.sinh, np.sinh, spellings=("sh",), meaning="hyperbolic sine"),
    Function("cosh", r"\cosh", np.cosh, np.cosh, spellings=("ch",), meaning="hyperbolic cosine"),
    Function("tanh", r"\tanh", np.tanh, np.tanh, spellings=("th",), meaning="hyperbolic tangent"),
    Function(
        "sech",
        r"\operatorname{sech}",
        lambda u: 1 / np.cosh(u),
        lambda u: 1 / np.cosh(u),
        meaning="hyperbolic secant",
    ),
    Function(
        "csch",
        r"\operatorname{csch}",
        lambda u: 1 / np.sinh(u),
        lambda u: 1 / np.sinh(u),
        _nonzero,
        meaning="hyperbolic cosecant",
    ),
    Function(
        "coth",
        r"\coth",
        lambda u: 1 / np.tanh(u),
        lambda u: 1 / np.tanh(u),
        _nonzero,
        meaning="hyperbolic cotangent",
    ),
    Function(
        "asinh",
        r"\operatorname{arsinh}",
        np.arcsinh,
        np.arcsinh,
        spellings=("arsinh", "arcsinh"),
        meaning="inverse hyperbolic sine",
    ),
    Function(
        "acosh",
        r"\operatorname{arcosh}",
        np.arccosh,
        _acosh,
        _above_one,
        spellings=("arcosh", "arccosh"),
        meaning="inverse hyperbolic cosine",
    ),
    Function(
        "atanh",
        r"\operatorname{artanh}",
        np.arctanh,
        np.arctanh,
        _inside,
        spellings=("artanh", "arctanh"),
        meaning="inverse hyperbolic tangent",
    ),
    Function(
        "acoth",
        r"\operatorname{arcoth}",
        lambda u: np.arctanh(1 / u),
        lambda u: np.arctanh(1 / u),
        _outside,
        spellings=("arcoth", "arccoth"),
        meaning="inverse hyperbolic cotangent",
    ),
    Function(
        "asech",
        r"\operatorname{arsech}",
        lambda u: np.arccosh(1 / u),
        lambda u: _acosh(1 / u),
        lambda u: (rel("lt", ZERO, u), rel("lt", u, ONE)),
        spellings=("arsech", "arcsech"),
        meaning="inverse hyperbolic secant",
    ),
    Function(
        "acsch",
        r"\operatorname{arcsch}",
        lambda u: np.arcsinh(1 / u),
        lambda u: np.arcsinh(1 / u),
        _nonzero,
        spellings=("arcsch", "arccsch"),
        meaning="inverse hyperbolic cosecant",
    ),
    Function(
        "atan2",
        r"\operatorname{atan2}",
        np.arctan2,
        _angle,
        _off_the_cut,
        (2, 2),
        meaning="angle of the point (x, y), written atan2(y, x)",
    ),
    Function("abs", r"\operatorname{abs}", np.abs, None, _nonzero, meaning="absolute value"),
    Function(
        "sign",
        r"\operatorname{sgn}",
        np.sign,
        None,
        _nonzero,
        spellings=("sgn", "signum"),
        meaning="sign",
    ),
    Function(
        "min", r"\min", _fold(np.minimum), None, _different, (1, None), meaning="smallest argument"
    ),
    Function(
        "max", r"\max", _fold(np.maximum), None, _different, (1, None), meaning="largest argument"
    ),
    Function(
        "floor",
        r"\operatorname{floor}",
        np.floor,
        None,
        lambda u: (rel("ne", fn("floor", u), u),),
        meaning="largest integer below",
    ),
    Function(
        "ceil",
        r"\operatorname{ceil}",
        np.ceil,
        None,
        lambda u: (rel("ne", fn("ceil", u), u),),
        spellings=("ceiling",),
        meaning="smallest integer above",
    ),
    Function(
        "heaviside",
        r"\operatorname{H}",
        lambda u: np.heaviside(u, 0.5),
        None,
        _nonzero,
        meaning="unit step",
    ),
    Function(
        "relu",
        r"\operatorname{relu}",
        lambda u: np.maximum(u, 0.0),
        None,
        _nonzero,
        spellings=("ReLU",),
        meaning="rectifier relu",
    ),
    Function(
        "sigmoid",
        r"\sigma",
        _sigmoid,
        lambda u: 1 / (1 + np.exp(-u)),
        spellings=("logistic", "expit"),
        meaning="sigmoid",
    ),
    Function(
        "softplus",
        r"\operatorname{softplus}",
        _softplus,
        lambda u: np.log(1 + np.exp(u)),
        meaning="softplus",
    ),
    Function("erf", r"\operatorname{erf}", special.erf, special.erf, meaning="error function"),
    Function(
        "erfc",
        r"\operatorname{erfc}",
        special.erfc,
        lambda u: 1 - special.erf(u),
        meaning="complementary error function",
    ),
    Function(
        "gamma",
        r"\Gamma",
        special.gamma,
        _gamma_analytic,
        _not_a_pole,
        spellings=("Gamma",),
        meaning="gamma function",
    ),
    Function(
        "loggamma",
        r"\ln\Gamma",
        _loggamma,
        special.loggamma,
        _positive,
        spellings=("lgamma", "lnGamma"),
        meaning="logarithm of the gamma function",
    ),
    Function(
        "digamma",
        r"\psi",
        special.digamma,
        special.digamma,
        _not_a_pole,
        spellings=("psi",),
        meaning="digamma function",
    ),
    Function(
        "polygamma",
        r"\psi",
        lambda n, u: special.polygamma(np.int64(n), u),
        None,
        lambda n, u: _not_a_pole(u),
        (2, 2),
        meaning="polygamma(n, u), the n-th derivative of ψ",
    ),
    Function(
        "beta",
        r"\mathrm{B}",
        special.beta,
        _beta_analytic,
        lambda a, b: _not_a_pole(a) + _not_a_pole(b),
        (2, 2),
        spellings=("Beta",),
        meaning="beta function",
    ),
    Function(
        "factorial",
        r"!",
        lambda u: special.gamma(u + 1),
        lambda u: _gamma_analytic(u + 1),
        lambda u: _not_a_pole(u + 1),
        meaning="factorial",
    ),
)

FUNCTIONS: dict[str, Function] = {row.name: row for row in _ROWS}
SPELLINGS: dict[str, str] = {
    spelling: row.name for row in _ROWS for spelling in (row.name, *row.spellings)
}
