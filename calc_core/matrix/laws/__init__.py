"""The table of laws on differentials.

A law turns ``d(u, x)``, the differential of u when the symbol x moves by dx, into an expression in
which dx stands, or in which further inert differentials do; or it says that it does not apply
(None).  The engine is that of :mod:`calc_core.derive`, which tries the laws from top to bottom.
Scalar functions of scalars, and of the entries of a matrix, are differentiated by the table
:data:`calc_core.outer.OUTER`.

Sources: J. R. Magnus and H. Neudecker, *Matrix Differential Calculus with Applications in
Statistics and Econometrics*, 3rd ed. (2019), ch. 8 and 9; K. B. Petersen and M. S. Pedersen, *The
Matrix Cookbook* (2012), §2, eq. (33)–(46).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from calc_core.graph import ADD, ARRAY, DIV, FN, MATRIX, MUL, POW, SERIES, SYM
from calc_core.matrix.laws import algebra, functions, power_series, squares
from calc_core.matrix.nodes import (
    ADJUGATE,
    DET,
    DIAG,
    DIAGONAL,
    EACH,
    HADAMARD,
    INVERSE,
    KRON,
    LOGSUMEXP,
    MATFN,
    MATMUL,
    MATPOW,
    NORM,
    QUOTIENT,
    SOFTMAX,
    TOTAL,
    TRACE,
    TRANSPOSE,
    TRIANGLE,
    UNVEC,
    VEC,
)
from calc_core.rules import Law

LAWS: tuple[Law, ...] = (
    Law("d-constant", r"\mathrm{d}A = 0", algebra.d_constant),
    Law("d-variable", "", algebra.d_variable, (SYM, MATRIX)),
    Law("d-sum", r"\mathrm{d}(A + B) = \mathrm{d}A + \mathrm{d}B", algebra.d_sum, (ADD,)),
    Law(
        "d-multiple", r"\mathrm{d}(c\,A) = c\,\mathrm{d}A", algebra.d_constant_multiple, (MUL, DIV)
    ),
    Law(
        "d-constant-factors",
        r"\mathrm{d}(A\,U\,B) = A\,\mathrm{d}U\,B",
        algebra.d_constant_factors,
        (MATMUL,),
    ),
    Law(
        "d-product",
        r"\mathrm{d}(U\,V) = \mathrm{d}U\,V + U\,\mathrm{d}V",
        algebra.d_product,
        (MATMUL, MUL),
    ),
    Law(
        "d-reciprocal",
        r"\mathrm{d}\frac1v = -\frac{\mathrm{d}v}{v^2}",
        algebra.d_reciprocal,
        (DIV,),
    ),
    Law(
        "d-quotient",
        r"\mathrm{d}\frac uv = \frac{v\,\mathrm{d}u - u\,\mathrm{d}v}{v^2}",
        algebra.d_quotient,
        (DIV,),
    ),
    Law(
        "d-transpose", r"\mathrm{d}(U^\top) = (\mathrm{d}U)^\top", algebra.d_transpose, (TRANSPOSE,)
    ),
    Law(
        "d-trace-of-function",
        r"\mathrm{d}\operatorname{tr} f(U) = \operatorname{tr}(f'(U)\,\mathrm{d}U)",
        power_series.d_trace_of_function,
        (TRACE,),
    ),
    Law(
        "d-trace-is-linear",
        r"\operatorname{tr}(A + B) = \operatorname{tr}A + \operatorname{tr}B,\;"
        r" \operatorname{tr}(A^\top) = \operatorname{tr}A",
        power_series.d_trace_is_linear,
        (TRACE,),
    ),
    Law(
        "d-trace-of-power",
        r"\mathrm{d}\operatorname{tr} U^k = k\operatorname{tr}(U^{k-1}\,\mathrm{d}U)",
        squares.d_trace_of_power,
        (TRACE,),
    ),
    Law(
        "d-trace",
        r"\mathrm{d}\operatorname{tr} U = \operatorname{tr}\mathrm{d}U",
        algebra.d_linear_operator,
        (TRACE,),
    ),
    Law(
        "d-det",
        r"\mathrm{d}\det U = \det U\,\operatorname{tr}(U^{-1}\,\mathrm{d}U)",
        squares.d_det,
        (DET,),
    ),
    Law(
        "d-log-det",
        r"\mathrm{d}\ln\det U = \operatorname{tr}(U^{-1}\,\mathrm{d}U)",
        squares.d_log_det,
        (FN,),
    ),
    Law(
        "d-inverse",
        r"\mathrm{d}U^{-1} = -U^{-1}\,\mathrm{d}U\,U^{-1}",
        squares.d_inverse,
        (INVERSE,),
    ),
    Law(
        "d-power",
        r"\mathrm{d}U^k = \sum_{r=0}^{k-1} U^r\,\mathrm{d}U\,U^{k-1-r}",
        squares.d_power,
        (MATPOW,),
    ),
    Law(
        "d-hadamard",
        r"\mathrm{d}(U \odot V) = \mathrm{d}U \odot V + U \odot \mathrm{d}V",
        algebra.d_product,
        (HADAMARD,),
    ),
    Law(
        "d-entrywise-logarithmic",
        r"\mathrm{d}(U^{\odot s}) = U^{\odot s} \odot \mathrm{d}(s \ln U)",
        functions.d_entrywise_logarithmic,
        (EACH,),
    ),
    Law(
        "d-entrywise",
        r"\mathrm{d}f(U) = f'(U) \odot \mathrm{d}U \text{ for } f \text{ of each entry}",
        functions.d_entrywise,
        (EACH,),
    ),
    Law(
        "d-entrywise-quotient",
        r"\mathrm{d}(U \oslash V) = \mathrm{d}U \oslash V"
        r" - U \odot \mathrm{d}V \oslash (V \odot V)",
        algebra.d_entrywise_quotient,
        (QUOTIENT,),
    ),
    Law(
        "d-kronecker",
        r"\mathrm{d}(U \otimes V) = \mathrm{d}U \otimes V + U \otimes \mathrm{d}V",
        algebra.d_product,
        (KRON,),
    ),
    Law(
        "d-total",
        r"\mathrm{d}\operatorname{sum} U = \operatorname{sum}\mathrm{d}U",
        algebra.d_linear_operator,
        (TOTAL,),
    ),
    Law(
        "d-vec",
        r"\mathrm{d}\operatorname{vec} U = \operatorname{vec}\mathrm{d}U",
        algebra.d_linear_operator,
        (VEC, UNVEC),
    ),
    Law(
        "d-diagonal",
        r"\mathrm{d}\operatorname{diag} U = \operatorname{diag}\mathrm{d}U",
        algebra.d_linear_operator,
        (DIAG, DIAGONAL, TRIANGLE),
    ),
    Law(
        "d-norm",
        r"\mathrm{d}\lVert u\rVert = \frac{u^\top\mathrm{d}u}{\lVert u\rVert}",
        functions.d_norm,
        (NORM,),
    ),
    Law(
        "d-squared-norm",
        r"\mathrm{d}\lVert u\rVert^2 = 2\,u^\top\mathrm{d}u",
        functions.d_squared_norm,
        (POW,),
    ),
    Law(
        "d-logsumexp",
        r"\mathrm{d}\operatorname{lse}(u) = \operatorname{softmax}(u)^\top\,\mathrm{d}u",
        functions.d_logsumexp,
        (LOGSUMEXP,),
    ),
    Law(
        "d-softmax",
        r"\mathrm{d}s = (\operatorname{Diag}(s) - s\,s^\top)\,\mathrm{d}u,\;"
        r" s = \operatorname{softmax}(u)",
        functions.d_softmax,
        (SOFTMAX,),
    ),
    Law(
        "d-larger",
        r"\max(u, v) = \tfrac12(u + v + |u - v|)",
        functions.d_larger,
        (FN,),
    ),
    Law("d-chain", r"\mathrm{d}f(u) = f'(u)\,\mathrm{d}u", functions.d_chain, (FN, POW)),
    Law(
        "d-logarithmic",
        r"\mathrm{d}u^v = u^v\,\mathrm{d}(v \ln u)",
        functions.d_logarithmic,
        (POW,),
    ),
    Law("d-entries", r"\text{each entry for itself}", algebra.d_entry_by_entry, (ARRAY,)),
    Law("d-series", r"\mathrm{d}\sum_r U_r = \sum_r \mathrm{d}U_r", algebra.d_series, (SERIES,)),
    Law(
        "d-function-of-multiple",
        r"\mathrm{d}f(s\,A) = \mathrm{d}s\,f'(s\,A)\,A",
        power_series.d_function_of_multiple,
        (MATFN,),
    ),
    Law("d-matrix-function", "", power_series.refused, (MATFN,)),
    Law("d-adjugate", r"\operatorname{adj} U = \det U\,U^{-1}", squares.d_adjugate, (ADJUGATE,)),
)


def avoiding(laws: tuple[Law, ...], names: frozenset[str]) -> tuple[Law, ...]:
    """The laws with running indices that are none of these names."""
    if names.isdisjoint("rstlpqh"):
        return laws
    power = partial(squares.d_power, taken=names)
    return tuple(replace(law, apply=power) if law.apply is squares.d_power else law for law in laws)
