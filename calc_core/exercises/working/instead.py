"""How an exercise is answered that has no derivation to write or to choose rules for."""

from __future__ import annotations

from calc_core.exercises.exercise import Exercise, FieldKind

_INSTEAD: dict[FieldKind, str] = {
    "choice": "This exercise is answered by a choice, without a derivation.",
    "click": "This exercise is answered on the figure, without a derivation.",
    "points": "This exercise is answered by a list of points, without a derivation.",
    "matrix": (
        "This exercise is answered by a formula in matrices; its derivation is under Show the "
        "solution."
    ),
}


def how_instead(exercise: Exercise) -> str:
    """How an exercise is answered that is no formula, in one sentence.

    >>> from calc_core.exercises import generate
    >>> how_instead(generate("point-kind"))
    'This exercise is answered by a choice, without a derivation.'
    """
    return _INSTEAD.get(
        exercise.answer.field.kind,
        "This exercise is answered without a derivation.",
    )
