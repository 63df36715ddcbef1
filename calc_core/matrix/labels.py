"""What the rules of matrix derivations are called, for people to read."""

from __future__ import annotations

from calc_core.labels import Label, label
from calc_core.matrix.laws import LAWS
from calc_core.outer import OUTER

_NAMES = {
    "d-constant": "held still: the differential of a constant is 0",
    "d-variable": "what moves",
    "d-sum": "differential of a sum",
    "d-multiple": "constant multiple",
    "d-constant-factors": "constant factors stay where they are",
    "d-product": "product rule, the order kept",
    "d-reciprocal": "reciprocal rule",
    "d-quotient": "quotient rule",
    "d-transpose": "differential of a transpose",
    "d-trace-of-function": "trace of a matrix function",
    "d-trace-is-linear": "the trace is linear",
    "d-entrywise-logarithmic": "logarithmic differentiation, entry by entry",
    "d-larger": "the larger of two by an absolute value",
    "d-function-of-multiple": "function of a multiple of a constant matrix",
    "d-trace-of-power": "trace of a power",
    "d-trace": "differential of a trace",
    "d-det": "differential of a determinant (Jacobi's formula)",
    "d-log-det": "differential of a log determinant",
    "d-inverse": "differential of an inverse",
    "d-power": "differential of a matrix power",
    "d-hadamard": "product rule, entry by entry",
    "d-entrywise": "function of every entry",
    "d-entrywise-quotient": "quotient rule, entry by entry",
    "d-kronecker": "differential of a Kronecker product",
    "d-total": "differential of the sum of the entries",
    "d-vec": "differential of a vec",
    "d-diagonal": "differential of a diagonal",
    "d-norm": "differential of a norm",
    "d-squared-norm": "differential of a squared norm",
    "d-logsumexp": "differential of log-sum-exp",
    "d-softmax": "differential of softmax",
    "d-chain": "chain rule",
    "d-logarithmic": "logarithmic differentiation",
    "d-entries": "entry by entry",
    "d-series": "differential of a sum over an index",
    "d-matrix-function": "matrix function",
    "d-adjugate": "adjugate by determinant and inverse",
}

