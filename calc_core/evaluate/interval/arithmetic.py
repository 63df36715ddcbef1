"""Interval arithmetic on arrays, rounded outwards.

An operation on intervals encloses what the operation makes of the numbers in them:
x ∈ X and y ∈ Y imply x∘y ∈ X∘Y.  Every result is rounded to nearest by the machine and moved one
number outwards, so that the inclusion holds for the real numbers and not only for the floats.

Sources: R. E. Moore, R. B. Kearfott, M. J. Cloud, *Introduction to Interval Analysis* (SIAM 2009),
ch. 2 and 5; the flags are a short form of the decorations of IEEE Std 1788-2015 (§8).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

INF = np.inf
EPSILON = float(np.finfo(np.float64).eps)
LARGEST = float(np.finfo(np.float64).max)
SMALLEST = 5e-324

OUTWARDS = np.array([[-INF], [INF]])
_SIGNS = np.array([[-1.0], [1.0]])
YES, NO = np.array([True]), np.array([False])


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Many intervals, what a function does on as many boxes.

    ``ends``  lower ends and upper ends, (2, N), or (2, 1) for one interval on all boxes; a lower
              end is never +∞ and an upper end never −∞;
    ``sure``  whether the function is defined and continuous on the whole box;
    ``void``  whether it is defined nowhere in the box, and then the ends mean nothing.

    Where a function is defined on a part of a box only, the ends enclose its values there.
    """

    ends: Array
    sure: Bools
    void: Bools

    @property
    def low(self) -> Array:
        """The lower ends."""
        return np.asarray(self.ends[0])

    @property
    def high(self) -> Array:
        """The upper ends."""
        return np.asarray(self.ends[1])

    def holds(self, value: float) -> Bools:
        """Whether the number is in the interval."""
        return np.asarray((self.low <= value) & (self.high >= value) & ~self.void)


def between(low: ArrayLike, high: ArrayLike) -> Intervals:
    """The intervals with these ends, taken as exact.

    >>> square = power(between([-1.0, 2.0], [2.0, 3.0]), 2)
    >>> square.low.round(9).tolist(), square.high.round(9).tolist()
    ([0.0, 4.0], [4.0, 9.0])
    """
    ends = np.array([np.atleast_1d(low), np.atleast_1d(high)], dtype=np.float64)
    return Intervals(ends, YES, NO)


def exactly(value: int | Fraction) -> Intervals:
    """The narrowest interval around a rational number."""
    try:
        near = float(value)
    except OverflowError:
        near = INF if value > 0 else -INF
    if isfinite(near) and Fraction(near) == value:
        return between(near, near)
    return Intervals(np.nextafter(np.array([[near], [near]]), OUTWARDS), YES, NO)


def widened(ends: Array, ulps: int) -> Array:
    """Moved outwards by so many units in the last place, of normal and of subnormal numbers.

    What has no value (nan) may be anything.
    """
    ends = np.where(np.isnan(ends), OUTWARDS, ends)
    spread = np.minimum(np.abs(ends), LARGEST) * (ulps * EPSILON) + ulps * SMALLEST
    return np.asarray(np.nextafter(ends + _SIGNS * spread, OUTWARDS))


def joined(u: Intervals, v: Intervals, ends: Array) -> Intervals:
    """What is defined where both are."""
    return Intervals(ends, u.sure & v.sure, u.void | v.void)


def add(u: Intervals, v: Intervals) -> Intervals:
    """U + V.  A float sum that is 0 is exact."""
    total = u.ends + v.ends
    return joined(u, v, np.where(total == 0, 0.0, np.nextafter(total, OUTWARDS)))


def negative(u: Intervals) -> Intervals:
    """−U, exactly."""
    return Intervals(-u.ends[::-1], u.sure, u.void)


def subtract(u: Intervals, v: Intervals) -> Intervals:
    """U − V."""
    return add(u, negative(v))


