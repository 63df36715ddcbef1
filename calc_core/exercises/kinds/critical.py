"""Critical points: all of them, and their kinds by the Hessian."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from calc_core.calculus import gradient, hessian
from calc_core.derive import Engine
from calc_core.exercises.choice import ChoiceAnswer
from calc_core.exercises.functions import tidied
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.landscapes import NAMES, Place, landscape, random_factor, written
from calc_core.exercises.places import Arithmetic
from calc_core.exercises.point_lists import MAXIMUM, MINIMUM, SADDLE, Point
from calc_core.exercises.points import PointsAnswer, kind_mistake
from calc_core.exercises.recipes import by_all, derived_at, twice_by_all, vector
from calc_core.exercises.tasks import defined, expression_of, row
from calc_core.graph import D, Node, Number, add, entries, fn, mul, neg, num, sym

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
    f = written(found.terms)
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
        rf"{defined(expression)} has a critical point at ${row(list(here.values()))}$. What kind "
        "of point is it, by the Hessian?",
        ChoiceAnswer(OPTIONS, _ORDER.index(kind), _WHY, mistakes),
        lambda: derived_at(expression, goal, ("H_{f}", "H_f"), here),
    )


UNDECIDED_TAKEN = "kind-wrong"


def _with_a_point(rng: Random, level: int) -> tuple[Node, Place]:
    if level <= 3:
        found = landscape(rng, level + (level > 1))
        return written(found.terms), rng.choice(found.places)
    f = tidied(_flat_at_origin(rng, level))
    parts = Arithmetic(dict.fromkeys(NAMES, 0)).all(entries(by_all(f, NAMES)(Engine())))
    if parts is None or any(parts):
        raise Degenerate
    return f, (0, 0)


def _flat_at_origin(rng: Random, level: int) -> Node:
    """A function with a critical point at the origin."""
    x, y = sym("x"), sym("y")
    a, b, c = (num(random_factor(rng, 3)) for _ in range(3))
    curved = (
        add(a * fn("cos", x), b * fn("cos", y), c * x * y),
        add(fn("exp", a * x * y), b * x**2, c * y**2),
        add(fn("exp", neg(x**2)), fn("exp", neg(y**2)), a * x * y),
        add(a * fn("ln", 1 + x**2 + y**2), b * x * y),
        add(a * x * fn("sin", y), b * x**2, c * y**2),
        mul(a, fn("cos", x), fn("cos", num(abs(b.data)) * y)),
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
