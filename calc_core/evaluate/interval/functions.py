"""The known functions on intervals: one row each, as in :mod:`calc_core.functions`.

Monotone functions are read off at the ends, sine and cosine by where their extrema lie, the others
from these.  NumPy's and SciPy's values are taken to be good to the number of units in the last
place that stands in the row, several times what is documented or was measured.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special

from calc_core.evaluate.interval.arithmetic import (
    INF,
    NO,
    YES,
    Array,
    Bools,
    Intervals,
    add,
    between,
    divide,
    hull,
    joined,
    magnitude,
    multiply,
    negative,
    power,
    reciprocal,
    signed_as,
    subtract,
    widened,
)

Numeric = Callable[..., Any]
Reading = Callable[..., Intervals]

ULPS = 4
# Special functions are sums of series or continued fractions.
SPECIAL_ULPS = 256
# Beyond this the quadrant of an angle is not known well enough.
LARGEST_ANGLE = 1e6
HALF_PI = np.pi / 2
# Γ has its only minimum on x > 0 here (DLMF §5.4(iii)), and is at least this large.
GAMMA_BOTTOM, GAMMA_LEAST, LOG_GAMMA_LEAST = 1.4616321449683623, 0.8856031944, -0.1214862906


def limited(u: Intervals, low: float, high: float, is_open: bool = False) -> Intervals:
    """What of u lies in the domain from low to high, without its ends if it is open there.

    An infinite end of the domain is none.
    """
    ends = np.clip(u.ends, low, high)
    if is_open:
        sure, void = (u.low > low) & (u.high < high), (u.high <= low) | (u.low >= high)
    else:
        sure, void = (u.low >= low) & (u.high <= high), (u.high < low) | (u.low > high)
    return Intervals(ends, u.sure & sure, u.void | void)


def monotone(
    f: Numeric, low: float = -INF, high: float = INF, ulps: int = ULPS, falling: bool = False
) -> Reading:
    """The reading of a monotone function with values from low to high."""

    def of(u: Intervals) -> Intervals:
        with np.errstate(all="ignore"):
            ends = np.asarray(f(u.ends[::-1] if falling else u.ends))
        return Intervals(_in_range(widened(ends, ulps), low, high), u.sure, u.void)

    return of


def odd(f: Numeric, low: float = -INF, high: float = INF, ulps: int = ULPS) -> Reading:
    """The reading of a rising function with the sign of its argument."""
    plain = monotone(f, low, high, ulps)
    return lambda u: Intervals(signed_as(u.ends, plain(u).ends), u.sure, u.void)


def _in_range(ends: Array, low: float, high: float) -> Array:
    return np.clip(ends, low, high) if (low, high) != (-INF, INF) else ends


def everything(u: Intervals) -> Intervals:
    """(−∞, ∞), of which nothing is known."""
    shape = u.ends.shape[1:]
    ends = np.array([np.full(shape, -INF), np.full(shape, INF)])
    return Intervals(ends, u.sure & NO, u.void)


# ── roots and logarithms ──────────────────────────────────────────────────────────────────────────

_sqrt = odd(np.sqrt)
_log = monotone(np.log)


def square_root(u: Intervals) -> Intervals:
    """√U."""
    return _sqrt(limited(u, 0.0, INF))


def logarithm(u: Intervals) -> Intervals:
    """Ln U, down to −∞ where U reaches 0."""
    return _log(_above_zero(u))


def _above_zero(u: Intervals) -> Intervals:
    clipped = np.maximum(u.ends, 0.0)
    return Intervals(clipped, u.sure & (u.low > 0), u.void | (u.high <= 0))


def root(u: Intervals, degree: Intervals) -> Intervals:
    """The n-th root; of negative numbers for odd n."""
    n = whole_number(degree)
    if n is None or n <= 0:
        return real_power(u, reciprocal(degree))

    def real(x: Array) -> Array:
        return np.asarray(np.sign(x) * np.abs(x) ** (1.0 / n))

    inside = u if n % 2 else limited(u, 0.0, INF)
    # 1/n is not exact, which costs |ln x|/n ulps.
    return odd(real, ulps=1024)(inside)


def whole_number(u: Intervals) -> int | None:
    """The whole number that u is everywhere, if it is one."""
    low = float(u.ends.flat[0])
    if bool((u.ends == low).all()) and low.is_integer() and abs(low) < 2**53:
        return int(low)
    return None


def real_power(base: Intervals, exponent: Intervals) -> Intervals:
    """U^V = e^(V ln U) for U > 0, where V is no whole number.

    Of other points it is only said that there may be anything.
    """
    if exponent.ends.shape[1] == 1 and exponent.low[0] == exponent.high[0] > 0:
        p = float(exponent.low[0])
        if not p.is_integer():
            return odd(lambda x: x**p)(limited(base, 0.0, INF))
    found = exponential(multiply(exponent, logarithm(base)))
    # (−1)^v is defined for some v; 0^v is the limit, or infinite.
    doubtful = (base.low < 0) & _may_be_whole(exponent)
    ends = np.array([np.where(doubtful, -INF, found.low), np.where(doubtful, INF, found.high)])
    void = base.void | exponent.void | ((base.high < 0) & ~doubtful)
    return Intervals(ends, found.sure & ~doubtful, void)


def _may_be_whole(u: Intervals) -> Bools:
    return np.asarray(np.floor(u.high) >= u.low)


# ── exponentials ──────────────────────────────────────────────────────────────────────────────────

exponential = monotone(np.exp, 0.0)
_cosh = monotone(np.cosh, 1.0)


def hyperbolic_cosine(u: Intervals) -> Intervals:
    """Cosh U, even and rising on either side."""
    return _cosh(Intervals(magnitude(u), u.sure, u.void))


# ── the circle ────────────────────────────────────────────────────────────────────────────────────


def sine(u: Intervals) -> Intervals:
    """Sin U: the ends, and ±1 where a crest or a trough lies between them."""
    return _wave(np.sin, HALF_PI)(u)


def cosine(u: Intervals) -> Intervals:
    """Cos U."""
    return _wave(np.cos, 0.0)(u)


def _wave(f: Numeric, crest: float) -> Reading:
    def of(u: Intervals) -> Intervals:
        known = (u.low > -LARGEST_ANGLE) & (u.high < LARGEST_ANGLE)
        angles = np.where(known, u.ends, 0.0)
        values = np.sort(f(angles), axis=0)
        ends = widened(values, ULPS)
        # A crest missed by rounding is within 10⁻²⁰ of the end, whose value stands for it.
        ends[1] = np.where(_passes(angles, crest) | ~known, 1.0, ends[1])
        ends[0] = np.where(_passes(angles, crest + np.pi) | ~known, -1.0, ends[0])
        return Intervals(np.clip(ends, -1.0, 1.0), u.sure, u.void)

    return of


def _passes(ends: Array, place: float) -> Bools:
    """Whether place + 2kπ lies between the ends for some k."""
    turns = (ends - place) / (2 * np.pi)
    return np.asarray(np.floor(turns[1]) >= np.ceil(turns[0]))


def _branch(f: Numeric, shift: float, falling: bool) -> Reading:
    """Tangent and cotangent: monotone between poles at shift + kπ, anything across one."""

    def of(u: Intervals) -> Intervals:
        known = (u.low > -LARGEST_ANGLE) & (u.high < LARGEST_ANGLE)
        angles = np.where(known, u.ends, 0.0)
        values = np.asarray(f(angles[::-1] if falling else angles))
        turn = np.floor((angles - shift) / np.pi)
        # A pole that rounding puts on the wrong side of an end shows in ends the wrong way round.
        whole = known & (turn[0] == turn[1]) & (values[0] <= values[1])
        ends = widened(values, ULPS)
        ends = np.array([np.where(whole, ends[0], -INF), np.where(whole, ends[1], INF)])
        return Intervals(ends, u.sure & whole, u.void)

    return of


def _cot(x: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(1.0 / np.tan(x))


# ── inverse functions ─────────────────────────────────────────────────────────────────────────────

_asin, _acos = odd(np.arcsin, -2.0, 2.0), monotone(np.arccos, 0.0, 4.0, falling=True)
arctangent = odd(np.arctan, -2.0, 2.0)
_acosh, _atanh = odd(np.arccosh), odd(np.arctanh)
_RIGHT_ANGLE = Intervals(widened(np.array([[HALF_PI], [HALF_PI]]), 1), YES, NO)


def arcsine(u: Intervals) -> Intervals:
    """Arcsin U on [−1, 1]."""
    return _asin(limited(u, -1.0, 1.0))


def arccosine(u: Intervals) -> Intervals:
    """Arccos U on [−1, 1]."""
    return _acos(limited(u, -1.0, 1.0))


def area_cosine(u: Intervals) -> Intervals:
    """Arcosh U for U ≥ 1."""
    inside = limited(u, 1.0, INF)
    return Intervals(np.maximum(_acosh(inside).ends, 0.0), inside.sure, inside.void)


def area_tangent(u: Intervals) -> Intervals:
    """Artanh U for |U| < 1."""
    return _atanh(limited(u, -1.0, 1.0, is_open=True))


def angle(y: Intervals, x: Intervals) -> Intervals:
    """The angle of the point (x, y), by the quarter of the plane that the box lies in."""
    right = arctangent(divide(y, x))
    above = subtract(_RIGHT_ANGLE, arctangent(divide(x, y)))
    below = subtract(negative(_RIGHT_ANGLE), arctangent(divide(x, y)))
    shape = np.broadcast_shapes(right.ends.shape, above.ends.shape)
    in_quarter = [x.low > 0, y.low > 0, y.high < 0]
    ends = np.array(
        [
            np.select(in_quarter, [right.low, above.low, below.low], -3.2),
            np.select(in_quarter, [right.high, above.high, below.high], 3.2),
        ]
    )
    known = np.logical_or.reduce(np.broadcast_arrays(*in_quarter))
    return Intervals(np.broadcast_to(ends, shape), x.sure & y.sure & known, x.void | y.void)


# ── with corners and jumps ────────────────────────────────────────────────────────────────────────


def absolute(u: Intervals) -> Intervals:
    """|U|."""
    return Intervals(magnitude(u), u.sure, u.void)


def _jumping(f: Numeric) -> Reading:
    """A step function, continuous where it is the same at both ends and not at a step there."""

    def of(u: Intervals) -> Intervals:
        ends = np.asarray(f(u.ends), dtype=np.float64)
        # Just outside the box as well: a step at the border is no continuity.
        beyond = np.asarray(f(np.nextafter(u.ends, np.array([[-INF], [INF]]))))
        return Intervals(ends, u.sure & (beyond[0] == beyond[1]), u.void)

    return of


def largest(first: Intervals, *others: Intervals) -> Intervals:
    """The largest of the arguments."""
    for other in others:
        first = joined(first, other, np.maximum(first.ends, other.ends))
    return first


def smallest(first: Intervals, *others: Intervals) -> Intervals:
    """The smallest of the arguments."""
    for other in others:
        first = joined(first, other, np.minimum(first.ends, other.ends))
    return first


# ── the gamma function and its like, for positive arguments ──────────────────────────────────────


def _positive_only(reading: Reading) -> Reading:
    """The reading where u > 0; anything where not."""

    def of(u: Intervals) -> Intervals:
        positive = u.low > 0
        safe = Intervals(np.where(positive, u.ends, 1.0), u.sure & positive, u.void)
        found = reading(safe)
        ends = np.array([np.where(positive, found.low, -INF), np.where(positive, found.high, INF)])
        return Intervals(ends, found.sure, u.void)

    return of


def _bowl(f: Numeric, bottom: float, least: float) -> Reading:
    """A function that falls down to ``bottom`` and rises from there."""

    def of(u: Intervals) -> Intervals:
        with np.errstate(all="ignore"):
            values = widened(np.sort(f(u.ends), axis=0), SPECIAL_ULPS)
        near = (u.low <= bottom + 1e-6) & (u.high >= bottom - 1e-6)
        low = np.where(near, least, values[0])
        return Intervals(np.array([low, np.maximum(values[1], low)]), u.sure, u.void)

    return of


gamma = _positive_only(_bowl(special.gamma, GAMMA_BOTTOM, GAMMA_LEAST))
_log_gamma = _positive_only(_bowl(special.gammaln, GAMMA_BOTTOM, LOG_GAMMA_LEAST))


def log_gamma(u: Intervals) -> Intervals:
    """Ln Γ(U), defined for U > 0 only."""
    found = _log_gamma(u)
    return Intervals(found.ends, found.sure, found.void | (u.high <= 0))


def _near_zero_too(f: Numeric) -> Numeric:
    """ψ has a root: there the error is absolute, so the ends are moved before they are rounded."""
    return lambda x: f(x) + np.array([[-1.0], [1.0]]) * 1e-13


digamma = _positive_only(monotone(_near_zero_too(special.digamma), ulps=SPECIAL_ULPS))


def polygamma(order: Intervals, u: Intervals) -> Intervals:
    """ψ⁽ⁿ⁾ on u > 0: of the sign (−1)ⁿ⁺¹, and towards 0 from there."""
    n = whole_number(order)
    if n is None or n < 0:
        return everything(joined(order, u, u.ends + order.ends))
    if n == 0:
        return digamma(u)
    reading = monotone(lambda x: special.polygamma(n, x), ulps=4096, falling=n % 2 == 1)
    return _positive_only(reading)(u)


def beta(a: Intervals, b: Intervals) -> Intervals:
    """B(a, b) for positive arguments, falling in both."""
    positive = (a.low > 0) & (b.low > 0)
    first, second = np.where(positive, a.ends, 1.0), np.where(positive, b.ends, 1.0)
    with np.errstate(all="ignore"):
        found = widened(special.beta(first[::-1], second[::-1]), 4096)
    ends = np.array([np.where(positive, found[0], -INF), np.where(positive, found[1], INF)])
    return Intervals(ends, a.sure & b.sure & positive, a.void | b.void)


def _compose(outer: Reading, inner: Reading) -> Reading:
    return lambda u: outer(inner(u))


def _complement(u: Intervals) -> Intervals:
    return subtract(_RIGHT_ANGLE, arctangent(u))


_ONE = between(1.0, 1.0)

READINGS: dict[str, Reading] = {
    "exp": exponential,
    "ln": logarithm,
    "log": lambda u, b: divide(logarithm(u), logarithm(b)),
    "sqrt": square_root,
    "root": root,
    "sin": sine,
    "cos": cosine,
    "tan": _branch(np.tan, HALF_PI, falling=False),
    "sec": _compose(reciprocal, cosine),
    "csc": _compose(reciprocal, sine),
    "cot": _branch(_cot, 0.0, falling=True),
    "asin": arcsine,
    "acos": arccosine,
    "atan": arctangent,
    "acot": _complement,
    "asec": _compose(arccosine, reciprocal),
    "acsc": _compose(arcsine, reciprocal),
    "sinh": odd(np.sinh),
    "cosh": hyperbolic_cosine,
    "tanh": odd(np.tanh, -1.0, 1.0),
    "sech": _compose(reciprocal, hyperbolic_cosine),
    "csch": _compose(reciprocal, odd(np.sinh)),
    "coth": _compose(reciprocal, odd(np.tanh, -1.0, 1.0)),
    "asinh": odd(np.arcsinh),
    "acosh": area_cosine,
    "atanh": area_tangent,
    "acoth": _compose(area_tangent, reciprocal),
    "asech": _compose(area_cosine, reciprocal),
    "acsch": _compose(odd(np.arcsinh), reciprocal),
    "atan2": angle,
    "abs": absolute,
    "sign": _jumping(np.sign),
    "min": smallest,
    "max": largest,
    "floor": _jumping(np.floor),
    "ceil": _jumping(np.ceil),
    "heaviside": _jumping(lambda x: np.heaviside(x, 0.5)),
    "relu": lambda u: Intervals(np.maximum(u.ends, 0.0), u.sure, u.void),
    "sigmoid": monotone(special.expit, 0.0, 1.0, ulps=16),
    "softplus": monotone(lambda x: np.logaddexp(0.0, x), 0.0, ulps=16),
    "erf": odd(special.erf, -1.0, 1.0, ulps=SPECIAL_ULPS),
    "erfc": monotone(special.erfc, 0.0, 2.0, ulps=SPECIAL_ULPS, falling=True),
    "gamma": gamma,
    "loggamma": log_gamma,
    "digamma": digamma,
    "polygamma": polygamma,
    "beta": beta,
    "factorial": lambda u: gamma(add(u, _ONE)),
}

__all__ = ["READINGS", "exponential", "hull", "power", "real_power", "whole_number"]
