r"""The table of laws on differentials.

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

from collections.abc import Callable, Container
from dataclasses import replace
from functools import partial
from itertools import chain, count

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    ARRAY,
    DIV,
    FN,
    MATRIX,
    MINUS_ONE,
    MUL,
    NUM,
    POW,
    SERIES,
    SYM,
    TWO,
    ZERO,
    Node,
    add,
    array,
    depends,
    div,
    fn,
    mul,
    neg,
    num,
    rebuild,
    sym,
)
from calc_core.matrix.entrywise import entrywise, slope
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
    d,
    det,
    diag,
    each,
    hadamard,
    inverse,
    kron,
    matmul,
    matrix_function,
    matrix_power,
    move,
    quotient,
    series,
    softmax,
    trace,
    transpose,
)
from calc_core.matrix.tidy.parts import is_column, peel
from calc_core.outer import partials
from calc_core.rules import Law

# A power of at most this exponent is written out as a sum.
WRITTEN_OUT = 4


def _constant(u: Node, x: Node) -> Node | None:
    return ZERO if not depends(u, x) else None


def _variable(u: Node, x: Node) -> Node | None:
    return move(x) if u is x else None


def _sum(u: Node, x: Node) -> Node | None:
    return add(*[_of_term(t, x) for t in u.args if depends(t, x)])


def _of_term(t: Node, x: Node) -> Node:
    if t.op == MUL and t.args[0] is MINUS_ONE:
        return neg(d(mul(*t.args[1:]), x))
    return d(t, x)


def _constant_multiple(u: Node, x: Node) -> Node | None:
    if u.op == DIV:
        return None if depends(u.args[1], x) else d(u.args[0], x) / u.args[1]
    still = [f for f in u.args if not depends(f, x)]
    moving = [f for f in u.args if depends(f, x)]
    return mul(*still, d(mul(*moving), x)) if still else None


def _constant_factors(u: Node, x: Node) -> Node | None:
    """d(A U B) = A dU B for constant A and B, U being all from the first that moves to the last."""
    moving = [i for i, f in enumerate(u.args) if depends(f, x)]
    first, last = moving[0], moving[-1]
    if first == 0 and last == len(u.args) - 1:
        return None
    before, after = u.args[:first], u.args[last + 1 :]
    return matmul(*before, d(matmul(*u.args[first : last + 1]), x), *after)


def _product(u: Node, x: Node) -> Node | None:
    build = matmul if u.op == MATMUL else mul
    return add(
        *[
            build(*u.args[:i], d(f, x), *u.args[i + 1 :])
            for i, f in enumerate(u.args)
            if depends(f, x)
        ]
    )


def _reciprocal(u: Node, x: Node) -> Node | None:
    top, bottom = u.args
    return None if depends(top, x) else neg(div(mul(d(bottom, x), top), bottom**2))


def _quotient(u: Node, x: Node) -> Node | None:
    top, bottom = u.args
    # A scalar may stand before the small change, a matrix comes last.
    falling = mul(d(bottom, x), top) if top.shape else top * d(bottom, x)
    return div(bottom * d(top, x) - falling, bottom**2)


def _transpose(u: Node, x: Node) -> Node | None:
    return transpose(d(u.args[0], x))


def _through(u: Node, x: Node) -> Node | None:
    """A linear operator: the differential goes inside."""
    return rebuild(u, (d(u.args[0], x),))


_SLOPES: dict[str, Callable[[Node], Node]] = {
    "exp": lambda a: matrix_function("exp", a),
    "ln": inverse,
    "sin": lambda a: matrix_function("cos", a),
    "cos": lambda a: neg(matrix_function("sin", a)),
    "sinh": lambda a: matrix_function("cosh", a),
    "cosh": lambda a: matrix_function("sinh", a),
}


def _trace_of_function(u: Node, x: Node) -> Node | None:
    inner = u.args[0]
    if inner.op != MATFN or inner.data not in _SLOPES:
        return None
    a = inner.args[0]
    return trace(matmul(_SLOPES[inner.data](a), d(a, x)))


def _is_linear_in_function(u: Node, x: Node) -> bool:
    """Whether u is a sum, multiple or transpose with a moving matrix function in it."""
    if u.op == MATFN:
        return depends(u, x)
    return u.op in (ADD, MUL, DIV, TRANSPOSE) and any(
        _is_linear_in_function(a, x) for a in u.args if a.shape
    )


def _trace_is_linear(u: Node, x: Node) -> Node | None:
    inner = u.args[0]
    if inner.op == MATFN or not _is_linear_in_function(inner, x):
        return None
    if inner.op == ADD:
        return add(*[d(trace(term), x) for term in inner.args if depends(term, x)])
    if inner.op == TRANSPOSE:
        return d(trace(inner.args[0]), x)
    parts = tuple([trace(a) if a.shape else a for a in inner.args])
    return d(rebuild(inner, parts), x)


def _function_of_multiple(u: Node, x: Node) -> Node | None:
    """The law d f(sA) = f′(sA) A ds: with a scalar alone that moves, everything commutes."""
    scalars, a = peel(u.args[0])
    if u.data not in _SLOPES or depends(a, x) or any(n < 0 for _, n in scalars):
        return None
    factor = mul(*[s for s, _ in scalars])
    return d(factor, x) * matmul(_SLOPES[u.data](u.args[0]), a)


def _larger(u: Node, x: Node) -> Node | None:
    if u.data not in ("max", "min"):
        return None
    first, *others = u.args
    rest = fn(u.data, *others) if len(others) > 1 else others[0]
    apart = fn("abs", first - rest)
    return d((first + rest + (apart if u.data == "max" else neg(apart))) / 2, x)


def _trace_of_power(u: Node, x: Node) -> Node | None:
    inner = u.args[0]
    if inner.op != MATPOW or depends(inner.args[1], x):
        return None
    a, k = inner.args
    less = num(k.data - 1) if k.op == NUM else k - 1
    return k * trace(matmul(matrix_power(a, less), d(a, x)))


def _det(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return u * trace(matmul(inverse(a), d(a, x)))


def _log_det(u: Node, x: Node) -> Node | None:
    if u.data != "ln":
        return None
    inner = u.args[0]
    inner = inner.args[0] if inner.op == FN and inner.data == "abs" else inner
    if inner.op != DET:
        return None
    a = inner.args[0]
    return trace(matmul(inverse(a), d(a, x)))


def _inverse(u: Node, x: Node) -> Node | None:
    return neg(matmul(u, d(u.args[0], x), u))


def _power(u: Node, x: Node, taken: frozenset[str] = frozenset()) -> Node | None:
    a, k = u.args
    if depends(k, x):
        return None
    if k.op != NUM:
        r = free_letter(u.free | taken)
        return series(
            matmul(matrix_power(a, r), d(a, x), matrix_power(a, k - 1 - r)), r, ZERO, k - 1
        )
    if k.data < 0:
        return d(inverse(matrix_power(a, num(-k.data))), x)
    if k.data <= WRITTEN_OUT:
        return add(*[_in_place(a, d(a, x), i, k.data) for i in range(k.data)])
    r = free_letter(u.free | taken)
    body = matmul(matrix_power(a, r), d(a, x), matrix_power(a, num(k.data - 1) - r))
    return series(body, r, ZERO, num(k.data - 1))


def _in_place(a: Node, change: Node, i: int, k: int) -> Node:
    """A^i dA A^(k−1−i)."""
    before = [a] if i == 1 else [matrix_power(a, num(i))] if i else []
    rest = k - 1 - i
    after = [a] if rest == 1 else [matrix_power(a, num(rest))] if rest else []
    return matmul(*before, change, *after)


def free_letter(names: Container[str]) -> Node:
    """A letter for a running index that stands for nothing else."""
    letters = chain("rstlpqh", (f"r_{n}" for n in count()))
    return next(sym(name) for name in letters if name not in names)


def _hadamard(u: Node, x: Node) -> Node | None:
    return add(
        *[
            hadamard(*u.args[:i], d(f, x), *u.args[i + 1 :])
            for i, f in enumerate(u.args)
            if depends(f, x)
        ]
    )


def _entrywise_logarithmic(u: Node, x: Node) -> Node | None:
    if u.data != "power" or not depends(u.args[1], x):
        return None
    a, exponent = u.args
    return hadamard(u, d(exponent * each("ln", a), x))


def _each(u: Node, x: Node) -> Node | None:
    if any(depends(p, x) for p in u.args[1:]):
        return None
    found = slope(u)
    return None if found is None else entrywise(found, d(u.args[0], x))


def _entrywise_quotient(u: Node, x: Node) -> Node | None:
    top, bottom = u.args
    terms = []
    if depends(top, x):
        terms.append(quotient(d(top, x), bottom))
    if depends(bottom, x):
        square = hadamard(bottom, bottom) if bottom.shape else bottom**2
        change = entrywise(top, d(bottom, x))
        terms.append(neg(quotient(change, square)))
    return add(*terms)


def _kronecker(u: Node, x: Node) -> Node | None:
    return add(
        *[
            kron(*u.args[:i], d(f, x), *u.args[i + 1 :])
            for i, f in enumerate(u.args)
            if depends(f, x)
        ]
    )


def _inner(a: Node, change: Node) -> Node:
    """Σ a_ij dA_ij."""
    product = matmul(transpose(a), change)
    return product if is_column(a) else trace(product)


def _norm(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return _inner(a, d(a, x)) / u


def _squared_norm(u: Node, x: Node) -> Node | None:
    base, exponent = u.args
    if base.op != NORM or exponent is not TWO:
        return None
    a = base.args[0]
    return 2 * _inner(a, d(a, x))


def _logsumexp(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return matmul(transpose(softmax(a)), d(a, x))


def _softmax(u: Node, x: Node) -> Node | None:
    return matmul(diag(u) - matmul(u, transpose(u)), d(u.args[0], x))


def _chain(u: Node, x: Node) -> Node | None:
    found = [(p, a) for p, a in partials(u, x) if p is not ZERO]
    if not found:
        return ZERO if partials(u, x) else None
    return add(*[p * d(a, x) for p, a in found])


def _logarithmic(u: Node, x: Node) -> Node | None:
    base, exponent = u.args
    return u * d(exponent * fn("ln", base), x)


def _entry_by_entry(u: Node, x: Node) -> Node | None:
    return array(u.data, [d(e, x) if depends(e, x) else ZERO for e in u.args])


def _series(u: Node, x: Node) -> Node | None:
    body, index, low, high = u.args
    return None if depends(low, x) or depends(high, x) else series(d(body, x), index, low, high)


def _adjugate(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return d(det(a) * inverse(a), x)


def _refused(u: Node, _: Node) -> Node | None:
    name = {"exp": "exponential", "ln": "logarithm"}.get(u.data, u.data)
    short = {"ln": "log"}.get(u.data, u.data)
    raise InputError(
        f"The matrix {name} of a matrix that moves has a simple differential only under a trace.",
        hint=f"Write tr({short}m(X)), with nothing else in the trace, or {short} of the entries.",
    )


LAWS: tuple[Law, ...] = (
    Law("d-constant", r"\mathrm{d}A = 0", _constant),
    Law("d-variable", "", _variable, (SYM, MATRIX)),
    Law("d-sum", r"\mathrm{d}(A + B) = \mathrm{d}A + \mathrm{d}B", _sum, (ADD,)),
    Law("d-multiple", r"\mathrm{d}(c\,A) = c\,\mathrm{d}A", _constant_multiple, (MUL, DIV)),
    Law(
        "d-constant-factors",
        r"\mathrm{d}(A\,U\,B) = A\,\mathrm{d}U\,B",
        _constant_factors,
        (MATMUL,),
    ),
    Law(
        "d-product",
        r"\mathrm{d}(U\,V) = \mathrm{d}U\,V + U\,\mathrm{d}V",
        _product,
        (MATMUL, MUL),
    ),
    Law("d-reciprocal", r"\mathrm{d}\frac1v = -\frac{\mathrm{d}v}{v^2}", _reciprocal, (DIV,)),
    Law(
        "d-quotient",
        r"\mathrm{d}\frac uv = \frac{v\,\mathrm{d}u - u\,\mathrm{d}v}{v^2}",
        _quotient,
        (DIV,),
    ),
    Law("d-transpose", r"\mathrm{d}(U^\top) = (\mathrm{d}U)^\top", _transpose, (TRANSPOSE,)),
    Law(
        "d-trace-of-function",
        r"\mathrm{d}\operatorname{tr} f(U) = \operatorname{tr}(f'(U)\,\mathrm{d}U)",
        _trace_of_function,
        (TRACE,),
    ),
    Law(
        "d-trace-is-linear",
        r"\operatorname{tr}(A + B) = \operatorname{tr}A + \operatorname{tr}B,\;"
        r" \operatorname{tr}(A^\top) = \operatorname{tr}A",
        _trace_is_linear,
        (TRACE,),
    ),
    Law(
        "d-trace-of-power",
        r"\mathrm{d}\operatorname{tr} U^k = k\operatorname{tr}(U^{k-1}\,\mathrm{d}U)",
        _trace_of_power,
        (TRACE,),
    ),
    Law(
        "d-trace",
        r"\mathrm{d}\operatorname{tr} U = \operatorname{tr}\mathrm{d}U",
        _through,
        (TRACE,),
    ),
    Law(
        "d-det",
        r"\mathrm{d}\det U = \det U\,\operatorname{tr}(U^{-1}\,\mathrm{d}U)",
        _det,
        (DET,),
    ),
    Law(
        "d-log-det",
        r"\mathrm{d}\ln\det U = \operatorname{tr}(U^{-1}\,\mathrm{d}U)",
        _log_det,
        (FN,),
    ),
    Law("d-inverse", r"\mathrm{d}U^{-1} = -U^{-1}\,\mathrm{d}U\,U^{-1}", _inverse, (INVERSE,)),
    Law(
        "d-power",
        r"\mathrm{d}U^k = \sum_{r=0}^{k-1} U^r\,\mathrm{d}U\,U^{k-1-r}",
        _power,
        (MATPOW,),
    ),
    Law(
        "d-hadamard",
        r"\mathrm{d}(U \odot V) = \mathrm{d}U \odot V + U \odot \mathrm{d}V",
        _hadamard,
        (HADAMARD,),
    ),
    Law(
        "d-entrywise-logarithmic",
        r"\mathrm{d}(U^{\odot s}) = U^{\odot s} \odot \mathrm{d}(s \ln U)",
        _entrywise_logarithmic,
        (EACH,),
    ),
    Law(
        "d-entrywise",
        r"\mathrm{d}f(U) = f'(U) \odot \mathrm{d}U \text{ for } f \text{ of each entry}",
        _each,
        (EACH,),
    ),
    Law(
        "d-entrywise-quotient",
        r"\mathrm{d}(U \oslash V) = \mathrm{d}U \oslash V"
        r" - U \odot \mathrm{d}V \oslash (V \odot V)",
        _entrywise_quotient,
        (QUOTIENT,),
    ),
    Law(
        "d-kronecker",
        r"\mathrm{d}(U \otimes V) = \mathrm{d}U \otimes V + U \otimes \mathrm{d}V",
        _kronecker,
        (KRON,),
    ),
    Law(
        "d-total",
        r"\mathrm{d}\operatorname{sum} U = \operatorname{sum}\mathrm{d}U",
        _through,
        (TOTAL,),
    ),
    Law(
        "d-vec",
        r"\mathrm{d}\operatorname{vec} U = \operatorname{vec}\mathrm{d}U",
        _through,
        (VEC, UNVEC),
    ),
    Law(
        "d-diagonal",
        r"\mathrm{d}\operatorname{diag} U = \operatorname{diag}\mathrm{d}U",
        _through,
        (DIAG, DIAGONAL, TRIANGLE),
    ),
    Law(
        "d-norm",
        r"\mathrm{d}\lVert u\rVert = \frac{u^\top\mathrm{d}u}{\lVert u\rVert}",
        _norm,
        (NORM,),
    ),
    Law(
        "d-squared-norm",
        r"\mathrm{d}\lVert u\rVert^2 = 2\,u^\top\mathrm{d}u",
        _squared_norm,
        (POW,),
    ),
    Law(
        "d-logsumexp",
        r"\mathrm{d}\operatorname{lse}(u) = \operatorname{softmax}(u)^\top\,\mathrm{d}u",
        _logsumexp,
        (LOGSUMEXP,),
    ),
    Law(
        "d-softmax",
        r"\mathrm{d}s = (\operatorname{Diag}(s) - s\,s^\top)\,\mathrm{d}u,\;"
        r" s = \operatorname{softmax}(u)",
        _softmax,
        (SOFTMAX,),
    ),
    Law(
        "d-larger",
        r"\max(u, v) = \tfrac12(u + v + |u - v|)",
        _larger,
        (FN,),
    ),
    Law("d-chain", r"\mathrm{d}f(u) = f'(u)\,\mathrm{d}u", _chain, (FN, POW)),
    Law("d-logarithmic", r"\mathrm{d}u^v = u^v\,\mathrm{d}(v \ln u)", _logarithmic, (POW,)),
    Law("d-entries", r"\text{each entry for itself}", _entry_by_entry, (ARRAY,)),
    Law("d-series", r"\mathrm{d}\sum_r U_r = \sum_r \mathrm{d}U_r", _series, (SERIES,)),
    Law(
        "d-function-of-multiple",
        r"\mathrm{d}f(s\,A) = \mathrm{d}s\,f'(s\,A)\,A",
        _function_of_multiple,
        (MATFN,),
    ),
    Law("d-matrix-function", "", _refused, (MATFN,)),
    Law("d-adjugate", r"\operatorname{adj} U = \det U\,U^{-1}", _adjugate, (ADJUGATE,)),
)


def avoiding(laws: tuple[Law, ...], names: frozenset[str]) -> tuple[Law, ...]:
    """The laws with running indices that are none of these names."""
    if names.isdisjoint("rstlpqh"):
        return laws
    power = partial(_power, taken=names)
    return tuple(replace(law, apply=power) if law.apply is _power else law for law in laws)
