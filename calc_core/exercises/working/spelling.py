"""A line of working in two spellings: plain text, and LaTeX for an editor that shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from calc_core.errors import InputError
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.working.check import Sheet
from calc_core.exercises.working.formulas import Formulas
from calc_core.expression import Note
from calc_core.graph import Node
from calc_core.parse.notation import Notation
from calc_core.parse.working_line import Side, Statement
from calc_core.printing import Latex, Text

# Longer than a name of a derivative, such as ∂²f/∂x∂y.
_LONGEST_NAME = 40

Print = Callable[[Node], str]


@dataclass(frozen=True, slots=True)
class Read:
    """What a line says; a line leaves no choice between readings to be told of."""

    statements: tuple[Statement, ...]
    notes: tuple[Note, ...] = ()


def line_notation(exercise: Exercise, above: Sequence[str]) -> Notation[Read]:
    r"""How a line of a sheet of working is spelled, below the lines above it.

    Raises InputError if there is no working to check.

    >>> from calc_core.exercises import generate
    >>> notation = line_notation(generate("partial", 1, 0), ["u = 2"])
    >>> notation.to_latex("= u^2/3"), notation.to_text(r"=\frac{u^{2}}{3}")
    ('= \\frac{u^{2}}{3}', '= u²/3')
    """
    answer = exercise.answer
    if not isinstance(answer, FormulaAnswer):
        raise InputError("There is no working to check in this exercise.")
    language = Formulas(exercise, answer)
    # What the letters stand for that are given a meaning above.
    Sheet(language, answer).report(above)
    return Notation(
        lambda line: Read(language.read(line)),
        _meaning,
        partial(_lines, Latex(), _name_in_latex),
        partial(_lines, Text(), _name_in_text),
    )


def _meaning(line: Read) -> object:
    return [
        (statement.goes_on, [side.node or _name_in_text(side.text) for side in statement.sides])
        for statement in line.statements
    ]


def _lines(to: Print, named: Callable[[str], str], line: Read) -> Iterator[str]:
    """The line with its left sides as they are typed, f_x, and with what they stand for."""
    yield _line(line, lambda side: _short(named, side) or _printed(to, named, side), to, named)
    yield _line(line, partial(_printed, to, named), to, named)


def _line(line: Read, left: Callable[[Side], str], to: Print, named: Callable[[str], str]) -> str:
    written = []
    for statement in line.statements:
        *lefts, last = statement.sides
        sides = [*map(left, lefts), _printed(to, named, last)]
        written.append(("= " if statement.goes_on else "") + " = ".join(sides))
    return ", ".join(written)


def _short(named: Callable[[str], str], side: Side) -> str:
    return named(side.text) if len(side.text) <= _LONGEST_NAME else ""


def _printed(to: Print, named: Callable[[str], str], side: Side) -> str:
    return named(side.text) if side.node is None else to(side.node)


def _name_in_latex(text: str) -> str:
    above, bar, below = text.partition("/")
    name = rf"\frac{{{above}}}{{{below}}}" if bar and "\\" not in text else text
    name = re.sub(r"_(\w+)", r"_{\1}", name)
    return name.replace("∂", r"\partial ").replace("∇", r"\nabla ")


def _name_in_text(latex: str) -> str:
    name = re.sub(r"\\[dt]?frac\s*{([^{}]*)}\s*{([^{}]*)}", r"\1/\2", latex)
    name = re.sub(r"\\(left|right|,|;|:|!|mathrm|operatorname)", "", name)
    name = re.sub(r"\^\s*(\\prime|{\s*\\prime\s*})", "'", name)
    name = re.sub(r"\\partial\s*", "∂", name)
    name = re.sub(r"\\nabla\s*", "∇", name)
    return re.sub(r"[{}]", "", name).strip()
