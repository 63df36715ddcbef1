"""The two mixed partial derivatives: why they agree, and where they do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from calc_core.calculus import partial, read_scalar
from calc_core.definition import definition
from calc_core.errors import InputError
from calc_core.evaluate import compile_numpy, evaluate
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.mixed import rectangle_on_levels, surface_of_mixed, two_slopes
from calc_core.geometry import View, robust_range
from calc_core.geometry.sampling import sample_height
from calc_core.graph import Node
from calc_core.labs.critical import with_values
from calc_core.labs.scene import Control, Scene, problem_of, program, rounded
from calc_core.printing import Text

# The sides of the rectangle, as parts of the ranges.
SHORTEST, USUAL, LONGEST = 2e-6, 0.2, 0.5
# When both limits have been taken: the side that went to 0 last, and the other as a part of it.
LAST, FIRST = 1 / 500, 1e-3
# Where the slopes are looked at to find a scale for them, and around a point where the second
# derivative jumps: rays and distances, the nearest as a part of the way to the border.
COARSE = 25
RAYS, RINGS, NEAREST = 145, 25, 1e-3
# Of the changes of a slope on the lines across the ranges, the scale is that of this share.
SHARE = 0.75


@dataclass(frozen=True)
class ByDefinition:
    """What holds at the origin, where the rules give no value, from the definition of ∂.

    ``along_b``    ∂f/∂a(0, b) as a function of b; ``along_a``  ∂f/∂b(a, 0) of a;
    ``ab``, ``ba`` the derivatives of these at 0: ∂²f/∂b∂a and ∂²f/∂a∂b;
    ``slopes``     ∂f/∂a and ∂f/∂b there.
    """

    along_b: Node
    along_a: Node
    slopes: tuple[float, float]
    ab: float
    ba: float


def mixed(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The four-point quotient Δ(h, k) of f and its two limits.

    ``compact``  the rectangle alone.

    Raises InputError for a function of one variable.
    """
    if len(read_scalar(f).variables) < 2:
        raise InputError("Mixed partial derivatives are about functions of two variables or more.")
    a, b = view.shown
    nodes = {
        "fa": partial(f, a).guarded,
        "fb": partial(f, b).guarded,
        "fab": partial(f, a, b).guarded,
        "fba": partial(f, b, a).guarded,
    }
    there = _by_definition(f, view, nodes["fab"])
    if there is not None:
        nodes |= {"alongB": there.along_b, "alongA": there.along_a}
    height = sample_height(f.node, view, pretty)
    surface = _around_origin(nodes["fab"], view) if there else _on_grid(nodes["fab"], view)
    reach = float(view.spans.min()) / 2
    low, usual, high = (view.spans * part for part in (SHORTEST, USUAL, LONGEST))
    rise = _rise(nodes["fa"], nodes["fb"], view)
    figures = {"domain": rectangle_on_levels(height, view, style)}
    if not compact:
        figures["slopes"] = two_slopes(reach, rise, view, style)
        figures["second"] = surface_of_mixed(*surface, view, style)
    return Scene(
        model="mixed",
        label="The two mixed partial derivatives at a point that can be dragged",
        figures=figures,
        problem=problem_of(
            f,
            view,
            reach=reach,
            rise=rise,
            sides=[[rounded(low[k]), rounded(high[k])] for k in (0, 1)],
            last=[rounded(span * LAST) for span in view.spans],
            first=FIRST,
            known=_known(there, view, surface[2]),
        ),
        program=program(f, view, f=f.node, **nodes),
        controls=(
            _side("mh", f"h, the step in {pretty(a)}", low[0], high[0]),
            _side("mk", f"k, the step in {pretty(b)}", low[1], high[1]),
            Control(
                "choice",
                "order",
                "The limits",
                options=(("h", "h → 0 first, then k → 0"), ("k", "k → 0 first, then h → 0")),
            ),
            Control("play", "limits", "Take both limits", seconds=7.0),
        ),
        state={"mh": rounded(usual[0]), "mk": rounded(usual[1]), "order": "h"},
        notes=height.notes,
    )


def _side(name: str, label: str, low: float, high: float) -> Control:
    return Control("slider", name, label, rounded(low), rounded(high), log=True)


