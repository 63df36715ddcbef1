"""A small cell of the domain and its image: what det J and √det(JᵀJ) measure."""

from __future__ import annotations

from typing import Any

from calc_core.calculus import jacobian
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.arrays import padded
from calc_core.figures.curve_map import (
    arrow_scale,
    components,
    plane_curve,
    space_curve,
    unit_in_space,
)
from calc_core.figures.entries import matrix_table
from calc_core.figures.lens import lens, ratios
from calc_core.figures.map_parts import coordinates
from calc_core.figures.patch_map import patch_domain, patch_ranges, surface_patch
from calc_core.figures.plane import equal_axes
from calc_core.figures.plane_map import domain_grid, image_grid, image_ranges
from calc_core.figures.solid_map import solid_image, solid_ranges
from calc_core.geometry import View, sample_map
from calc_core.geometry.mapping import (
    SOLID_POINTS,
    CurveSample,
    PatchSample,
    PlaneMapSample,
    SolidSample,
)
from calc_core.graph import Node, array
from calc_core.labs.scene import Control, Scene, coordinate_sliders, problem_of, program

# The side of the cell as a part of the ranges: how it opens, and how far it goes.
USUAL = 0.25
SMALLEST, LARGEST = 0.004, 0.8
# Larger tables of numbers are no longer read.
MOST_ENTRIES = 8


def _controls(what: str, compact: bool) -> tuple[Control, ...]:
    """``what``  is shrunk: a cell, or a piece of an axis."""
    side = f"size of the {what}, in parts of the ranges"
    shrink = Control("play", "shrink", f"Shrink the {what}", seconds=7)
    return (
        (shrink,)
        if compact
        else (Control("slider", "cell", side, SMALLEST, LARGEST, log=True), shrink)
    )


def cell(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """A map and its linear image, on a cell that can be dragged and shrunk.

    ``compact``  the domain and the image alone: the picture beside a derivation.

    Raises InputError if f is no vector function.
    """
    made = _Cell(f, view, style, compact)
    sample = sample_map(made.node, made.slopes, view, pretty)
    match sample:
        case PlaneMapSample():
            return made.plane(sample)
        case CurveSample():
            return made.curve(sample)
        case PatchSample():
            return made.patch(sample)
        case SolidSample():
            return made.solid(sample)
        case _:
            return made.matrix()


def vector_function(f: Expression) -> tuple[Node, Node]:
    """The m components of f as an array, and its m×n Jacobian where f has one.

    Raises InputError if f is a matrix.
    """
    if len(f.shape) > 1:
        raise InputError(
            "This experiment is about vector functions, and this is a matrix.",
            hint="List the components in one row, such as (x y, x + y).",
        )
    return array((len(f.components),), f.components), jacobian(f).guarded


class _Cell:
    """The scene for each shape of map."""

    def __init__(self, f: Expression, view: View, style: Style, compact: bool) -> None:
        self.f, self.view, self.style, self.compact = f, view, style, compact
        self.node, self.slopes = vector_function(f)
        self.letter = pretty(f.letter)

    def plane(self, sample: PlaneMapSample) -> Scene:
        """R² → R²."""
        figures = {
            "domain": domain_grid(sample, self.style),
            "image": image_grid(sample, self.style, self.letter),
        }
        if self.compact:  # below each other: the room for a colour bar is needed once
            figures["domain"].update_layout(margin_b=50)
        else:
            title = "Signed area of the image ÷ area of the cell"
            figures["lens"] = lens(self.style)
            figures["ratio"] = ratios(title, self._side(), "ratio", "det J", self.style)
        return self._scene(
            "plane",
            "A cell of the plane and its image, to be dragged",
            figures,
            notes=_notes(sample),
            window=image_ranges(sample),
        )

    def curve(self, sample: CurveSample) -> Scene:
        """R → Rᵐ for m = 2, 3."""
        m = len(sample.value)
        picture = plane_curve if m == 2 else space_curve
        figures = {"curve": picture(sample, self.style, self.letter)}
        # A point on a curve in space is dragged here.
        if m == 3 or not self.compact:
            figures["components"] = components(sample, self.style, self.letter)
        if not self.compact:
            title = "Length of the image ÷ length of the piece"
            size = f"length of the piece of the {pretty(self.view.names[0])}-axis"
            figures["ratio"] = ratios(title, size, "ratio", "speed", self.style)
        return self._scene(
            "curve",
            "A curve and its velocity, to be dragged",
            figures,
            notes=_notes(sample),
            window=[padded(row) for row in sample.values],
            arrow=arrow_scale(sample),
            unit=unit_in_space(sample).tolist() if m == 3 else None,
        )

    def patch(self, sample: PatchSample) -> Scene:
        """R² → R³."""
        figures = {
            "domain": patch_domain(sample, self.style),
            "image": surface_patch(sample, self.style, self.letter),
        }
        return self._scene(
            "patch",
            "A cell of the parameters and its image on the surface, to be dragged",
            figures,
            notes=_notes(sample),
            window=patch_ranges(sample),
        )

    def solid(self, sample: SolidSample) -> Scene:
        """R³ → R³: a figure in space, steered by a slider for each coordinate."""
        ranges = [list(self.view.ranges[name]) for name in self.view.names]
        return self._scene(
            "solid",
            "A box and its image under J",
            {"image": solid_image(sample, self.style, self.letter)},
            controls=coordinate_sliders(self.view, self.view.names),
            notes=_notes(sample),
            window=solid_ranges(sample),
            box=ranges,
            steps_of_box=list(sample.steps),
            points=SOLID_POINTS,
        )

    def matrix(self) -> Scene:
        """Any other shape: the numbers of the matrix."""
        m, n = len(self.f.components), len(self.view.names)
        figures = {}
        if max(m, n) <= MOST_ENTRIES:
            figures["matrix"] = matrix_table(self.view.names, m, self.letter, self.style)
        return self._scene(
            "matrix", "The Jacobian at a point", figures, controls=(), notes=(_no_picture(m, n),)
        )

    def _scene(
        self,
        kind: str,
        label: str,
        figures: dict[str, Any],
        *,
        controls: tuple[Control, ...] | None = None,
        notes: tuple[str, ...] = (),
        **problem: Any,
    ) -> Scene:
        what = "piece" if kind == "curve" else "cell"
        usual = _controls(what, self.compact)
        rows = len(self.f.components)
        return Scene(
            model=f"cell/{kind}",
            label=label,
            figures=figures,
            problem=problem_of(
                self.f,
                self.view,
                rows=rows,
                components=list(coordinates(self.letter, rows)),
                figures=list(figures),
                **problem,
            ),
            program=program(self.f, self.view, f=self.node, jacobian=self.slopes),
            controls=usual if controls is None else controls,
            state={"cell": USUAL} if controls is None else {},
            notes=notes,
        )

    def _side(self) -> str:
        return "side of the cell" if equal_axes(self.view.spans) else "sides ÷ ranges"


def _no_picture(m: int, n: int) -> str:
    return (
        f"For a map of {n} variable{'s' * (n != 1)} to {m} component{'s' * (m != 1)} there is no "
        "picture of a cell and of its image, only the matrix at the point. Cells to drag have maps "
        "of one variable to two or three components, of two variables to two or three, and of "
        "three to three."
    )


def _notes(sample: CurveSample | PlaneMapSample | PatchSample | SolidSample) -> tuple[str, ...]:
    return (sample.gaps.sentence,) if sample.gaps else ()
