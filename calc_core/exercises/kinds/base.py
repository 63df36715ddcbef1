"""What a kind of exercise is, and how an exercise of it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from calc_core.derivation import Derivation
from calc_core.exercises.exercise import Answer, Exercise
from calc_core.geometry.questions import FigureQuestion

# A draft that is trivial or unwieldy is thrown away; so many in a row mean that the kind is wrong.
TRIES = 200


class Degenerate(Exception):
    """This draft is no good exercise; the next one may be."""


@dataclass(frozen=True)
class Draft:
    """What a kind makes of random numbers; see :class:`Exercise` for the fields."""

    task: str
    answer: Answer
    solution: Callable[[], Derivation] | None = None
    remark: str = ""
    figure: Callable[[], FigureQuestion] | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of exercise.

    ``id``     its name, as in links;
    ``title``  what is practised, in a few words;
    ``topic``  the lesson that it belongs to;
    ``make``   from random numbers and a level to a draft; it may raise :class:`Degenerate`.
    """

    id: str
    title: str
    topic: str
    make: Callable[[Random, int], Draft]

    def exercise(self, level: int, seed: int) -> Exercise:
        """The exercise of this level and seed, the same on every machine."""
        for attempt in range(TRIES):
            rng = Random(f"{self.id}/{level}/{seed}/{attempt}")
            try:
                draft = self.make(rng, level)
            except (Degenerate, LookupError):
                continue
            return Exercise(
                kind=self.id,
                level=level,
                seed=seed,
                skill=self.id,
                task=draft.task,
                answer=draft.answer,
                solution=draft.solution,
                remark=draft.remark,
                figure=draft.figure,
            )
        raise LookupError(f"no exercise of kind {self.id!r} and level {level}")
