"""Critical points: all of them, and their kinds by the Hessian."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from random import Random

from calc_core.calculus import gradient, hessian
from calc_core.derive import Engine
from calc_core.exercises.choice import ChoiceAnswer
from calc_core.exercises.functions import tidied
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.places import Arithmetic
from calc_core.exercises.points import (
    MAXIMUM,
    MINIMUM,
    SADDLE,
    Point,
    PointsAnswer,
    kind_mistake,
)
from calc_core.exercises.recipes import by_all, derived_at, twice_by_all, vector
from calc_core.exercises.tasks import defined, expression_of, row
from calc_core.graph import D, Node, Number, add, entries, fn, mul, neg, num, power, sym

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
    a, b = _factor(rng, 3), _factor(rng, 3)
    return Landscape({(2, 0): a, (0, 2): b}, ((0, 0),))


def _turned_quadratic(rng: Random) -> Landscape:
    """A x² + b xy + c y² with b² ≠ 4ac: the origin."""
    a, b, c = _factor(rng, 3), _factor(rng, 5), _factor(rng, 3)
    if b * b == 4 * a * c:
        raise Degenerate
    return Landscape({(2, 0): a, (1, 1): b, (0, 2): c}, ((0, 0),))


def _cubic_in_one(rng: Random) -> Landscape:
    """S(x³ − 3k²x) + b y²: x = ±k on the line y = 0."""
    k, s, b = rng.randint(1, 2), _factor(rng, 2), _factor(rng, 4)
    return Landscape({(3, 0): s, (1, 0): -3 * k * k * s, (0, 2): b}, ((k, 0), (-k, 0)))


def _quartic_in_one(rng: Random) -> Landscape:
    """S(x⁴ − 2k²x²) + b y²: x = 0 and x = ±k on the line y = 0."""
    k, s, b = rng.randint(1, 2), rng.choice((1, -1)), _factor(rng, 3)
    terms = {(4, 0): s, (2, 0): -2 * k * k * s, (0, 2): b}
    return Landscape(terms, ((0, 0), (k, 0), (-k, 0)))


def _two_cubics(rng: Random) -> Landscape:
    """S(x³ − 3k²x) + t(y³ − 3m²y): the four points (±k, ±m)."""
    k, m, s, t = rng.randint(1, 2), rng.randint(1, 3), _factor(rng, 2), _factor(rng, 2)
    terms = {(3, 0): s, (1, 0): -3 * k * k * s, (0, 3): t, (0, 1): -3 * m * m * t}
    return Landscape(terms, ((k, m), (k, -m), (-k, m), (-k, -m)))


def _leaf(rng: Random) -> Landscape:
    """S(x³ + y³ − 3kxy): x² = ky and y² = kx, so the origin and (k, k)."""
    k, s = rng.choice((-2, -1, 1, 2, 3)), _factor(rng, 2)
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


def _factor(rng: Random, largest: int) -> int:
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


def _written(terms: Terms) -> Node:
    """The polynomial, the highest powers first and the constant last."""
    ordered = sorted(terms.items(), key=lambda item: (-sum(item[0]), -item[0][0]))
    return tidied(add(*[_term(c, i, j) for (i, j), c in ordered]))


def _term(c: int, i: int, j: int) -> Node:
    x, y = sym("x"), sym("y")
    return mul(num(c), power(x, num(i)), power(y, num(j)))


# ── kinds ─────────────────────────────────────────────────────────────────────────────────────────

UNDECIDED = "undecided"


def kind_at(f: Node, place: Sequence[Number]) -> str:
    """The kind of a critical point by the Hessian; ``undecided`` where its determinant is 0.

    Raises Degenerate where the Hessian has no simple value.
    """
    values = Arithmetic(dict(zip(NAMES, place, strict=True)))
    parts = values.all(entries(twice_by_all(f, NAMES)(Engine())))
    if parts is None:
        raise Degenerate
    a, b, c, d = parts
    det = a * d - b * c
    if det == 0:
        return UNDECIDED
    return SADDLE if det < 0 else MINIMUM if a > 0 else MAXIMUM


# ── exercises ─────────────────────────────────────────────────────────────────────────────────────


def _points(f: Node, places: Sequence[Place]) -> tuple[Point, ...]:
    return tuple(Point(tuple([num(c) for c in place]), kind_at(f, place)) for place in places)


def _all_points(rng: Random, level: int) -> Draft:
    """The level is that of :func:`landscape`."""
    return _draft(rng, level, with_kinds=False)


def _all_kinds(rng: Random, level: int) -> Draft:
    """The level is that of :func:`landscape`."""
    return _draft(rng, level, with_kinds=True)


def _draft(rng: Random, level: int, with_kinds: bool) -> Draft:
    found = landscape(rng, level)
    f = _written(found.terms)
    points = _points(f, found.places)
    if f.free != set(NAMES) or any(point.kind == UNDECIDED for point in points):
        raise Degenerate
    partials = entries(by_all(f, NAMES)(Engine()))
    expression = expression_of(f, NAMES)
    task = rf"Find all critical points of {defined(expression)}"
    if with_kinds:
        task += ", and say of each whether it is a minimum, a maximum or a saddle point"
    equations = r"Both partial derivatives are 0 at a critical point."
    signs = (
        r" Where $\det H < 0$ it is a saddle point; where $\det H > 0$ an extremum, by the sign "
        r"of $\partial^2 f/\partial x^2$."
    )
    return Draft(
        f"{task}.",
        PointsAnswer(NAMES, points, partials, with_kinds),
        (lambda: hessian(expression)) if with_kinds else (lambda: gradient(expression)),
        equations + signs if with_kinds else equations,
    )


# ── one point ─────────────────────────────────────────────────────────────────────────────────────

OPTIONS = ("a minimum", "a maximum", "a saddle point", "the Hessian does not decide")
_ORDER = (MINIMUM, MAXIMUM, SADDLE, UNDECIDED)
_WHY = (
    r"A minimum is seen from $\det H > 0$ and $\partial^2 f/\partial x^2 > 0$: look at both signs.",
    r"A maximum is seen from $\det H > 0$ and $\partial^2 f/\partial x^2 < 0$: look at both signs.",
    r"A saddle point is seen from $\det H < 0$: work the determinant out once more.",
    r"The Hessian decides unless $\det H = 0$: work the determinant out once more.",
)


def _kind_of_point(rng: Random, level: int) -> Draft:
    """1 to 3 polynomials, 4 functions at the origin, 5 also points that are left undecided."""
    f, place = _with_a_point(rng, level)
    if f.free != set(NAMES):
        raise Degenerate
    kind = kind_at(f, place)
    here = {sym(name): num(c) for name, c in zip(NAMES, place, strict=True)}
    expression = expression_of(f, NAMES)
    mistakes = tuple(
        UNDECIDED_TAKEN if UNDECIDED in (given, kind) else kind_mistake([(given, kind)])
        for given in _ORDER
    )
    goal = D(D(f, vector(NAMES)), vector(NAMES))
    return Draft(
        rf"{defined(expression)} has a critical point at ${row(list(here.values()))}$. What is "
        "there, by the Hessian?",
        ChoiceAnswer(OPTIONS, _ORDER.index(kind), _WHY, mistakes),
        lambda: derived_at(expression, goal, ("H_{f}", "H_f"), here),
    )


UNDECIDED_TAKEN = "kind-wrong"


def _with_a_point(rng: Random, level: int) -> tuple[Node, Place]:
    if level <= 3:
        found = landscape(rng, level + (level > 1))
        return _written(found.terms), rng.choice(found.places)
    f = tidied(_flat_at_origin(rng, level))
    parts = Arithmetic(dict.fromkeys(NAMES, 0)).all(entries(by_all(f, NAMES)(Engine())))
    if parts is None or any(parts):
        raise Degenerate
    return f, (0, 0)


def _flat_at_origin(rng: Random, level: int) -> Node:
    """A function with a critical point at the origin."""
    x, y = sym("x"), sym("y")
    a, b, c = (num(_factor(rng, 3)) for _ in range(3))
    curved = (
        add(a * fn("cos", x), b * fn("cos", y), c * x * y),
        add(fn("exp", a * x * y), b * x**2, c * y**2),
        add(fn("exp", neg(x**2)), fn("exp", neg(y**2)), a * x * y),
        add(a * fn("ln", 1 + x**2 + y**2), b * x * y),
        add(a * x * fn("sin", y), b * x**2, c * y**2),
        mul(a, fn("cos", x), fn("cos", b * y)),
    )
    if level == 4 or rng.random() < 0.6:
        return rng.choice(curved)
    return rng.choice(
        (
            add(a * x**4, b * y**2),
            add(a * x**2, b * y**3),
            add(x**2, 2 * x * y, y**2, a * x**3),
            add(a * fn("cos", x), b * y**4),
            add(x**2, num(-4) * x * y, 4 * y**2, b * y**4),
        )
    )


KINDS = (
    Kind("critical-points", "Critical points", "hessian", _all_points),
    Kind("critical-kinds", "Critical points and their kinds", "hessian", _all_kinds),
    Kind("point-kind", "Kind of a critical point", "hessian", _kind_of_point),
)
