"""The laboratories: what the browser gets of a function to explore it with.

Each builder takes an expression, a view and a style, and gives a :class:`Scene`.  What a lab does
while something is dragged is said by the module of ``assets/live/labs`` that the scene names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from calc_core.figures import Style
from calc_core.geometry import View
from calc_core.labs.bending import bending
from calc_core.labs.cell import cell
from calc_core.labs.critical import critical
from calc_core.labs.curvature import curvature
from calc_core.labs.descent import descent
from calc_core.labs.direction import direction
from calc_core.labs.ellipse import ellipse
from calc_core.labs.entries import entries
from calc_core.labs.error import error
from calc_core.labs.limit import limit
from calc_core.labs.mixed import mixed
from calc_core.labs.scene import Control, Scene, State
from calc_core.labs.slope import slope
from calc_core.labs.solid import solid
from calc_core.labs.space import space
from calc_core.parse import parse

__all__ = ["LABS", "Control", "Scene", "Shown", "State", "scene"]

#: By the name that the address of a page has for it.
LABS: Mapping[str, Callable[..., Scene]] = {
    "limit": limit,
    "error": error,
    "slope": slope,
    "direction": direction,
    "descent": descent,
    "cell": cell,
    "bending": bending,
    "curvature": curvature,
    "ellipse": ellipse,
    "entries": entries,
    "space": space,
    "solid": solid,
    "critical": critical,
    "mixed": mixed,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A scene as plain data: ``data`` for the browser, ``state`` and ``notes`` for the page."""

    data: Mapping[str, Any]
    state: State
    notes: tuple[str, ...]


def scene(
    lab: str,
    text: str,
    variables: str,
    view: View,
    style: Style,
    version: str,
    options: Mapping[str, Any],
) -> Shown:
    """The scene of a laboratory for a function that a person typed.

    ``version``  of Plotly's script; ``options``  are those of the builder.

    Raises InputError if there is none for this function.
    """
    made = LABS[lab](parse(text, variables or None), view, style, **options)
    return Shown(made.to_data(version), made.state, made.notes)
