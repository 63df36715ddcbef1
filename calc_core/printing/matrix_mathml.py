"""Matrices in MathML, as :mod:`calc_core.printing.matrix_latex` has them in LaTeX."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType

from calc_core.graph import DERIV, DIFFERENTIAL, MATRIX, MOVE, SERIES, Node
from calc_core.printing.base import ATOM, MATMUL, MINUS, POWER, PRODUCT, Form, Printer
from calc_core.printing.marks import fenced, mi, mn, mo, row, sub, sup
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
    inverse_transposed,
    is_leaf,
    takes_indices,
)
from calc_core.printing.matrix_latex import SPELLED, chain, is_compact, printed_factors
from calc_core.shapes import Extent, Shape, columns, rows

_SIGNS = {"hadamard": "⊙", "quotient": "⊘", "kron": "⊗"}
_GAP = '<mspace width="0.17em"/>'


def extent_mathml(to: Printer, n: Extent) -> str:
    """An extent such as m*n."""
    return "".join(mn(p) if p.isdigit() else to.symbol(p) for p in str(n).split("*"))


def shape_mathml(to: Printer, shape: Shape) -> str:
    """The shape as rows × columns."""
    return extent_mathml(to, rows(shape)) + mo("×") + extent_mathml(to, columns(shape))


def _raised_extent(to: Printer, n: Extent) -> str:
    counted = Counter(str(n).split("*"))
    letters = [(mn(p) if p.isdigit() else to.symbol(p), k) for p, k in counted.items()]
    return "".join(p if k == 1 else sup(p, mn(k)) for p, k in letters)


def _indices(to: Printer, names: tuple[Extent, ...]) -> str:
    short = all(isinstance(name, str) and len(name) == 1 for name in names)
    return ("" if short else mo(",")).join(extent_mathml(to, name) for name in names)


def _raised(to: Printer, u: Node) -> tuple[str, int]:
    base = inverse_transposed(to, u)
    if base is not None:
        return sup(to.within(base, ATOM), mo("−") + mo("⊤")), POWER
    sign = mo("⊤") if u.op == TRANSPOSE else mo("−") + mn(1)
    return sup(to.within(u.args[0], ATOM), sign), POWER


def _joint(left: Node, right: Node) -> str:
    ops = {left.op, right.op}
    if DERIV in ops:
        return mo("⋅")
    return "<mo>&#x2062;</mo>" + (_GAP if ops & {MOVE, DIFFERENTIAL} else "")


def _called(to: Printer, name: str, *args: Node) -> tuple[str, int]:
    inside = to.bracket(mo(",").join(to(a) for a in args))
    return f"{name}<mo>&#x2061;</mo>{inside}", ATOM


def _named(to: Printer, u: Node) -> tuple[str, int]:
    inner = u.args[0]
    name = mi(NAMES[u.op][0].removeprefix(r"\operatorname").strip("\\{}"))
    if u.op == DET and is_leaf(inner):
        return f"{name}<mo>&#x2061;</mo>{to(inner)}", POWER
    return _called(to, name, inner)


def _each(to: Printer, u: Node) -> tuple[str, int]:
    inner, *parameters = u.args
    if u.data == "power":
        exponent = to.exponent(parameters[0])
        if to.opens_with_minus(exponent):
            exponent = to.bracket(exponent)
        return sup(to.within(inner, ATOM), mo("⊙") + exponent), POWER
    name = mi(u.data) if u.data in SPELLED else to.function_name(u.data)
    if u.data == "log":
        name, parameters = sub(mi("log"), to.exponent(parameters[0])), []
    # exp(X) of a square matrix would be read as the matrix exponential.
    if rows(u.shape) == columns(u.shape):
        name = sub(name, mo("⊙"))
    return _called(to, name, inner, *parameters)


def _matrix_function(to: Printer, u: Node) -> tuple[str, int]:
    inner = u.args[0]
    if u.data == "exp":
        return sup(mi("e"), to.exponent(inner)), POWER
    return _called(to, mi("log") if u.data == "ln" else to.function_name(u.data), inner)


def _norm(to: Printer, u: Node) -> tuple[str, int]:
    inner = u.args[0]
    printed = fenced("‖", to(inner), "‖")
    return (printed if not inner.shape or 1 in inner.shape else sub(printed, mi("F"))), ATOM


def _differential(to: Printer, u: Node) -> tuple[str, int]:
    inner, d = u.args[0], mi("d", upright=True)
    if inner in to.names or is_compact(inner):
        return d + to(inner), POWER
    return _called(to, d, inner)[0], POWER


def _ones(to: Printer, u: Node) -> tuple[str, int]:
    m, n = u.data
    one = '<mn class="nb-bold">1</mn>'
    if m == 1:
        return sup(sub(one, extent_mathml(to, n)), mo("⊤")), POWER
    return sub(one, extent_mathml(to, m) if n == 1 else shape_mathml(to, u.data)), ATOM


def _unvec(to: Printer, u: Node) -> tuple[str, int]:
    return _called(to, sub(mi("unvec"), shape_mathml(to, u.data)), u.args[0])


def _series(to: Printer, u: Node) -> tuple[str, int]:
    body, index, low, high = u.args
    below = row(to(index) + mo("=") + to(low))
    limits = f"<munderover>{mo('∑')}{below}{row(to(high))}</munderover>"
    return limits + to.within(body, PRODUCT), MINUS


def _subscript(to: Printer, u: Node) -> tuple[str, int]:
    whole, at = u.args[0], _indices(to, u.data)
    printed = to.plain(whole)
    return sub(printed if takes_indices(to, whole) else fenced("[", printed, "]"), at), ATOM


MATHML: MappingProxyType[str, Form] = MappingProxyType(
    {
        **dict.fromkeys(NAMES, _named),
        **dict.fromkeys(
            _SIGNS, lambda to, u: (mo(_SIGNS[u.op]).join(printed_factors(to, u)), PRODUCT)
        ),
        **dict.fromkeys((TRANSPOSE, INVERSE), _raised),
        MATRIX: lambda to, u: (to.symbol(u.data.name), ATOM),
        MOVE: lambda to, u: (mi("d", upright=True) + to.symbol(u.data.name), POWER),
        DIFFERENTIAL: _differential,
        MATMUL: lambda to, u: chain(to, u, _joint),
        MATRIX_POWER: lambda to, u: (to.power(u), POWER),
        EACH: _each,
        MATRIX_FUNCTION: _matrix_function,
        NORM: _norm,
        IDENTITY: lambda to, u: (sub(mi("I"), _raised_extent(to, u.data)), ATOM),
        ONES: _ones,
        COMMUTATION: lambda to, u: (sub(mi("K"), _indices(to, u.data)), ATOM),
        SELECTION: lambda to, u: (sub(mi("S"), extent_mathml(to, u.data)), ATOM),
        EXTENT: lambda to, u: (
            extent_mathml(to, u.data),
            PRODUCT if "*" in str(u.data) else ATOM,
        ),
        UNVEC: _unvec,
        TRIANGLE: lambda to, u: _called(to, mi(TRIANGLES[u.data]), u.args[0]),
        SERIES: _series,
        SUBSCRIPT: _subscript,
        DELTA: lambda to, u: (sub(mi("δ"), _indices(to, u.data)), ATOM),
    }
)
