"""How a map changes small volumes, or areas: det J and √det(JᵀJ), measured.

A small box around p goes to nearly a parallelepiped, spanned by the columns of J(p); its volume is
|det J(p)| times that of the box, up to a part that vanishes with the size of the box (Spivak,
*Calculus on Manifolds*, ch. 3, “Change of variable”).  For a surface the cell goes to nearly a
parallelogram, of √det(JᵀJ) = |∂f/∂u × ∂f/∂v| times its area (do Carmo, *Differential Geometry of
Curves and Surfaces*, §2-5).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from calc_core.calculus import jacobian
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.arrays import padded
from calc_core.figures.patch_map import patch_domain
from calc_core.figures.solid import (
    block,
    sheet_with_piece,
    shrinking,
    solid_with_piece,
)
from calc_core.geometry import View
from calc_core.geometry.box_image import image_window, sample_box
from calc_core.geometry.mapping import PatchSample, sample_map
from calc_core.geometry.whole_size import whole_size
from calc_core.graph import Node
from calc_core.labs.scene import Control, Scene, coordinate_sliders, problem_of, program

# Edges of the piece, as parts of the ranges.
SMALLEST, LARGEST = 0.01, 0.5
USUAL = 0.25


def solid(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """A piece of the domain of R³ → R³ or R² → R³ and its image, which can be shrunk.

    ``compact``  the image alone.

    Raises InputError for other maps.
    """
    n, m = len(f.variables), len(f.components)
    if m != 3 or n not in (2, 3):
        raise InputError(
            "Volumes are those of maps R³ → R³, and areas of surfaces R² → R³: three components "
            "of three or two variables.",
            hint="In the gallery, “All …” under the function, there are spherical coordinates, "
            "(r sin φ cos θ, r sin φ sin θ, r cos φ), and a helicoid, (u cos v, u sin v, v).",
        )
    slopes = jacobian(f).guarded
    build = _volume if n == 3 else _area
    return build(f, slopes, replace(view, shown=view.names), style, compact)


def _volume(f: Expression, slopes: Node, box: View, style: Style, compact: bool) -> Scene:
    sample = sample_box(f.node, box, pretty)
    letter = pretty(f.letter)
    figures = {"solid": solid_with_piece(sample, style, letter)}
    if not compact:
        figures = {"block": block(sample, style), **figures}
        figures["shrinking"] = shrinking(style, SMALLEST, LARGEST, "det J", "Volume")
    return Scene(
        model="solid",
        label="A box that can be moved and shrunk, and its image under the map",
        figures=figures,
        problem=_problem(f, slopes, box, sample.window),
        program=program(f, box, f=f.node, jacobian=slopes),
        controls=(*coordinate_sliders(box, box.names), *_controls()),
        state={"edge": USUAL, "lens": False},
        notes=sample.notes,
    )


def _area(f: Expression, slopes: Node, view: View, style: Style, compact: bool) -> Scene:
    sample = sample_map(f.node, slopes, view, pretty)
    assert isinstance(sample, PatchSample)
    letter = pretty(f.letter)
    window = image_window(f.node, view, sample.grid)
    figures = {"sheet": sheet_with_piece(sample, window, style, letter)}
    if not compact:
        figures = {"parameters": patch_domain(sample, style), **figures}
        figures["shrinking"] = shrinking(style, SMALLEST, LARGEST, "√det(JᵀJ)", "Area")
    return Scene(
        model="solid",
        label="A cell of the parameters that can be dragged, and its image on the surface",
        figures=figures,
        problem=_problem(f, slopes, view, window),
        program=program(f, view, f=f.node, jacobian=slopes),
        controls=_controls(),
        state={"edge": USUAL, "sides": [1.0, 1.0], "lens": False},
        notes=(sample.gaps.sentence,) if sample.gaps else (),
    )


def _controls() -> tuple[Control, ...]:
    return (
        Control("slider", "edge", "edge, in parts of the range", SMALLEST, LARGEST, log=True),
        Control("play", "shrink", "Shrink", seconds=7.0),
        Control("toggle", "lens", "Magnify the piece"),
    )


def _problem(f: Expression, slopes: Node, view: View, window: Any) -> dict[str, Any]:
    whole = whole_size(slopes, 3, view)
    return problem_of(
        f,
        view,
        edges=[SMALLEST, LARGEST],
        window=[padded(np.array(ends)) for ends in window],
        whole=whole and [whole.value, whole.error],
    )
