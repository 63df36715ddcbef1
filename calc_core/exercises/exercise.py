"""An exercise: what is asked, what is right, and how it is worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from calc_core.derivation import Derivation
from calc_core.exercises.verdict import Verdict
from calc_core.geometry.questions import FigureQuestion

FieldKind = Literal["formula", "grid", "points", "choice", "click", "matrix"]


@dataclass(frozen=True, slots=True)
class Field:
    """What there is to fill in.

    ``kind``     ``"formula"`` a line; ``"grid"`` cells of a row, a column or a matrix; ``"points"``
                 rows of coordinates, and of a kind where kinds are asked for; ``"choice"`` of
                 options; ``"click"`` a place on the figure; ``"matrix"`` a line in the language of
                 matrices;
    ``names``    the letters that an answer may hold, or the coordinates of a point;
    ``shape``    of a grid that has just this shape; () where finding it is part of the exercise;
    ``options``  of a choice, in Markdown; the kinds of points.
    """

    kind: FieldKind
    names: tuple[str, ...] = ()
    shape: tuple[int, ...] = ()
    options: tuple[str, ...] = ()


class Answer(Protocol):
    """What is asked for, and how an answer to it is judged."""

    @property
    def field(self) -> Field:
        """What there is to fill in."""

    def grade(self, text: str) -> Verdict:
        """What is to be said of an answer.  Raises InputError for what cannot be read."""

    def text(self) -> str:
        """The right answer as a person would type it."""

    def latex(self) -> str:
        """The right answer in LaTeX."""


@dataclass(frozen=True)
class Exercise:
    r"""One exercise; ``kind``, ``level`` and ``seed`` give it back.

    ``skill``     what is practised, for the learner's record;
    ``task``      what to do, in Markdown with LaTeX between dollar signs;
    ``answer``    what is right, and how answers are judged;
    ``solution``  the derivation that leads there, made when it is asked for; None where the way
                  is told in words;
    ``remark``    what is worth knowing when it is done, in Markdown, or nothing;
    ``figure``    the picture that the question is about, made when it is drawn;
    ``source``    what a teacher typed, for an exercise that has no seed.
    """

    kind: str
    level: int
    seed: int
    skill: str
    task: str
    answer: Answer
    solution: Callable[[], Derivation] | None = None
    remark: str = ""
    source: str = ""
    figure: Callable[[], FigureQuestion] | None = None
