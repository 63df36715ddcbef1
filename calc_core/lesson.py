"""What a page of a lesson derives, computed in one piece from plain data to plain data.

A page asks by text and numbers and gets text back, so that the work can be done in a worker (see
:mod:`calc_core.run`), be stopped there, and be kept in a cache that many readers share.  Figures
come from :mod:`calc_core.labs` in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from calc_core.calculus import gradient, hessian, jacobian
from calc_core.composite import directional, quadratic, steepest_ascent
from calc_core.definition import definition
from calc_core.derivation import Derivation
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.lines import Level
from calc_core.parse import parse
from calc_core.printing import Text
from calc_core.printing.latex import Latex, symbol_latex

Kind = Literal["gradient", "jacobian", "hessian"]
#: A lesson on a function that the reader types: on one of these, or on what they are made of.
Lesson = Literal["partial", "gradient", "jacobian", "hessian"]
#: What a lesson is about, and what else is derived on its page.
Operation = Literal["gradient", "jacobian", "hessian", "directional", "definition", "quadratic"]

OPERATIONS: dict[Operation, Callable[..., Derivation]] = {
    "gradient": gradient,
    "jacobian": jacobian,
    "hessian": hessian,
    "directional": directional,
    "definition": definition,
    "quadratic": quadratic,
}


@dataclass(frozen=True, slots=True)
class Derived:
    """A derivation as plain data.

    ``data``    as :meth:`Derivation.to_dict` has it;
    ``latex``   the whole derivation as LaTeX to paste; ``text`` the same as plain text;
    ``python``  a programme that does it again with this library.
    """

    data: dict[str, Any]
    latex: str
    text: str
    python: str


@dataclass(frozen=True, slots=True)
class Steepest:
    """Where a function rises fastest from a point, and how fast.

    ``gradient``, ``rate``  as equations in LaTeX;
    ``confirmed``           whether every step to them could be.
    """

    gradient: str
    rate: str
    confirmed: bool


def read(text: str, variables: str = "") -> Expression:
    """The function; ``variables`` are names in order, or nothing to have them detected.

    Raises InputError if it cannot be read.

    >>> read("a x^2", "a").constants
    ('x',)
    """
    return parse(text, variables or None)


def check(kind: Lesson | Operation, expression: Expression) -> None:
    """Raise InputError if this lesson is not about such a function."""
    if not expression.variables:
        raise InputError("There is no variable to differentiate by.", hint="Write one, such as x.")
    if kind in ("partial", "jacobian"):
        if len(expression.shape) > 1:
            subject = (
                "the Jacobian here is that" if kind == "jacobian" else "this lesson is on those"
            )
            raise InputError(
                f"This is a matrix; {subject} of a vector function.",
                hint="List the components in one row, such as (x y, x + y).",
            )
    elif not expression.is_scalar:
        name = "Hessian" if kind == "hessian" else "gradient"
        raise InputError(
            f"This is a vector function; the {name} belongs to a single function.",
            hint="Give one component, or look at the Jacobian of all of them.",
        )


def component(expression: Expression, k: int) -> str:
    """The text of one component, counted from 0, as a function of its own with all the variables.

    >>> component(read("(x y, x + y)"), 1)
    'f_2(x, y) = x + y'
    """
    if expression.is_scalar:
        return expression.text
    formula = Text(decimal=expression.decimal)(expression.components[k])
    return f"{expression.letter}_{k + 1}({', '.join(expression.variables)}) = {formula}"


def echo(expression: Expression) -> str:
    r"""The function as it was understood, in LaTeX.

    >>> echo(read("x^2y"))
    'f(x, y) = x^{2}\\,y'
    """
    head = symbol_latex(expression.letter)
    names = ", ".join(symbol_latex(name) for name in expression.variables)
    left = f"{head}({names})" if names else head
    return f"{left} = {formula(expression)}"


def formula(expression: Expression) -> str:
    """The right-hand side alone, a vector function as a column."""
    printer = Latex(decimal=expression.decimal)
    if len(expression.shape) == 1:
        return printer.column(expression.components)
    return printer(expression.node)


def derive(
    operation: Operation,
    text: str,
    variables: str,
    level: Level,
    given: Mapping[str, Any] | None = None,
) -> Derived:
    """A derivation that a lesson shows; ``given`` is what the operation takes besides f.

    Raises InputError if there is none.
    """
    given = given or {}
    expression = read(text, variables)
    check(operation, expression)
    derivation = OPERATIONS[operation](expression, **given)
    data = derivation.to_dict(level)
    return Derived(
        data=data,
        latex=as_latex(data),
        text=derivation.text(level),
        python=_as_python(operation, expression, given),
    )


def steepest(text: str, variables: str, at: Mapping[str, float]) -> Steepest:
    r"""Where f rises fastest from a point.  Raises InputError if it has no slope there.

    >>> steepest("3x + 4y", "", {"x": 0, "y": 0}).rate
    '\\left|\\nabla f\\right| = 5'
    """
    expression = read(text, variables)
    check("gradient", expression)
    slope, rate = steepest_ascent(expression, at)
    confirmed = slope.certificate.confirmed and rate.certificate.confirmed
    return Steepest(slope.latex(), rate.latex(), confirmed)


def as_latex(data: Mapping[str, Any]) -> str:
    """Blocks of aligned lines with the rules beside them, for a document with amsmath."""
    parts = [rf"\[ {name} = {meaning} \]" for name, meaning in data["definitions"]]
    for block in data["blocks"]:
        rows = [rf"  &= {line['latex']} && \text{{{_plain(line)}}}" for line in block["lines"]]
        body = " \\\\\n".join((f"  & {block['goal']}", *rows))
        parts.append(f"\\begin{{align*}}\n{body}\n\\end{{align*}}")
    if data["conditions"]:
        where = r",\; ".join(data["conditions"])
        parts.append(rf"for \( {where} \)")
    # The page's way to write a colour is KaTeX's; this is the one of LaTeX's xcolor.
    return "\n".join(parts).replace(r"\textcolor{#c2410c}", r"\textcolor[HTML]{C2410C}")


def _plain(line: Mapping[str, Any]) -> str:
    said = "; ".join((line["label"], *line["also"]))
    return said if line["confirmed"] else f"{said} (unconfirmed)"


def _as_python(operation: Operation, expression: Expression, given: Mapping[str, Any]) -> str:
    names = ", ".join(repr(name) for name in expression.variables)
    arguments = "".join(f", {name}={value!r}" for name, value in given.items())
    return (
        f"from calc_core import {', '.join(sorted((operation, 'parse')))}\n\n"
        f"f = parse({expression.text!r}, variables=[{names}])\n"
        f"derivation = {operation}(f{arguments})\n"
        "print(derivation.text())    # every line with its rule\n"
        "print(derivation.result)    # for SymPy\n"
    )
