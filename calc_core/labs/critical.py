"""All critical points in the ranges of the figure, proved by interval arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isfinite, nan
from typing import Any

import numpy as np
import sympy as sp
from sympy.polys.polyerrors import BasePolynomialError

from calc_core.calculus import gradient, hessian, read_scalar
from calc_core.errors import InputError
from calc_core.evaluate.interval import compile_intervals
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.critical import marked_box, marked_curve, marked_levels, marked_surface
from calc_core.figures.marks import Spot
from calc_core.geometry import View, bending, numeral, sample_gradient, vector
from calc_core.geometry.critical import (
    DEFAULT,
    CriticalPoint,
    CriticalPoints,
    Place,
    critical_points,
    exact_coordinates,
    exact_in,
)
from calc_core.geometry.curvature import ABSOLUTE_ZERO, RELATIVE_ZERO
from calc_core.geometry.sampling import GradientSample
from calc_core.graph import num, substitute, sym
from calc_core.labs.scene import Control, Scene, problem_of, program
from calc_core.parse import parse

# The page's limit for a figure is above this and what the figures themselves take.
SECONDS = 2.5
# More boxes than this are not sent on, each with its own sentence.
MOST_PLACES = 40
# A place up to this part of the box is marked as a point.
SMALL = 2.0**-8
# More points than this are no list to pick from; those in the figure can be clicked on.
MOST_OFFERED = 100
# An enclosure of values as narrow as this has no more to it than the rounding.
ROUNDING = 1e-9
# A polynomial of which a number is a root is written out up to this length.
LONGEST = 90


def critical(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The critical points of f in a box, to go to one by one.

    The box is made of the ranges of the view, and of (−5, 5) in variables that have none there.

    ``compact``  the flat figure alone.

    Raises InputError if f cannot be read on intervals.
    """
    fixed = with_values(read_scalar(f), view.constants)
    found = _searched(fixed, view)
    listed = _listed(found, fixed)
    spots = [*_spots(listed), *_small_places(found)]
    slopes, second = gradient(f).guarded, hessian(f).guarded
    sample = sample_gradient(f.node, slopes, view, pretty)
    return Scene(
        model="critical",
        label="All critical points in a box, to be visited",
        figures=_figures(found, spots, sample, style, compact),
        problem=problem_of(
            f,
            view,
            visible=list(sample.height.visible),
            spots=listed,
            complete=found.complete,
            constant=found.is_constant,
            box=[list(found.box[name]) for name in view.names],
            counted=found.counted(),
            places=_places(found),
            boundary=found.boundary_note,
        ),
        program=program(f, view, f=f.node, gradient=slopes, hessian=second),
        controls=_controls(listed),
        # What the choice shows follows from the point, and picking one moves the point.
        state={"spot": ""} if listed else {},
        notes=sample.height.notes,
    )


def with_values(f: Expression, constants: Mapping[str, float]) -> Expression:
    """The function with numbers for its constants, as decimal as they were typed.

    >>> with_values(parse("a x^2"), {"a": 0.1}).node
    mul(num(Fraction(1, 10)), pow(sym('x'), num(2)))
    """
    table = {sym(name): num(Fraction(str(constants[name]))) for name in f.constants}
    return replace(f, node=substitute(f.node, table), constants=())


def _searched(f: Expression, view: View) -> CriticalPoints:
    box = {name: view.ranges.get(name, DEFAULT) for name in view.names}
    try:
        return critical_points(f, box, SECONDS)
    except InputError as refusal:
        raise InputError(f"Critical points cannot be certified here: {refusal.message}") from None


# ── the points ────────────────────────────────────────────────────────────────────────────────────


def _spots(listed: Sequence[Mapping[str, Any]]) -> list[Spot]:
    return [
        Spot(tuple(row["at"]), row["kind"], _or_nan(row["value"]), number)
        for number, row in enumerate(listed, 1)
    ]


def _or_nan(value: float | None) -> float:
    return nan if value is None else value


def _coordinates(point: CriticalPoint) -> tuple[float, ...]:
    """The exact values as numbers where they are known; and 0 rather than 3·10⁻¹⁷."""
    if point.exact is not None:
        return tuple(float(value) for value in point.exact.values())
    return tuple(
        0.0 if low <= 0 <= high else value
        for value, (low, high) in zip(point.point.values(), point.enclosure.values(), strict=True)
    )


def _small_places(found: CriticalPoints) -> list[Spot]:
    """Corners of f and undecided places that are as good as points."""
    places = [("no gradient", p) for p in found.kinks]
    places += [("undecided", p) for p in found.undecided_boxes]
    return [
        Spot(_middle(place), kind, nan, 0) for kind, place in places if _is_small(place, found.box)
    ]


def _is_small(place: Place, box: Mapping[str, tuple[float, float]]) -> bool:
    spans = {name: high - low for name, (low, high) in box.items()}
    return all(high - low <= SMALL * spans[name] for name, (low, high) in place.box.items())


def _middle(place: Place) -> tuple[float, ...]:
    return tuple((low + high) / 2 for low, high in place.box.values())


