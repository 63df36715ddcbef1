"""What a page of a lesson shows, computed in one piece from plain data to plain data.

A page asks by text and numbers and gets text and arrays back, so that the work can be done in a
worker (see :mod:`calc_core.run`), be stopped there, and be kept in a cache that many readers share.
:func:`derive` does the derivation; :func:`picture` what the figure and the numbers beside it need.
They are apart because a reader moves the point far more often than the function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from calc_core.calculus import gradient, hessian, jacobian
from calc_core.composite import directional, quadratic, steepest_ascent
from calc_core.definition import definition
from calc_core.derivation import Derivation
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.geometry import (
    GradientSample,
    MapSample,
    QuadraticSample,
    View,
    sample_gradient,
    sample_map,
    sample_quadratic,
)
from calc_core.graph import Node
from calc_core.lines import Level
from calc_core.parse import parse
from calc_core.printing.latex import Latex, symbol_latex

Kind = Literal["gradient", "jacobian", "hessian"]
#: What a lesson is about, and what else is derived on its page.
Operation = Literal["gradient", "jacobian", "hessian", "directional", "definition", "quadratic"]
Sample = GradientSample | QuadraticSample | MapSample
Array = NDArray[np.float64]

OPERATIONS: dict[Operation, Callable[..., Derivation]] = {
    "gradient": gradient,
    "jacobian": jacobian,
    "hessian": hessian,
    "directional": directional,
    "definition": definition,
    "quadratic": quadratic,
}
# Tried along each axis when a place is sought at which everything is defined.
PLACES = 25


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


@dataclass(frozen=True, slots=True)
class Picture:
    """The arrays of a figure, and the numbers at the chosen point.

    ``sample``      what the figure is drawn from; None where there is no figure of such a function;
    ``value``       f at the point, () or (m,);
    ``slope``       its first derivatives there, (n,) or (m, n);
    ``second``      its second derivatives, (n, n), in a lesson on the Hessian;
    ``elsewhere``   a point near by at which all of these exist, if they do not at this one.
    """

    sample: Sample | None
    value: Array
    slope: Array
    second: Array | None = None
    elsewhere: Mapping[str, float] = field(default_factory=dict)

    @property
    def defined_here(self) -> bool:
        """Whether f and its derivatives have values at the point."""
        numbers = [self.value, self.slope] + ([] if self.second is None else [self.second])
        return all(bool(np.isfinite(part).all()) for part in numbers)


def read(text: str, variables: str = "") -> Expression:
    """The function; ``variables`` are names in order, or nothing to have them detected.

    Raises InputError if it cannot be read.

    >>> read("a x^2", "a").constants
    ('x',)
    """
    return parse(text, variables or None)


def check(kind: Operation, expression: Expression) -> None:
    """Raise InputError if this lesson is not about such a function."""
    if not expression.variables:
        raise InputError("There is no variable to differentiate by.", hint="Write one, such as x.")
    if kind == "jacobian":
        if len(expression.shape) > 1:
            raise InputError(
                "This is a matrix; the Jacobian here is that of a vector function.",
                hint="List the components in one row, such as (x y, x + y).",
            )
    elif not expression.is_scalar:
        name = "Hessian" if kind == "hessian" else "gradient"
        raise InputError(
            f"This is a vector function; the {name} belongs to a single function.",
            hint="Give one component, or look at the Jacobian of all of them.",
        )


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


def picture(
    kind: Kind, text: str, variables: str, view: View, spelling: Mapping[str, str]
) -> Picture:
    """What the figure of a lesson is drawn from; ``spelling`` is how names are shown in sentences.

    Raises InputError where the function has no values, since it has an unknown function in it.
    """
    expression = read(text, variables)
    check(kind, expression)

    def show(name: str) -> str:
        return spelling.get(name, name)

    match kind:
        case "gradient":
            return _of_gradient(expression, view, show)
        case "jacobian":
            return _of_jacobian(expression, view, show)
        case "hessian":
            return _of_hessian(expression, view, show)


def _of_gradient(f: Expression, view: View, show: Callable[[str], str]) -> Picture:
    slopes = gradient(f).guarded
    sample = sample_gradient(f.node, slopes, view, show)
    value, slope = np.asarray(sample.value), sample.gradient
    return Picture(sample, value, slope, elsewhere=_elsewhere(view, f.node, slopes))


def _of_jacobian(f: Expression, view: View, show: Callable[[str], str]) -> Picture:
    slopes = jacobian(f).guarded
    m, n = len(f.components), len(view.names)
    value = view.here(view.function(f.node, (m,)))
    slope = view.here(view.function(slopes, (m, n)))
    sample = sample_map(f.node, slopes, view, show)
    return Picture(sample, value, slope, elsewhere=_elsewhere(view, f.node, slopes))


def _of_hessian(f: Expression, view: View, show: Callable[[str], str]) -> Picture:
    slopes, seconds = gradient(f).guarded, hessian(f).guarded
    n = len(view.names)
    sample = sample_quadratic(f.node, slopes, seconds, view, show)
    slope = view.here(view.function(slopes, (n,)))
    second = view.here(view.function(seconds, (n, n)))
    elsewhere = _elsewhere(view, f.node, slopes, seconds)
    return Picture(sample, np.asarray(sample.value), slope, second, elsewhere)


def _elsewhere(view: View, *nodes: Node) -> dict[str, float]:
    """The nearest place on a coarse grid at which all have values; empty if the point is one."""
    functions = [view.function(node, _extent(node)) for node in nodes]
    if all(np.isfinite(view.here(f)).all() for f in functions):
        return {}
    grid = view.grid(PLACES)
    good = np.ones(grid.shape, dtype=bool)
    for f in functions:
        values = view.over(f, grid)
        good &= np.isfinite(values).all(axis=tuple(range(values.ndim - good.ndim)))
    if not good.any():
        return {}
    places = np.array([axis[good] for axis in grid.full()])
    distance = np.abs((places - view.shown_at[:, None]) / view.spans[:, None]).sum(axis=0)
    nearest = places[:, int(distance.argmin())]
    return {name: round(float(x), 3) for name, x in zip(view.shown, nearest, strict=True)}


def _extent(node: Node) -> tuple[int, ...]:
    return tuple(node.data) if node.op == "array" else ()
