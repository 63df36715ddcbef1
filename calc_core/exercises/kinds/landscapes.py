"""Polynomials with few critical points, all of them whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb
from random import Random

from calc_core.exercises.functions import tidied
from calc_core.exercises.kinds.base import Degenerate
from calc_core.graph import Node, add, mul, num, power, sym

NAMES = ("x", "y")
LARGEST = 60

#: A polynomial: the coefficients by the exponents of x and y.
Terms = dict[tuple[int, int], int]
Place = tuple[int, int]


@dataclass(frozen=True)
class Landscape:
    """A polynomial and all of its critical points."""

    terms: Terms
    places: tuple[Place, ...]


# ── polynomials with few critical points, all of them whole ───────────────────────────────────────


def _quadratic(rng: Random) -> Landscape:
    """A x² + b y²: the origin."""
    a, b = random_factor(rng, 3), random_factor(rng, 3)
    return Landscape({(2, 0): a, (0, 2): b}, ((0, 0),))


def _turned_quadratic(rng: Random) -> Landscape:
    """A x² + b xy + c y² with b² ≠ 4ac: the origin."""
    a, b, c = random_factor(rng, 3), random_factor(rng, 5), random_factor(rng, 3)
    if b * b == 4 * a * c:
        raise Degenerate
    return Landscape({(2, 0): a, (1, 1): b, (0, 2): c}, ((0, 0),))


def _cubic_in_one(rng: Random) -> Landscape:
    """S(x³ − 3k²x) + b y²: x = ±k on the line y = 0."""
    k, s, b = rng.randint(1, 2), random_factor(rng, 2), random_factor(rng, 4)
    return Landscape({(3, 0): s, (1, 0): -3 * k * k * s, (0, 2): b}, ((k, 0), (-k, 0)))


def _quartic_in_one(rng: Random) -> Landscape:
    """S(x⁴ − 2k²x²) + b y²: x = 0 and x = ±k on the line y = 0."""
    k, s, b = rng.randint(1, 2), rng.choice((1, -1)), random_factor(rng, 3)
    terms = {(4, 0): s, (2, 0): -2 * k * k * s, (0, 2): b}
    return Landscape(terms, ((0, 0), (k, 0), (-k, 0)))


def _two_cubics(rng: Random) -> Landscape:
    """S(x³ − 3k²x) + t(y³ − 3m²y): the four points (±k, ±m)."""
    k, m, s, t = rng.randint(1, 2), rng.randint(1, 3), random_factor(rng, 2), random_factor(rng, 2)
    terms = {(3, 0): s, (1, 0): -3 * k * k * s, (0, 3): t, (0, 1): -3 * m * m * t}
    return Landscape(terms, ((k, m), (k, -m), (-k, m), (-k, -m)))


def _leaf(rng: Random) -> Landscape:
    """S(x³ + y³ − 3kxy): x² = ky and y² = kx, so the origin and (k, k)."""
    k, s = rng.choice((-2, -1, 1, 2, 3)), random_factor(rng, 2)
    return Landscape({(3, 0): s, (0, 3): s, (1, 1): -3 * k * s}, ((0, 0), (k, k)))


def _two_wells(rng: Random) -> Landscape:
    """S(x⁴ + y⁴ − 4k²xy): x³ = k²y and y³ = k²x, so the origin and ±(k, k)."""
    k, s = rng.randint(1, 2), rng.choice((1, -1))
    terms = {(4, 0): s, (0, 4): s, (1, 1): -4 * k * k * s}
    return Landscape(terms, ((0, 0), (k, k), (-k, -k)))


def _four_saddles(rng: Random) -> Landscape:
    """S(3x²y + y³ − 3kx² − 3ky²): x(y − k) = 0, and then x² + y² = 2ky."""
    k, s = rng.choice((-2, -1, 1, 2)), rng.choice((1, -1))
    terms = {(2, 1): 3 * s, (0, 3): s, (2, 0): -3 * k * s, (0, 2): -3 * k * s}
    return Landscape(terms, ((0, 0), (0, 2 * k), (k, k), (-k, k)))


def _parabola_and_line(rng: Random) -> Landscape:
    """S(x²y − cy² − 4c²y): xy = 0, and then x² = 2cy + 4c²."""
    c, s = rng.choice((-1, 1, 2)), rng.choice((1, -1))
    terms = {(2, 1): s, (0, 2): -c * s, (0, 1): -4 * c * c * s}
    return Landscape(terms, ((0, -2 * c), (2 * c, 0), (-2 * c, 0)))


def random_factor(rng: Random, largest: int) -> int:
    """A whole number other than 0, of either sign."""
    return rng.choice((1, -1)) * rng.randint(1, largest)


SHAPES: dict[int, tuple[Callable[[Random], Landscape], ...]] = {
    1: (_quadratic,),
    2: (_turned_quadratic,),
    3: (_cubic_in_one, _quartic_in_one),
    4: (_two_cubics, _leaf),
    5: (_two_wells, _four_saddles, _parabola_and_line),
}
# How far the points may be moved away from the middle, by level.
SHIFTS = {1: 3, 2: 2, 3: 1, 4: 0, 5: 0}


def landscape(rng: Random, level: int) -> Landscape:
    """1 squares, 2 with xy, 3 a cubic or quartic and a square, 4 and 5 both variables together.

    Raises Degenerate for large numbers.
    """
    found = rng.choice(SHAPES[level])(rng)
    if rng.random() < 0.5:
        turned = {(j, i): c for (i, j), c in found.terms.items()}
        found = Landscape(turned, tuple((b, a) for a, b in found.places))
    reach = SHIFTS[level]
    dx, dy = rng.randint(-reach, reach), rng.randint(-reach, reach)
    terms = _moved(found.terms, dx, dy)
    if rng.random() < 0.4:
        terms[0, 0] = terms.get((0, 0), 0) + rng.randint(1, 5)
    if any(abs(c) > LARGEST for c in terms.values()):
        raise Degenerate
    return Landscape(terms, tuple(sorted((a + dx, b + dy) for a, b in found.places)))


def _moved(terms: Terms, dx: int, dy: int) -> Terms:
    """The polynomial of (x − dx, y − dy), multiplied out."""
    found: Terms = {}
    for (i, j), c in terms.items():
        for p in range(i + 1):
            for q in range(j + 1):
                away = (-dx) ** (i - p) * (-dy) ** (j - q)
                found[p, q] = found.get((p, q), 0) + c * comb(i, p) * comb(j, q) * away
    return {exponents: c for exponents, c in found.items() if c}


def written(terms: Terms) -> Node:
    """The polynomial, the highest powers first and the constant last."""
    ordered = sorted(terms.items(), key=lambda item: (-sum(item[0]), -item[0][0]))
    return tidied(add(*[_term(c, i, j) for (i, j), c in ordered]))


def _term(c: int, i: int, j: int) -> Node:
    x, y = sym("x"), sym("y")
    return mul(num(c), power(x, num(i)), power(y, num(j)))