# ── at the origin, from the definition ────────────────────────────────────────────────────────────


def _by_definition(f: Expression, view: View, second: Node) -> ByDefinition | None:
    """The exact values at the origin of two variables, if the rules have none there and f has."""
    fixed = with_values(f, view.constants)
    a, b = view.shown
    origin = dict.fromkeys(view.names, 0.0)
    if len(view.names) > 2 or not all(low <= 0 <= high for low, high in view.ranges.values()):
        return None
    if np.isfinite(_value(second, view, origin)) or not np.isfinite(_value(f.node, view, origin)):
        return None
    try:
        along_b, at_0, ab = _one_order(fixed, a, b)
        along_a, also_at_0, ba = _one_order(fixed, b, a)
    except InputError:
        return None
    return ByDefinition(along_b, along_a, (at_0, also_at_0), ab, ba)


def _one_order(f: Expression, inner: str, outer: str) -> tuple[Node, float, float]:
    """∂f/∂inner on the line inner = 0, its value at the origin, and its derivative there.

    Raises InputError if one of the limits does not exist, or is not found.
    """
    along = _limit(f, inner, {inner: 0})
    slope = Expression(Text()(along), along, (outer,))
    at_0 = float(evaluate(_limit(f, inner, {inner: 0, outer: 0}), {}))
    if at_0 != float(evaluate(along, {outer: 0.0})):
        raise InputError("The slope along the axis is not continuous at the origin.")
    return along, at_0, float(evaluate(_limit(slope, outer, {outer: 0}), {}))


def _limit(f: Expression, variable: str, at: dict[str, int]) -> Node:
    found = definition(f, variable, at=at)
    if found.reason:
        raise InputError(found.reason)
    return found.node


def _value(node: Node, view: View, at: dict[str, float]) -> float:
    names = [*view.names, *view.constants]
    with np.errstate(all="ignore"):
        return float(compile_numpy(node, names)(*{**at, **view.constants}.values()))


def _known(there: ByDefinition | None, view: View, values: Any) -> dict[str, Any] | None:
    """What is known at the origin, for the live figure."""
    if there is None:
        return None
    nearest = values[0][np.isfinite(values[0])]
    written = [Text()(node).replace("-", "−") for node in (there.along_b, there.along_a)]
    return {
        "at": [0.0] * len(view.names),
        "fa": there.slopes[0],
        "fb": there.slopes[1],
        "fab": there.ab,
        "fba": there.ba,
        "alongB": written[0],
        "alongA": written[1],
        "near": [float(nearest.min()), float(nearest.max())] if nearest.size else None,
    }


# ── what the figures are drawn from ───────────────────────────────────────────────────────────────

Surface = tuple[Any, Any, Any, tuple[float, float]]


def _on_grid(second: Node, view: View) -> Surface:
    height = sample_height(second, view)
    x, y = height.grid.axes
    return x, y, height.values, height.visible


def _around_origin(second: Node, view: View) -> Surface:
    """On rays from the origin to the border: what depends on the direction alone is then seen."""
    # None of the rays is an axis: there some ways to write the function give no value.
    angles = (np.arange(RAYS) + 0.5) * 2 * np.pi / (RAYS - 1)
    direction = np.stack([np.cos(angles), np.sin(angles)])
    ends = np.array([view.ranges[name] for name in view.shown])
    reach = np.where(direction > 0, ends[:, 1:], ends[:, :1]) / direction
    rings = np.linspace(NEAREST, 1, RINGS)[:, None] * reach.min(axis=0)
    x, y = rings * direction[0], rings * direction[1]
    values = view.function(second)(x, y)
    return x, y, values, robust_range(values)


def _rise(first: Node, second: Node, view: View) -> float:
    """By how much the slopes change along the lines on which they are followed."""
    grid = view.grid(COARSE)
    changes = []
    for node, axis in ((first, 0), (second, 1)):
        values = view.over(view.function(node), grid)
        with np.errstate(all="ignore"):
            across = np.fmax.reduce(values, axis=axis) - np.fmin.reduce(values, axis=axis)
        across = across[np.isfinite(across)]
        changes.append(float(np.quantile(across, SHARE)) if across.size else 0.0)
    return 0.75 * max(changes) or 1.0