def multiply(u: Intervals, v: Intervals) -> Intervals:
    """U·V: the least and the largest of the four products of ends, where 0·∞ counts as 0."""
    products = u.ends[:, None, :] * v.ends[None, :, :]
    four = products.reshape(4, -1)
    ends = np.array([np.fmin.reduce(four), np.fmax.reduce(four)])
    ends[np.isnan(ends)] = 0.0
    outside = np.nextafter(ends, OUTWARDS)
    zero = ends == 0
    if zero.any():
        # 0 is exact where a factor is 0, and hides a tiny number where the product underflowed.
        lost = (products == 0) & (u.ends[:, None, :] != 0) & (v.ends[None, :, :] != 0)
        outside = np.where(zero & ~lost.any(axis=(0, 1)), 0.0, outside)
    return joined(u, v, outside)


def signed_as(base: Array, ends: Array) -> Array:
    """The ends without what is there by rounding only, for a function with the sign of its base."""
    low = np.where(base[0] >= 0, np.maximum(ends[0], 0.0), ends[0])
    high = np.where(base[1] <= 0, np.minimum(ends[1], 0.0), ends[1])
    return np.array([low, high])


def reciprocal(u: Intervals) -> Intervals:
    """1/U, by the ends on either side of 0: 1/[0, 2] = [½, ∞)."""
    low, high = u.ends
    with np.errstate(all="ignore"):
        top = np.where(low == 0, INF, 1.0 / np.where(low == 0, 1.0, low))
        bottom = np.where(high == 0, -INF, 1.0 / np.where(high == 0, 1.0, high))
    across = (low < 0) & (high > 0)
    ends = np.array([np.where(across, -INF, bottom), np.where(across, INF, top)])
    safe = (low > 0) | (high < 0)
    outside = np.where(across, ends, signed_as(u.ends, np.nextafter(ends, OUTWARDS)))
    return Intervals(outside, u.sure & safe, u.void | ((low == 0) & (high == 0)))


def divide(u: Intervals, v: Intervals) -> Intervals:
    """U/V."""
    return multiply(u, reciprocal(v))


def magnitude(u: Intervals) -> Array:
    """The least and the largest |x|, (2, N)."""
    low, high = u.ends
    far = np.maximum(-low, high)
    near = np.maximum(np.maximum(low, -high), 0.0)
    return np.array([near, far])


def power(u: Intervals, n: int) -> Intervals:
    """Uⁿ for a whole number n, without the dependence that a product u·…·u would have."""
    if n < 0:
        return reciprocal(power(u, -n))
    if n == 0:
        return Intervals(np.ones((2, 1)), u.sure, u.void)
    if n % 2:
        return Intervals(signed_as(u.ends, _rounded_power(u.ends, n)), u.sure, u.void)
    ends = _rounded_power(magnitude(u), n)
    ends[0] = np.maximum(ends[0], 0.0)
    return Intervals(ends, u.sure, u.void)


def _rounded_power(base: Array, n: int) -> Array:
    """Ends to the n-th power by repeated squaring: a relative error below n/2 ulps."""
    if n == 1:
        return base
    result, left, square = None, n, base
    while left:
        if left & 1:
            result = square if result is None else result * square
        left >>= 1
        if left:
            square = square * square
    # Each product adds half an ulp, and each factor brings its own: (n − 1)/2 in all.
    return widened(np.asarray(result), n)


def hull(u: Intervals, v: Intervals) -> Intervals:
    """The least interval that holds both; a void one adds nothing.  ``sure`` if both are."""
    low = np.minimum(np.where(u.void, INF, u.low), np.where(v.void, INF, v.low))
    high = np.maximum(np.where(u.void, -INF, u.high), np.where(v.void, -INF, v.high))
    void = np.asarray(u.void & v.void)
    ends = np.array([np.where(void, -INF, low), np.where(void, INF, high)])
    return Intervals(ends, u.sure & v.sure, void)
