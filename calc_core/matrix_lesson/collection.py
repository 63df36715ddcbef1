"""Identities to browse: each is a question, and is derived when it is opened."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from calc_core.graph import ADD, MUL
from calc_core.lines import Level
from calc_core.matrix.nodes import HADAMARD, KRON, MATMUL, QUOTIENT
from calc_core.matrix_lesson.question import TRAITS, Question
from calc_core.matrix_lesson.study import MatrixStudy, hessian_of, study
from calc_core.printing import Latex

SOURCE = Path(__file__).parents[2] / "assets" / "identities.toml"
# Written without brackets of their own.
_JOINED = (ADD, MUL, MATMUL, HADAMARD, KRON, QUOTIENT)
_CALLED = {trait: name for name, trait in TRAITS.items()}


@dataclass(frozen=True, slots=True)
class Collected:
    """An identity of the collection; ``index`` counts from 1, ``order`` is 2 for a Hessian."""

    index: int
    section: str
    question: Question
    source: str
    note: str
    order: int = 1


@cache
def collection() -> tuple[Collected, ...]:
    """All of them, section by section.

    >>> len(collection()) > 60
    True
    """
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["identity"]
    return tuple(
        Collected(
            k, row["section"], _question(row), row["source"], row["note"], row.get("order", 1)
        )
        for k, row in enumerate(rows, 1)
    )


def question_of(index: int) -> Question:
    """The question of an identity."""
    return collection()[index - 1].question


@cache
def formula_of(index: int) -> str:
    r"""What is differentiated, in LaTeX.

    >>> formula_of(1).startswith(r"\frac{\partial}{\partial X}\,\operatorname{tr}")
    True
    """
    one = collection()[index - 1]
    problem = one.question.problem()
    latex = Latex(decimal=problem.decimal)
    function, x = latex(problem.node), latex(problem.wrt)
    if problem.node.op in _JOINED:
        function = rf"\left({function}\right)"
    by = rf"\partial {x}\,\partial {x}^{{\top}}" if one.order == 2 else rf"\partial {x}"
    above = r"\partial^2" if one.order == 2 else r"\partial"
    return rf"\frac{{{above}}}{{{by}}}\,{function}"


def open_identity(index: int, level: Level = "usual", show_shapes: bool = False) -> MatrixStudy:
    """Derive an identity.  Raises InputError.

    >>> open_identity(1).derived.data["result"]["text"]
    'I_n'
    """
    one = collection()[index - 1]
    if one.order == 2:
        return hessian_of(one.question, level, show_shapes)
    return study(one.question, level=level, show_shapes=show_shapes)


def _question(row: dict[str, Any]) -> Question:
    shapes = {name: _shape(shape) for name, shape in row.get("shapes", {}).items()}
    kinds = {name: "number" for name, shape in shapes.items() if shape == "scalar"}
    traits = dict.fromkeys(row.get("symmetric", ()), "symmetric")
    structure = row.get("structure")
    if structure:
        traits[row["wrt"]] = _CALLED[structure]
    extents = {name: shape for name, shape in shapes.items() if name not in kinds}
    return Question(row["text"], row["wrt"], kinds, extents, traits)


def _shape(shape: str | list[str | int]) -> str:
    return shape if isinstance(shape, str) else "×".join(map(str, shape))
