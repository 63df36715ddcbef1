"""Singular values: the unit circle of directions, and the ellipse that J makes of it."""

from __future__ import annotations

from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.ellipses import (
    direction_circle,
    ellipse_field,
    image_ellipse,
    stretch_curve,
)
from calc_core.figures.plane import visual_unit
from calc_core.geometry import View
from calc_core.geometry.ellipses import ELLIPSES, LARGEST, sample_ellipses
from calc_core.labs.cell import vector_function
from calc_core.labs.scene import Control, Scene, problem_of, program

# Degrees, anticlockwise from the first axis.
TURN = 60.0


def ellipse(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The singular value decomposition of J at a point that can be dragged.

    ``compact``  the circle and the ellipse alone.

    Raises InputError if f is no map of the plane to the plane.
    """
    if len(view.names) != 2 or len(f.components) != 2 or len(f.shape) != 1:
        raise InputError(
            "This experiment is about maps of the plane to the plane: two variables and two "
            "components, such as (x² − y², 2xy)."
        )
    node, slopes = vector_function(f)
    letter = pretty(f.letter)
    unit = visual_unit(view.spans)
    field = sample_ellipses(slopes, view, unit)
    figures = {
        "circle": direction_circle(view.names, style),
        "ellipse": image_ellipse(letter, style),
    }
    if not compact:
        figures = {
            "field": ellipse_field(field, style),
            **figures,
            "stretch": stretch_curve(style),
        }
    width = float((view.spans / unit).min()) / ELLIPSES
    return Scene(
        model="ellipse",
        label="The ellipse that J makes of the unit circle, to be dragged",
        figures=figures,
        problem=problem_of(f, view, scale=field.scale, largest=LARGEST * width),
        program=program(f, view, f=node, jacobian=slopes),
        controls=(
            Control("slider", "turn", "direction of v", 0.0, 360.0, unit="°"),
            Control("play", "round", "Turn v once round", seconds=8),
        ),
        state={"turn": TURN},
    )
