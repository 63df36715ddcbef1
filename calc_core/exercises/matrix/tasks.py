"""How exercises on matrices are put into words."""

from __future__ import annotations

from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.matrix.layouts import is_column
from calc_core.printing.latex import symbol_latex


def wanted(function: MatrixFunction) -> str:
    """What to find, how it is laid out, of which function, and who is who, in Markdown."""
    return f"Find {_what(function)}\n\n$${_stated(function)},$$\n\n{with_letters(function)}."


def with_letters(function: MatrixFunction) -> str:
    r"""The letters and what is assumed: with $x \in \mathbb{R}^{n}$ and $X$ invertible."""
    assumed = [f"${latex}$" for latex in function.derivation.conditions_latex()]
    parts = ", ".join(dict.fromkeys((function.declared(), *assumed)))
    return f"with {parts}"


def derivative_symbol(function: MatrixFunction) -> str:
    r"""\dfrac{\partial f}{\partial x}; of one number alone \dfrac{\mathrm{d} F}{\mathrm{d} t}."""
    d = r"\partial" if function.x.shape else r"\mathrm{d}"
    return rf"\dfrac{{{d} {name_of_function(function)}}}{{{d} {symbol_latex(function.wrt)}}}"


def name_of_function(function: MatrixFunction) -> str:
    """F where the values are matrices, f else."""
    shape = function.node.shape
    return "F" if shape and not is_column(shape) else "f"


def _what(function: MatrixFunction) -> str:
    symbol, by = derivative_symbol(function), symbol_latex(function.wrt)
    if not function.x.shape:
        return f"${symbol}$ of"
    if function.node.shape:
        return f"the Jacobian ${symbol}$ of"
    if is_column(function.x.shape):
        return f"${symbol}$, as a row, of"
    return f"${symbol}$, in the shape of ${by}$, of"


def _stated(function: MatrixFunction) -> str:
    by = symbol_latex(function.wrt)
    return f"{name_of_function(function)}({by}) = {function.latex()}"
