"""The directional derivative D_v f = ∇f v while the unit vector v turns about the point."""

from __future__ import annotations

from calc_core.calculus import gradient
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.direction import cosine_of_angle, direction_on_levels, slice_along
from calc_core.geometry import View
from calc_core.geometry.sampling import sample_height
from calc_core.labs.scene import Control, Scene, problem_of, program

USUAL = 30.0
ONE_VARIABLE = "With one variable there are two directions only, forwards and backwards."


def direction(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The slope of f in a direction that turns in the plane of the variables shown.

    ``compact``  the level curves and the direction alone.

    Raises InputError for a function of one variable, whose direction cannot turn.
    """
    slopes = gradient(f).guarded
    if len(view.shown) == 1:
        raise InputError(
            ONE_VARIABLE, hint="Give a function of two or more, such as x² + x y, to turn between."
        )
    height = sample_height(f.node, view, pretty)
    letters = _letters(f)
    v = letters["direction"]
    figures = {"field": direction_on_levels(height, view, style, v)}
    if not compact:
        figures["cosine"] = cosine_of_angle(view, style, v)
        figures["slice"] = slice_along(height, view, style, **letters)
    return Scene(
        model="direction",
        label="The slope in a direction that can be turned",
        figures=figures,
        problem=problem_of(
            f,
            view,
            visible=list(height.visible),
            rising=style.first,
            falling=style.second,
            **letters,
        ),
        program=program(f, view, f=f.node, gradient=slopes),
        controls=(
            Control("slider", "turn", f"angle of {v}", 0.0, 360.0, 1.0, unit="°"),
            Control("press", "steepest", f"Turn {v} to the steepest"),
            Control("play", "round", f"Turn {v} once round", seconds=9.0),
        ),
        state={"turn": USUAL},
        notes=(*height.notes, *_plane(view)),
    )


def _letters(f: Expression) -> dict[str, str]:
    """Names for the direction, the start and the way gone that the function does not use itself.

    >>> from calc_core.parse import parse
    >>> _letters(parse("u v + t"))
    {'direction': 'w', 'start': 'p', 'parameter': 's'}
    """
    taken = {f.letter, *f.variables, *f.constants}
    choices = {"direction": "vwde", "start": "pqab", "parameter": "tsrh"}
    # Of eight variables at most, four letters may be taken: then the last is written with a bar.
    return {
        role: next((letter for letter in letters if letter not in taken), f"{letters[-1]}̄")
        for role, letters in choices.items()
    }


def _plane(view: View) -> tuple[str, ...]:
    """Where the direction turns, if there are more variables than axes."""
    if not view.held:
        return ()
    x, y = map(pretty, view.shown)
    return (f"The direction turns in the plane of {x} and {y}; out of it f may rise faster.",)
