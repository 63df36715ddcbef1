"""The shape of a derivative, before anything is differentiated.

Level 1 a number by a vector or a matrix; 2 vectors and matrices by a number, vectors by vectors;
3 the same where the shape of the function has to be found first; 4 arrays of three axes; 5 of four.
"""

from __future__ import annotations

from random import Random

from calc_core.exercises.kinds.base import Draft, Kind
from calc_core.exercises.matrix.shape_answer import ShapeAnswer
from calc_core.exercises.matrix.tasks import derivative_symbol, name_of_function
from calc_core.exercises.matrix.templates import Template, drawn
from calc_core.printing.latex import symbol_latex

_SIZES = (2, 3, 4, 5, 6, 7)


def _x(text: str, shapes: str) -> Template:
    return Template(text, "x", shapes)


def _matrix(text: str, shapes: str) -> Template:
    return Template(text, "X", shapes)


def _t(text: str, shapes: str) -> Template:
    return Template(text, "t", f"t: {shapes}")


LEVELS = (
    (
        _x("a'*x", "x:n a:n"),
        _x("x'*B*x", "x:n B:nn"),
        _matrix("a'*X*b", "X:mn a:m b:n"),
        _matrix("tr(A*X)", "X:mn A:nm"),
    ),
    (
        _x("A*x + b", "x:n A:mn b:m"),
        _t("a + t*b", "a:m b:m"),
        _t("A + t*B", "A:mn B:mn"),
        _x("norm2(A*x - b)^2", "x:n A:mn b:m"),
    ),
    (
        _x("A'*B*x", "x:n A:pm B:pn"),
        _t("A'*(B + t*C)", "A:pm B:pn C:pn"),
        _x("(a'*x)*b", "x:n a:n b:m"),
        _matrix("norm2(A*X*b)^2", "X:mn A:pm b:n"),
    ),
    (
        _matrix("X*a", "X:mn a:n"),
        _x("a*x'", "x:n a:m"),
        _matrix("A*X*b", "X:mn A:pm b:n"),
        _x("A*x*b'", "x:n A:mn b:p"),
    ),
    (
        _matrix("A*X*B", "X:mn A:pm B:nq"),
        _matrix("A*X", "X:mn A:pm"),
        _matrix("X'*A*X", "X:mn A:mm"),
        _matrix("X'", "X:mn"),
    ),
)


def _sized(rng: Random, template: Template) -> Template:
    """The same with numbers for the extents, in every other exercise."""
    letters = sorted({c for part in template.shapes.split() for c in part.partition(":")[2]})
    if rng.random() < 0.5:
        return template
    sizes = dict(zip(letters, rng.sample(_SIZES, len(letters)), strict=True))
    parts = []
    for part in template.shapes.split():
        letter, _, extents = part.partition(":")
        parts.append(f"{letter}:{''.join(str(sizes[c]) for c in extents)}")
    return Template(template.text, template.wrt, " ".join(parts))


def _shape(rng: Random, level: int) -> Draft:
    function, _ = drawn(rng, _sized(rng, rng.choice(LEVELS[level - 1])))
    answer = ShapeAnswer(function.node.shape, function.x.shape)
    name, by = name_of_function(function), symbol_latex(function.wrt)
    more = " Give all of its axes." if len(answer.axes) > 2 else ""
    task = (
        f"Let\n\n$${name}({by}) = {function.latex()}$$\n\nwith {function.declared()}. What shape "
        f"does ${derivative_symbol(function)}$ have by the shape law?{more}"
    )
    remark = (
        "First come the axes of the function, then those of the variable; a gradient by a column "
        "is written as a row."
    )
    return Draft(task, answer, None, remark)


KINDS = (Kind("derivative-shape", "Shape of a derivative", "matrix", _shape),)