_STATED = {
    "transpose": (
        "transpose inside",
        r"\operatorname{tr}(L\,U^\top R) = \operatorname{tr}(R^\top U\,L^\top)",
    ),
    "own-transpose": ("a number is its own transpose", r"a^\top U^\top b = b^\top U\,a"),
    "as-trace": (
        "a number is its own trace, and the trace is cyclic",
        r"a^\top U\,b = \operatorname{tr}(b\,a^\top U)",
    ),
    "cyclic": ("cyclic property of the trace", r"\operatorname{tr}(AB) = \operatorname{tr}(BA)"),
    "collect": ("collect the terms at the small change", ""),
    "each-term": ("each term as a matrix times the small change", ""),
    "hadamard-in-trace": (
        "entrywise product inside",
        r"\operatorname{tr}(M(S \odot U)) = \operatorname{tr}((M \odot S^\top)\,U)",
    ),
    "diag-in-trace": (
        "diagonal inside",
        r"\operatorname{tr}(M\operatorname{Diag}(u)) = \operatorname{diag}(M)^\top u",
    ),
    "sum-by-ones": (
        "a sum by vectors of ones",
        r"\operatorname{sum} U = \mathbf{1}^\top U\,\mathbf{1}",
    ),
    "vec-in-trace": (
        "vec inside",
        r"\operatorname{vec}(M)^\top \operatorname{vec}(U) = \operatorname{tr}(M^\top U)",
    ),
    "triangle-in-trace": (
        "triangle inside",
        r"\operatorname{tr}(M\operatorname{tril}(U)) ="
        r" \operatorname{tr}(\operatorname{triu}(M)\,U)",
    ),
    "kronecker-by-vec": (
        "Kronecker product by vec",
        r"\operatorname{tr}(M\,V) = \operatorname{vec}(M^\top)^\top\operatorname{vec}(V)",
    ),
    "vec-of-product": (
        "vec of a product",
        r"\operatorname{vec}(L\,U\,R) = (R^\top \otimes L)\operatorname{vec}U",
    ),
    "vec-of-transpose": (
        "vec of a transpose",
        r"\operatorname{vec}(U^\top) = K\operatorname{vec}U",
    ),
    "vec-of-hadamard": (
        "entrywise product as a diagonal matrix",
        r"\operatorname{vec}(S \odot U) ="
        r" \operatorname{Diag}(\operatorname{vec}S)\operatorname{vec}U",
    ),
    "vec-of-kronecker": (
        "vec of a Kronecker product",
        r"\operatorname{vec}(U \otimes B) ="
        r" (I \otimes K \otimes I)(\operatorname{vec}U \otimes \operatorname{vec}B)",
    ),
    "vec-of-diag": (
        "vec of a diagonal matrix",
        r"\operatorname{vec}\operatorname{Diag}(u) = S\,u",
    ),
    "identify-trace": (
        "read off the derivative, in the shape of the variable",
        r"\mathrm{d}f = \operatorname{tr}(M\,\mathrm{d}X) \Rightarrow"
        r" \frac{\partial f}{\partial X} = M^\top",
    ),
    "identify-trace-row": (
        "read off the derivative, row layout",
        r"\mathrm{d}f = \operatorname{tr}(M\,\mathrm{d}X) \Rightarrow"
        r" \frac{\partial f}{\partial X} = M",
    ),
    "identify-trace-column": (
        "read off the derivative, column layout",
        r"\mathrm{d}f = \operatorname{tr}(\mathrm{d}X^\top G) \Rightarrow"
        r" \frac{\partial f}{\partial X} = G",
    ),
    "identify-row": (
        "read off the row",
        r"\mathrm{d}f = c\,\mathrm{d}x \Rightarrow \frac{\partial f}{\partial x} = c",
    ),
    "identify-column": (
        "read off the column",
        r"\mathrm{d}f = \mathrm{d}x^\top g \Rightarrow \frac{\partial f}{\partial x} = g",
    ),
    "identify-scalar": (
        "read off what stands before the small change",
        r"\mathrm{d}F = F'\,\mathrm{d}s \Rightarrow \frac{\partial F}{\partial s} = F'",
    ),
    "identify-scalar-column": (
        "read off the transpose, column layout",
        r"\mathrm{d}F = F'\,\mathrm{d}s \Rightarrow \frac{\partial F}{\partial s} = F'^\top",
    ),
    "identify-jacobian": (
        "read off the Jacobian",
        r"\mathrm{d}y = J\,\mathrm{d}x \Rightarrow \frac{\partial y}{\partial x} = J",
    ),
    "identify-jacobian-column": (
        "read off the transposed Jacobian, column layout",
        r"\mathrm{d}y^\top = \mathrm{d}x^\top G \Rightarrow \frac{\partial y}{\partial x} = G",
    ),
    "identify-vec": (
        "read off the Jacobian of the vecs",
        r"\operatorname{vec}\mathrm{d}F = J\operatorname{vec}\mathrm{d}X \Rightarrow J",
    ),
    "identify-vec-column": (
        "read off the transposed Jacobian of the vecs, column layout",
        r"(\operatorname{vec}\mathrm{d}F)^\top = (\operatorname{vec}\mathrm{d}X)^\top G"
        r" \Rightarrow G",
    ),
    "identify-symmetric": (
        "tied entries: the variable is symmetric, entries ij and ji move together",
        r"\frac{\partial f}{\partial X} = M + M^\top - I \odot M",
    ),
    "identify-diagonal": (
        "tied entries: only the diagonal moves",
        r"\frac{\partial f}{\partial X} = I \odot M",
    ),
    "identify-lower": (
        "tied entries: only the lower triangle moves",
        r"\frac{\partial f}{\partial X} = \operatorname{tril}(M^\top)",
    ),
    "identify-upper": (
        "tied entries: only the upper triangle moves",
        r"\frac{\partial f}{\partial X} = \operatorname{triu}(M^\top)",
    ),
}

_LAWS = {law.id: law.statement for law in LAWS}


def matrix_label(rule: str, detail: str = "") -> Label:
    """The label of a rule of the matrix derivations, or of one that all derivations share.

    ``detail`` is the outermost function it was used on, or what other rules came along.
    """
    if rule in _STATED:
        name, law = _STATED[rule]
        more = [_STATED[other][0] for other in detail.split(", ") if other in _STATED]
        return Label(", ".join((name, *more)), law)
    if rule not in _NAMES:
        return label(rule, detail)
    inner = OUTER[detail].statement if detail in OUTER else ""
    return Label(_NAMES[rule], inner or _LAWS[rule])


def restates(rule: str) -> bool:
    """Whether a rule writes a differential that has been found in another way."""
    return rule in _STATED


def rule_ids() -> frozenset[str]:
    """Every rule that has a label here."""
    return frozenset(_NAMES) | frozenset(_STATED)
