"""Functions of three variables: level surfaces, and the gradient at right angles to them.

Where ∇f ≠ 0 the level set through a point is a surface, by the implicit function theorem, and its
tangent plane is {x : ∇f(p)(x − p) = 0} (do Carmo, *Differential Geometry of Curves and Surfaces*,
§2-2, proposition 2, on regular values).
"""

from __future__ import annotations

from calc_core.calculus import gradient
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.level_surface import level_section, level_surface
from calc_core.geometry import View
from calc_core.geometry.level_surface import sample_levels
from calc_core.labs.scene import Control, Scene, coordinate_sliders, problem_of, program

CONES = (("surface", "on the surface"), ("space", "all over the box"), ("none", "none"))


def space(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The level surfaces of a scalar function of three variables.

    ``compact``  the surface alone.

    Raises InputError for functions of other than three variables, or with several components.
    """
    if not f.is_scalar or len(f.variables) != 3:
        raise InputError(
            "Level surfaces are those of a scalar function of three variables.",
            hint="Try x² + y² − z², or sin x cos y + sin y cos z + sin z cos x.",
        )
    slopes = gradient(f).guarded
    sample = sample_levels(f.node, view, pretty)
    letter, (low, high) = pretty(f.letter), sample.visible
    figures = {"space": level_surface(sample, style, letter)}
    if not compact:
        figures["section"] = level_section(sample, view, style, letter)
    box = [list(sample.box.ranges[name]) for name in view.names]
    return Scene(
        model="space",
        label="A level surface in space, through a point that can be moved",
        figures=figures,
        problem=problem_of(f, view, box=box, visible=[low, high], sectioned=not compact),
        program=program(f, view, f=f.node, gradient=slopes),
        controls=(*_across(view, sample.box), *_level(letter, low, high), _cones(letter)),
        state={"iso": float(f"{(low + high) / 2:.3g}"), "loose": False, "cones": "surface"},
        notes=sample.notes,
    )


def _across(view: View, box: View) -> tuple[Control, ...]:
    """A slider for each coordinate that the flat section does not have."""
    return coordinate_sliders(box, [name for name in view.names if name not in view.shown])


def _level(letter: str, low: float, high: float) -> tuple[Control, ...]:
    if not low < high:
        return ()
    return (
        Control("slider", "iso", f"level of {letter}", low, high, sets={"loose": True}),
        Control("press", "through", "Surface through the point"),
    )


def _cones(letter: str) -> Control:
    return Control("choice", "cones", f"cones along ∇{letter}", options=CONES)