def _listed(found: CriticalPoints, f: Expression) -> list[dict[str, Any]]:
    """What the page and the live figure know of each point."""
    second = hessian(f)
    heights = _heights(f, found)
    listed = []
    for point, height in zip(found, heights, strict=True):
        at = _coordinates(point)
        H = second.evaluate(dict(zip(f.variables, at, strict=True)))
        values = bending(np.asarray(H, dtype=float)).values
        if not point.certified:
            zero = max(RELATIVE_ZERO * np.abs(values).max(), ABSOLUTE_ZERO)
            values = np.where(np.abs(values) <= zero, 0.0, values)
        listed.append(
            {
                "at": list(at),
                "kind": point.kind,
                "certified": point.certified,
                "value": _or_none(height),
                "eigenvalues": [_or_none(float(value)) for value in values],
                "enclosure": [list(ends) for ends in point.enclosure.values()],
                "exact": _typeset(point.exact),
                "examined": point.examined,
            }
        )
    return listed


def _heights(f: Expression, found: CriticalPoints) -> list[float]:
    """The values of f: where their enclosure holds 0, that and not 2·10⁻³¹."""
    if not len(found):
        return []
    ends = np.array([list(point.enclosure.values()) for point in found])
    (values,) = compile_intervals(f.node, f.variables)(ends[:, :, 0], ends[:, :, 1])
    low, high = (np.broadcast_to(end, len(found)) for end in (values.low, values.high))
    return [
        0.0 if a <= 0 <= b and b - a < ROUNDING else point.value
        for point, a, b in zip(found, low, high, strict=True)
    ]


def _or_none(value: float) -> float | None:
    """JSON has no word for what is not a number."""
    return value if isfinite(value) else None


def _controls(listed: Sequence[Mapping[str, Any]]) -> tuple[Control, ...]:
    options = [
        (str(k), f"{k + 1}: {spot['kind']} at {_short(spot['at'])}")
        for k, spot in enumerate(listed[:MOST_OFFERED])
    ]
    if not options:
        return ()
    return (Control("choice", "spot", "Go to", options=(("", "pick a point …"), *options)),)


def _short(at: Sequence[float]) -> str:
    return numeral(at[0]) if len(at) == 1 else vector(at)


def _places(found: CriticalPoints) -> list[str]:
    """What is to be said of places that are no points; of very many, of some and how many more."""
    told = list(found.places())
    left = len(told) - MOST_PLACES
    return [*told[:MOST_PLACES], *([f"And {left} more places like these."] if left > 0 else [])]


# ── the figures ───────────────────────────────────────────────────────────────────────────────────


def _figures(
    found: CriticalPoints,
    spots: Sequence[Spot],
    sample: GradientSample,
    style: Style,
    compact: bool,
) -> dict[str, Any]:
    view = sample.view
    n = len(view.names)
    cover = _cover(found, n) if n <= 2 else np.empty((0, 2, 2))
    if n == 1:
        return {"curve": marked_curve(sample, style, spots, cover)}
    figures = {"levels": marked_levels(sample, style, spots, cover)}
    if n == 2 and not compact:
        figures["surface"] = marked_surface(sample, style, spots)
    if n == 3 and not compact:
        places = [list(place.box.values()) for place in found.undecided_boxes]
        box = list(found.box.values())
        figures["space"] = marked_box(view, box, style, spots, places)
    return figures


def _cover(found: CriticalPoints, n: int) -> Any:
    """The small boxes of all the places that are not decided or have no gradient."""
    places = [*found.undecided_boxes, *found.kinks]
    return np.concatenate([np.empty((0, n, 2)), *[place.cover for place in places]])


# ── exact forms ───────────────────────────────────────────────────────────────────────────────────


def exact_forms(
    text: str,
    variables: str,
    constants: Mapping[str, float],
    enclosures: Sequence[Sequence[tuple[float, float]]],
) -> list[list[str] | None]:
    """The coordinates of certified points as LaTeX, by elimination; None for those without.

    The time that this takes has no bound: to be called in a worker.
    """
    f = with_values(parse(text, variables or None), constants)
    try:
        coordinates = exact_coordinates(f)
    except (BasePolynomialError, ArithmeticError, NotImplementedError, ValueError):
        coordinates = None  # SymPy has no answer: then there are decimals
    if coordinates is None:
        return [None] * len(enclosures)
    named = [dict(zip(f.variables, enclosure, strict=True)) for enclosure in enclosures]
    return [_typeset(exact_in(enclosure, coordinates)) for enclosure in named]


def _typeset(exact: Mapping[str, Any] | None) -> list[str] | None:
    """Each coordinate in LaTeX: in closed form, or by the polynomial that it is a root of."""
    return None if exact is None else [_form(name, value) for name, value in exact.items()]


def _form(name: str, value: Any) -> str:
    if not value.has(sp.CRootOf):
        return str(sp.latex(value))
    polynomial = sp.minimal_polynomial(value, sp.Symbol(name))
    written = str(sp.latex(polynomial))
    if len(written) <= LONGEST:
        return rf"\text{{a root of }} {written}"
    degree = sp.degree(polynomial)
    return rf"\text{{algebraic, of degree }} {degree}"
