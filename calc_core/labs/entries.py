"""The m×n matrix entry by entry: each is the slope of one component along one variable."""

from __future__ import annotations

from typing import Any

from calc_core.calculus import jacobian
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.entries import matrix_table, partial_curve
from calc_core.figures.map_parts import coordinates
from calc_core.geometry import View
from calc_core.graph import Node
from calc_core.graph import entries as entries_of
from calc_core.labs.cell import vector_function
from calc_core.labs.scene import Control, Scene, problem_of, program
from calc_core.printing import MathML

# Larger tables are no longer read.
MOST = 6
# A formula longer than this would not be read either.
LONGEST = 60


def entries(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """The Jacobian as a table of which each entry can be picked, and seen as a slope.

    ``compact``  the table alone.

    Raises InputError if the table would be too large to be read.
    """
    node, slopes = vector_function(f)
    m, n = len(f.components), len(view.names)
    if max(m, n) > MOST:
        raise InputError(
            f"This experiment shows matrices of up to {MOST}×{MOST}, and this one is {m}×{n}."
        )
    letter = pretty(f.letter)
    rows = coordinates(letter, m)
    figures = {"matrix": matrix_table(view.names, m, letter, style)}
    if not compact:
        figures["partial"] = partial_curve(style)
    return Scene(
        model="entries",
        label="The entries of the Jacobian, each to be picked",
        figures=figures,
        problem=problem_of(
            f,
            view,
            rows=m,
            components=list(rows),
            formulas=_formulas(f),
            ranges_of=[list(view.ranges[v]) if v in view.ranges else None for v in view.names],
        ),
        program=program(f, view, f=node, jacobian=slopes),
        controls=_choices(rows, view),
        state={"row": "1", "col": "1"},
    )


def _choices(rows: tuple[str, ...], view: View) -> tuple[Control, ...]:
    """Which entry, for those who do not click; a choice of one is none."""
    named: list[tuple[str, str, list[str]]] = [
        ("row", "component", list(rows)),
        ("col", "variable", [pretty(name) for name in view.names]),
    ]
    return tuple(
        Control(
            "choice",
            name,
            label,
            options=tuple((str(k + 1), text) for k, text in enumerate(texts)),
        )
        for name, label, texts in named
        if len(texts) > 1
    )


def _formulas(f: Expression) -> list[str]:
    """The entries of J in MathML, row by row; empty where one would be too long to be read."""
    return [_formula(node, f) for node in entries_of(jacobian(f).node)]


def _formula(node: Node, f: Expression) -> str:
    if not node.free:  # a number is said anyway
        return ""
    settings: dict[str, Any] = {"decimal": f.decimal, "still": f.constants}
    text = MathML(**settings)(node)
    return text if text.count("</m") <= LONGEST else ""
