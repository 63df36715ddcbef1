"""Results as a whole: with another sign, a factor, or with their entries at other places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from calc_core.exercises.values import Array, agree

# A vector of more components is not tried in every order.
MOST_ORDERED = 4
# Numbers that an answer may be off by as a factor, for it to be said.
PLAIN = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0, 10.0)


def arrangements(table: Array, shape: tuple[int, ...]) -> Iterator[tuple[str, Array]]:
    """The entries of a result at other places, and the mistakes that these are."""
    if len(shape) == 2 and shape[0] == shape[1]:
        yield "transposed", table.reshape(*shape, -1).swapaxes(0, 1).reshape(table.shape)
    if len(shape) == 1 and 1 < shape[0] <= MOST_ORDERED:
        for order in permutations(range(shape[0])):
            if order != tuple(range(shape[0])):
                yield "order", table[list(order)]


def as_a_whole(made: Array, at: Array, shape: tuple[int, ...]) -> str:
    """What is wrong with a result as a whole, if that turns it into the answer."""
    if agree(-made, at).all():
        return "sign"
    if is_plain_factor(at.reshape(1, -1), made.reshape(1, -1)):
        return "factor"
    return next((m for m, other in arrangements(made, shape) if agree(other, at).all()), "")


def slip_beside(at: Array, arranged: Array, least: int) -> str:
    """A sign or a factor of the entries that are wrong even where they are arranged like this.

    ``least``  so many entries must be right there, or more.
    """
    good = agree(arranged, at)
    if good.sum() < least:
        return ""
    bad = at[~good], arranged[~good]
    if agree(-bad[0], bad[1]).all():
        return "sign"
    is_factor = all(is_plain_factor(a[None], b[None]) for a, b in zip(*bad, strict=True))
    return "factor" if is_factor else ""


def is_plain_factor(at: Array, goal: Array) -> bool:
    """Whether an entry is right but for a positive factor that people lose."""
    with np.errstate(all="ignore"):
        ratios = (at / goal)[0]
    if not np.isfinite(ratios).all() or not np.allclose(ratios, ratios[0], rtol=1e-9):
        return False
    size = float(ratios[0])
    return any(np.isclose(size, [n, 1 / n], rtol=1e-9).any() for n in PLAIN)
