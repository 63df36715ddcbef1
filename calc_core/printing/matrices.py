"""What the ways of printing matrices share: their operators, and which forms are one letter.

The operators are those of calc_core.matrix, which stands above and is named here by strings only.
"""

from __future__ import annotations

from collections import Counter

from calc_core.graph import ARRAY, DIFFERENTIAL, MATRIX, MOVE, Node
from calc_core.printing.base import Printer
from calc_core.shapes import Extent

TRANSPOSE, INVERSE, MATRIX_POWER, EACH = "transpose", "inverse", "matrix power", "each"
IDENTITY, ONES, COMMUTATION, EXTENT = "identity", "ones", "commutation", "extent"
SELECTION, MATRIX_FUNCTION, NORM, DET = "diagonal selection", "matrix function", "norm", "det"
UNVEC, TRIANGLE, SUBSCRIPT, DELTA = "unvec", "triangle", "subscript", "delta"

# Operators written as a name before a bracket: (LaTeX, text).
NAMES = {
    "trace": (r"\operatorname{tr}", "tr"),
    DET: (r"\det", "det"),
    "total": (r"\operatorname{sum}", "sum"),
    "logsumexp": (r"\operatorname{lse}", "logsumexp"),
    "softmax": (r"\operatorname{softmax}", "softmax"),
    "adjugate": (r"\operatorname{adj}", "adj"),
    "vec": (r"\operatorname{vec}", "vec"),
    "diag": (r"\operatorname{Diag}", "Diag"),
    "diagonal": (r"\operatorname{diag}", "diag"),
}
TRIANGLES = {"lower": "tril", "upper": "triu"}

_LEAVES = (MATRIX, MOVE, IDENTITY, ONES, COMMUTATION, SELECTION)
_ATTACHED = (TRANSPOSE, INVERSE, MATRIX_POWER, DIFFERENTIAL)


def is_leaf(u: Node) -> bool:
    """Whether u is a single letter, perhaps with an index."""
    return u.op in _LEAVES


def is_factor(u: Node) -> bool:
    """Whether u is seen as one matrix: a letter with what is attached to it, or a literal."""
    if u.op in _ATTACHED or (u.op == EACH and u.data == "power"):
        return is_factor(u.args[0])
    return is_leaf(u) or (u.op == ARRAY and len(u.shape) == 2)


def inverse_transposed(to: Printer, u: Node) -> Node | None:
    """X, of the transpose of its inverse or of the inverse of its transpose."""
    inner = u.args[0]
    both = {u.op, inner.op} == {TRANSPOSE, INVERSE}
    return inner.args[0] if both and inner not in to.names and inner is not to.mark else None


def takes_indices(to: Printer, u: Node) -> bool:
    """Whether indices may stand directly behind u."""
    return u.op in (MATRIX, MOVE) and "_" not in u.data.name and u not in to.names


def indices(to: Printer, names: tuple[Extent, ...]) -> str:
    """Indices or extents behind one another: letters close, others with a comma."""
    short = all(isinstance(name, str) and len(name) == 1 for name in names)
    return ("" if short else ",").join(extent(to, name) for name in names)


def raised_extent(to: Printer, n: Extent) -> str:
    """An extent such as m*n or n², n times n being no index nn."""
    counted = Counter(str(n).split("*"))
    letters = [(p if p.isdigit() else to.symbol(p), k) for p, k in counted.items()]
    return "".join(p if k == 1 else f"{p}^{{{k}}}" for p, k in letters)


def extent(to: Printer, n: Extent, times: str = "") -> str:
    """An extent such as m*n."""
    return times.join(p if p.isdigit() else to.symbol(p) for p in str(n).split("*"))
