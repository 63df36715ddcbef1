"""The functions that the page on matrix gradients offers, and links that open one there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calc_core import matrix_lesson
from calc_core.matrix_lesson import Question

GALLERY = Path(__file__).parents[2] / "assets" / "matrix_examples.toml"
#: What is said about the letters, as parameters of the address begin.
KIND, SHAPE, TRAIT = "kind_", "shape_", "trait_"


@dataclass(frozen=True)
class MatrixExample:
    """A function worth looking at, and why."""

    group: str
    question: Question
    note: str

    @property
    def label(self) -> str:
        """The formula, typeset."""
        return f"${matrix_lesson.understand(self.question).echo.split(' = ', 1)[1]}$"


@cache
def matrix_examples() -> tuple[MatrixExample, ...]:
    """All of them, group by group."""
    rows = tomllib.loads(GALLERY.read_text(encoding="utf-8"))["example"]
    return tuple(
        MatrixExample(row.pop("group"), note=row.pop("note"), question=Question(**row))
        for row in rows
    )


def address_of(question: Question) -> dict[str, str]:
    """A question as parameters of the address."""
    parameters = {"f": question.text}
    if question.wrt:
        parameters["wrt"] = question.wrt
    for beginning, said in (
        (KIND, question.kinds),
        (SHAPE, question.shapes),
        (TRAIT, question.traits),
    ):
        parameters |= {f"{beginning}{name}": value for name, value in said.items()}
    return parameters
