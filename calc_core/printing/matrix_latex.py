"""Matrices in LaTeX.

Products of every kind are bracketed inside each other, so that no reader has to know which of them
binds tighter; the exception is a scalar before a product of matrices, 2AX.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, starmap
from types import MappingProxyType

from calc_core.graph import DERIV, DIFFERENTIAL, DIV, FN, MATRIX, MOVE, SERIES, SYM, Node
from calc_core.printing.base import ATOM, MATMUL, MINUS, POWER, PRODUCT, Form, Printer
from calc_core.printing.matrices import (
    COMMUTATION,
    DELTA,
    DET,
    EACH,
    EXTENT,
    IDENTITY,
    INVERSE,
    MATRIX_FUNCTION,
    MATRIX_POWER,
    NAMES,
    NORM,
    ONES,
    SELECTION,
    SUBSCRIPT,
    TRANSPOSE,
    TRIANGLE,
    TRIANGLES,
    UNVEC,
    extent,
    indices,
    inverse_transposed,
    is_leaf,
    raised_extent,
    takes_indices,
)
from calc_core.shapes import Shape, columns, rows

_SIGNS = {"hadamard": r" \odot ", "quotient": r" \oslash ", "kron": r" \otimes "}
# Functions whose LaTeX is no name.
SPELLED = ("sqrt", "root", "factorial")


def shape_latex(to: Printer, shape: Shape) -> str:
    """The shape as rows × columns."""
    return rf"{extent(to, rows(shape))} \times {extent(to, columns(shape))}"


def ends_bare(u: Node) -> bool:
    """Whether u ends in a bare letter that would swallow what follows, as in det X."""
    if u.op == DIFFERENTIAL and is_compact(u.args[0]):
        return ends_bare(u.args[0])
    return u.op == DET and is_leaf(u.args[0])


def _raised(to: Printer, u: Node) -> tuple[str, int]:
    base = inverse_transposed(to, u)
    if base is not None:
        return rf"{to.within(base, ATOM)}^{{-\top}}", POWER
    sign = r"\top" if u.op == TRANSPOSE else "-1"
    return f"{to.within(u.args[0], ATOM)}^{{{sign}}}", POWER


def printed_factors(to: Printer, u: Node) -> list[str]:
    """The factors of a matrix product, bracketed where they have to be."""
    # A fraction needs no brackets, unless its sign stands in front.
    return [to.within(a, PRODUCT if a.op == DIV and not to.decimal else POWER) for a in u.args]


def chain(to: Printer, u: Node, joint: Callable[[Node, Node], str]) -> tuple[str, int]:
    """A matrix product; ``joint`` is what stands between two factors."""
    first, *others = printed_factors(to, u)
    joints = starmap(joint, pairwise(u.args))
    return first + "".join(j + text for j, text in zip(joints, others, strict=True)), PRODUCT


def _joint(left: Node, right: Node) -> str:
    ops = {left.op, right.op}
    if DERIV in ops:
        return r" \cdot "
    return r"\," if ops & {MOVE, DIFFERENTIAL} else " "


def _called(to: Printer, name: str, *args: Node) -> tuple[str, int]:
    # The gap before \left would part vec from (A), so that vec (A)ᵀ looks like the vec of Aᵀ.
    return rf"{name}\!{to.bracket(', '.join(to(a) for a in args))}", ATOM


def _named(to: Printer, u: Node) -> tuple[str, int]:
    inner = u.args[0]
    if u.op == DET and is_leaf(inner):
        return rf"\det {to(inner)}", POWER
    return _called(to, NAMES[u.op][0], inner)


def _each(to: Printer, u: Node) -> tuple[str, int]:
    inner, *parameters = u.args
    if u.data == "power":
        exponent = to.exponent(parameters[0])
        if exponent.startswith(to.minus):
            exponent = to.bracket(exponent)
        return rf"{to.within(inner, ATOM)}^{{\odot {exponent}}}", POWER
    name = to.function_name(u.data)
    if u.data == "log":
        name, parameters = rf"\log_{{{to.exponent(parameters[0])}}}", []
    elif u.data in SPELLED:
        name = rf"\operatorname{{{u.data}}}"
    # exp(X) of a square matrix would be read as the matrix exponential.
    if rows(u.shape) == columns(u.shape):
        name += r"_{\odot}"
    return _called(to, name, inner, *parameters)


def _matrix_function(to: Printer, u: Node) -> tuple[str, int]:
    inner = u.args[0]
    if u.data == "exp":
        return f"e^{{{to.exponent(inner)}}}", POWER
    name = r"\log" if u.data == "ln" else to.function_name(u.data)
    return _called(to, name, inner)


def _norm(to: Printer, u: Node) -> tuple[str, int]:
    inner = u.args[0]
    kind = "" if not inner.shape or 1 in inner.shape else "_{F}"
    return rf"\left\lVert {to(inner)}\right\rVert{kind}", ATOM


def _differential(to: Printer, u: Node) -> tuple[str, int]:
    inner = u.args[0]
    if inner in to.names or is_compact(inner):
        return rf"\mathrm{{d}}{to(inner)}", POWER
    return _called(to, r"\mathrm{d}", inner)[0], POWER


def is_compact(u: Node) -> bool:
    """Whether it is plain what d is applied to without brackets, as in d tr(A)."""
    if u.op in (EACH, MATRIX_FUNCTION, FN):
        return u.data not in ("power", "exp", "factorial")
    return u.op in NAMES or u.op in (SYM, MATRIX, NORM, TRIANGLE)


def _ones(to: Printer, u: Node) -> tuple[str, int]:
    m, n = u.data
    if m == 1:
        return rf"\mathbf{{1}}_{{{extent(to, n)}}}^{{\top}}", POWER
    index = extent(to, m) if n == 1 else shape_latex(to, u.data)
    return rf"\mathbf{{1}}_{{{index}}}", ATOM


def _unvec(to: Printer, u: Node) -> tuple[str, int]:
    name = rf"\operatorname{{unvec}}_{{{shape_latex(to, u.data)}}}"
    return _called(to, name, u.args[0])


def _series(to: Printer, u: Node) -> tuple[str, int]:
    body, index, low, high = u.args
    limits = rf"\sum_{{{to(index)}={to(low)}}}^{{{to(high)}}}"
    return f"{limits} {to.within(body, PRODUCT)}", MINUS


def _subscript(to: Printer, u: Node) -> tuple[str, int]:
    whole, at = u.args[0], indices(to, u.data)
    if takes_indices(to, whole):
        return f"{to.plain(whole)}_{{{at}}}", ATOM
    return rf"\left[{to.plain(whole)}\right]_{{{at}}}", ATOM


def _triangle(to: Printer, u: Node) -> tuple[str, int]:
    return _called(to, rf"\operatorname{{{TRIANGLES[u.data]}}}", u.args[0])


LATEX: MappingProxyType[str, Form] = MappingProxyType(
    {
        **dict.fromkeys(NAMES, _named),
        **dict.fromkeys(_SIGNS, lambda to, u: (_SIGNS[u.op].join(printed_factors(to, u)), PRODUCT)),
        **dict.fromkeys((TRANSPOSE, INVERSE), _raised),
        MATRIX: lambda to, u: (to.symbol(u.data.name), ATOM),
        MOVE: lambda to, u: (rf"\mathrm{{d}}{to.symbol(u.data.name)}", POWER),
        DIFFERENTIAL: _differential,
        MATMUL: lambda to, u: chain(to, u, _joint),
        MATRIX_POWER: lambda to, u: (to.power(u), POWER),
        EACH: _each,
        MATRIX_FUNCTION: _matrix_function,
        NORM: _norm,
        IDENTITY: lambda to, u: (f"I_{{{raised_extent(to, u.data)}}}", ATOM),
        ONES: _ones,
        COMMUTATION: lambda to, u: (f"K_{{{indices(to, u.data)}}}", ATOM),
        SELECTION: lambda to, u: (f"S_{{{extent(to, u.data)}}}", ATOM),
        EXTENT: lambda to, u: (extent(to, u.data), PRODUCT if "*" in str(u.data) else ATOM),
        UNVEC: _unvec,
        TRIANGLE: _triangle,
        SERIES: _series,
        SUBSCRIPT: _subscript,
        DELTA: lambda to, u: (rf"\delta_{{{indices(to, u.data)}}}", ATOM),
    }
)
