"""Matrices in text: ``tr(A·X⁻¹)``, ``(A⊙B)ᵀ``, ``‖x‖²``.

As in LaTeX, products of every kind are bracketed inside each other.
"""

from __future__ import annotations

from copy import copy
from types import MappingProxyType

from calc_core.graph import DIFFERENTIAL, MATRIX, MOVE, SERIES, Node, postorder
from calc_core.printing.base import ATOM, MATMUL, MINUS, POWER, PRODUCT, Form, Printer
from calc_core.printing.matrices import (
    COMMUTATION,
    DELTA,
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
    takes_indices,
)
from calc_core.shapes import Extent, columns, rows

# Under a trace these are read as functions of the matrix, unless a dot says otherwise.
FUNCTIONS_OF_ENTRIES = ("exp", "ln", "sin", "cos")
_SIGNS = {MATMUL: "·", "hadamard": "⊙", "quotient": " ./ ", "kron": "⊗"}


def _infix(to: Printer, u: Node) -> tuple[str, int]:
    return _SIGNS[u.op].join(to.within(a, POWER) for a in u.args), PRODUCT


def _raised(to: Printer, u: Node) -> tuple[str, int]:
    base = inverse_transposed(to, u)
    if base is not None:
        return f"{to.within(base, ATOM)}⁻ᵀ", POWER
    return to.within(u.args[0], ATOM) + ("ᵀ" if u.op == TRANSPOSE else "⁻¹"), POWER


def _each(to: Printer, u: Node) -> tuple[str, int]:
    if u.data == "power":
        base, exponent = u.args
        return f"{to.within(base, ATOM)}.^{to.exponent(exponent)}", POWER
    return _called(to.function_name(u.data), *[to(a) for a in u.args])


def _is_ambiguous(u: Node) -> bool:
    """Whether under a trace u would be read as a function of a matrix."""
    return u.op == EACH and u.data in FUNCTIONS_OF_ENTRIES and rows(u.shape) == columns(u.shape)


def _dotted(to: Printer, u: Node) -> tuple[str, int]:
    if not _is_ambiguous(u):
        return _each(to, u)
    return _called(f"{to.function_name(u.data)}.", to(u.args[0]))


def _trace(to: Printer, u: Node) -> tuple[str, int]:
    inside = to
    if any(map(_is_ambiguous, postorder(u))):
        # A printer of its own: elsewhere the same part is printed without a dot.
        inside = copy(to)
        vars(inside).update(forms={**to.forms, EACH: _dotted}, _memo={})
    return _called("tr", inside(u.args[0]))


def _matrix_function(to: Printer, u: Node) -> tuple[str, int]:
    name = "log" if u.data == "ln" else to.function_name(u.data)
    return _called(f"{name}m", to(u.args[0]))


def _called(name: str, *args: str) -> tuple[str, int]:
    return f"{name}({', '.join(args)})", ATOM


def _norm(to: Printer, u: Node) -> tuple[str, int]:
    inner = u.args[0]
    return f"‖{to(inner)}‖" + ("" if not inner.shape or 1 in inner.shape else "_F"), ATOM


def _of_extents(to: Printer, name: str, *extents: Extent) -> tuple[str, int]:
    return _called(name, *[extent(to, n, "*") for n in extents])


def _ones(to: Printer, u: Node) -> tuple[str, int]:
    m, n = u.data
    if m == 1:
        return f"{_of_extents(to, 'ones', n)[0]}ᵀ", POWER
    return _of_extents(to, "ones", *((m,) if n == 1 else (m, n)))


def _identity(to: Printer, u: Node) -> tuple[str, int]:
    n = extent(to, u.data)
    plain = n.isalpha() or n.isdigit()
    return (f"I_{n}", ATOM) if plain else _of_extents(to, "eye", u.data)


def _series(to: Printer, u: Node) -> tuple[str, int]:
    body, index, low, high = u.args
    limits = f"sum_({to(index)}={to(low)})^({to(high)})"
    return f"{limits} {to.within(body, PRODUCT)}", MINUS


def _subscript(to: Printer, u: Node) -> tuple[str, int]:
    whole, at = u.args[0], indices(to, u.data)
    return (f"{to(whole)}_{at}" if takes_indices(to, whole) else f"[{to(whole)}]_{at}"), ATOM


def _extent(to: Printer, u: Node) -> tuple[str, int]:
    return extent(to, u.data, "·"), PRODUCT if "*" in str(u.data) else ATOM


TEXT: MappingProxyType[str, Form] = MappingProxyType(
    {
        **dict.fromkeys(NAMES, lambda to, u: _called(NAMES[u.op][1], to(u.args[0]))),
        "trace": _trace,
        **dict.fromkeys(_SIGNS, _infix),
        **dict.fromkeys((TRANSPOSE, INVERSE), _raised),
        MATRIX: lambda to, u: (to.symbol(u.data.name), ATOM),
        MOVE: lambda to, u: (f"d{to.symbol(u.data.name)}", POWER),
        DIFFERENTIAL: lambda to, u: _called("d", to(u.args[0])),
        MATRIX_POWER: lambda to, u: (to.power(u), POWER),
        EACH: _each,
        MATRIX_FUNCTION: _matrix_function,
        NORM: _norm,
        IDENTITY: _identity,
        ONES: _ones,
        COMMUTATION: lambda to, u: _of_extents(to, "K", *u.data),
        SELECTION: lambda to, u: _of_extents(to, "S", u.data),
        EXTENT: _extent,
        UNVEC: lambda to, u: _called("unvec", to(u.args[0]), *[extent(to, n, "*") for n in u.data]),
        TRIANGLE: lambda to, u: _called(TRIANGLES[u.data], to(u.args[0])),
        SERIES: _series,
        SUBSCRIPT: _subscript,
        DELTA: lambda to, u: (f"δ_{indices(to, u.data)}", ATOM),
    }
)
