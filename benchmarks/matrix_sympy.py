"""The worker of ``matrices.py`` that asks SymPy: ``f.diff(MatrixSymbol)``.

A function that is a number can be written in SymPy as a 1×1 matrix, as its entry or as its trace,
and which of them can be differentiated differs.  All are tried, and the best counts.  The result is
then evaluated by a walk over its tree, array expressions included.
"""

# The methods bear the names of the operations.
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy as sp
from matrix_worker import (
    CannotSay,
    Language,
    Reply,
    Task,
    Unevaluated,
    agrees,
    arrays,
    said,
    serve,
    timed,
)
from sympy.core.cache import clear_cache
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.tensor.array.expressions import array_expressions as ae

#: How a 1×1 matrix is made a number within a formula, and whether also at its end.
WAYS = (("entry", False), ("trace", False), ("trace", True), ("entry", True))
RANK = ("right", "unevaluated", "error", "wrong")


def extent(side: int | str) -> Any:
    """A number, or the letter of a size."""
    return side if isinstance(side, int) else sp.Symbol(side, integer=True, positive=True)


class SymPy(Language):
    """Matrix expressions of SymPy, with sizes that are letters."""

    def __init__(self, task: Task, way: str) -> None:
        self.symbols = {name: self._symbol(name, task) for name in task["shapes"]}
        self.way = way

    @staticmethod
    def _symbol(name: str, task: Task) -> Any:
        if name in task["integer"]:
            return sp.Symbol(name, integer=True, positive=True)
        shape = task["shapes"][name]
        return sp.MatrixSymbol(name, *map(extent, shape)) if shape else sp.Symbol(name, real=True)

    def name(self, name: str) -> Any:
        return self.symbols.get(name) or extent(name)

    def number(self, a: Any) -> Any:
        """A 1×1 matrix as a number; anything else as it is."""
        if not getattr(a, "is_Matrix", False) or a.shape != (1, 1):
            return sp.sympify(a)
        return a[0, 0] if self.way == "entry" else sp.Trace(a)

    @staticmethod
    def is_matrix(a: Any) -> bool:
        return getattr(a, "is_Matrix", False) and a.shape != (1, 1)

    def add(self, a: Any, b: Any) -> Any:
        if self.is_matrix(a) != self.is_matrix(b):
            raise CannotSay("a matrix plus a number")
        if getattr(a, "is_Matrix", False) and getattr(b, "is_Matrix", False):
            return a + b
        return self.number(a) + self.number(b)

    def mul(self, a: Any, b: Any) -> Any:
        if self.is_matrix(a) and self.is_matrix(b):
            return sp.hadamard_product(a, b)
        if isinstance(a, int | float | sp.Number):
            return a * b
        return self.number(a) * self.number(b)

    def div(self, a: Any, b: Any) -> Any:
        if self.is_matrix(b):
            return self.mul(a, sp.HadamardPower(b, -1))
        return self.mul(1 / self.number(b), a)

    def pow(self, a: Any, k: Any) -> Any:
        return sp.HadamardPower(a, k) if self.is_matrix(a) else self.number(a) ** k

    def matmul(self, a: Any, b: Any) -> Any:
        return a * b

    def transpose(self, a: Any) -> Any:
        return a.T

    def each(self, function: Callable[[Any], Any], a: Any) -> Any:
        """A function of a number, or of every entry."""
        if self.is_matrix(a):
            return a.applyfunc(function)
        return function(self.number(a))

    def of_tr(self, a: Any) -> Any:
        return sp.Trace(a)

    def of_det(self, a: Any) -> Any:
        return sp.Determinant(a)

    def of_inv(self, a: Any) -> Any:
        return a.inverse()

    def of_power(self, a: Any, k: Any) -> Any:
        return a**k

    def of_kron(self, a: Any, b: Any) -> Any:
        return sp.KroneckerProduct(a, b)

    def of_total(self, a: Any) -> Any:
        rows, columns = a.shape
        summed = sp.OneMatrix(1, rows) * a
        return self.number(summed if columns == 1 else summed * sp.OneMatrix(columns, 1))

    def of_norm(self, a: Any) -> Any:
        return sp.sqrt(self.number(a.T * a) if a.shape[1] == 1 else sp.Trace(a.T * a))

    def of_eye(self, n: Any) -> Any:
        return sp.Identity(n)

    def of_ones(self, n: Any) -> Any:
        return sp.OneMatrix(n, 1)

    def of_array(self, entries: Any) -> Any:
        return sp.ImmutableMatrix(entries)

    def of_Diag(self, a: Any) -> Any:
        return sp.DiagMatrix(a)

    def of_diag(self, a: Any) -> Any:
        return sp.DiagonalOf(a)

    def of_exp(self, a: Any) -> Any:
        return self.each(sp.exp, a)

    def of_log(self, a: Any) -> Any:
        return self.each(sp.log, a)

    def of_sin(self, a: Any) -> Any:
        return self.each(sp.sin, a)

    def of_cos(self, a: Any) -> Any:
        return self.each(sp.cos, a)

    def of_tanh(self, a: Any) -> Any:
        return self.each(sp.tanh, a)

    def of_sqrt(self, a: Any) -> Any:
        return self.each(sp.sqrt, a)

    def of_absolute(self, a: Any) -> Any:
        return self.each(sp.Abs, a)

    def of_sigmoid(self, a: Any) -> Any:
        z = sp.Dummy("z", real=True)
        return self.each(sp.Lambda(z, 1 / (1 + sp.exp(-z))), a)

    def of_relu(self, a: Any) -> Any:
        z = sp.Dummy("z", real=True)
        return self.each(sp.Lambda(z, sp.Max(0, z)), a)

    def of_softmax(self, a: Any) -> Any:
        return self.div(self.of_exp(a), self.of_total(self.of_exp(a)))

    def of_logsumexp(self, a: Any) -> Any:
        return sp.log(self.of_total(self.of_exp(a)))


# ── the value of a result ─────────────────────────────────────────────────────────────────────────


class Value:
    """The values of SymPy's expressions: arrays of two axes for matrices, more for arrays."""

    def __init__(self, values: dict[str, Any], sizes: dict[str, int]) -> None:
        self.values, self.sizes = values, sizes

    def __call__(self, e: Any) -> Any:
        if isinstance(e, sp.MatrixBase):
            return np.array(e.applyfunc(self).tolist(), dtype=float)
        if isinstance(e, sp.NDimArray):
            return np.array([float(self(part)) for part in e]).reshape(e.shape)
        reader = READERS.get(type(e).__name__)
        if reader:
            return reader(self, e)
        if isinstance(e, sp.Basic) and e.is_number:
            return float(e)
        if not isinstance(e, sp.Expr) or not e.args:
            raise NotImplementedError(f"SymPy's {type(e).__name__}")
        args = [self(a) for a in e.args]
        if any(np.ndim(a) and np.size(a) > 1 for a in args):
            raise NotImplementedError(f"SymPy's {type(e).__name__} of arrays")
        return float(e.func(*[sp.Float(float(np.squeeze(a)), 25) for a in args]))

    def size(self, n: Any) -> int:
        return int(sp.sympify(n).subs({extent(name): size for name, size in self.sizes.items()}))

    def symbol(self, e: Any) -> Any:
        if e.name in self.values:
            return self.values[e.name]
        return self.sizes[e.name]

    def product(self, e: Any) -> Any:
        whole: Any = 1.0
        for part in map(self, e.args):
            one = np.size(part) == 1 or np.size(whole) == 1
            whole = np.squeeze(whole) * part if one and np.ndim(whole) != 2 else (
                whole * np.squeeze(part) if one and np.ndim(part) != 2 else whole @ part
            )  # fmt: skip
        return whole

    def numbers_times(self, e: Any) -> Any:
        parts = [self(a) for a in e.args]
        many = [p for p in parts if np.size(p) > 1]
        if len(many) > 1:
            raise NotImplementedError("a product of arrays")
        number = np.prod([float(np.squeeze(p)) for p in parts if np.size(p) == 1])
        return number * many[0] if many else number

    def total(self, e: Any) -> Any:
        parts = [self(a) for a in e.args]
        return sum(parts[1:], parts[0])

    def power(self, e: Any) -> Any:
        base, k = self(e.args[0]), int(self(e.args[1]))
        return np.linalg.matrix_power(base, k)

    def outer(self, e: Any) -> Any:
        whole: Any = np.array(1.0)
        for part in map(self, e.args):
            whole = np.multiply.outer(whole, part)
        return whole

    def contracted(self, e: Any) -> Any:
        return self._einsum(e, keep=False)

    def diagonal(self, e: Any) -> Any:
        return self._einsum(e, keep=True)

    def _einsum(self, e: Any, keep: bool) -> Any:
        inner = self(e.expr)
        groups = e.contraction_indices if not keep else e.diagonal_indices
        letters = list(range(inner.ndim))
        joined = [tuple(int(i) for i in group) for group in groups]
        for group in joined:
            for axis in group:
                letters[axis] = group[0]
        taken = {axis for group in joined for axis in group}
        out = [i for i in range(inner.ndim) if i not in taken]
        return np.einsum(inner, letters, out + [group[0] for group in joined] if keep else out)

    def each(self, e: Any) -> Any:
        function = e.function
        inner = np.asarray(self(e.expr), dtype=float)
        z = sp.Dummy("z")
        body = function(z)
        flat = [float(Value({**self.values, z.name: v}, self.sizes)(body)) for v in inner.ravel()]
        return np.array(flat).reshape(inner.shape)

    def element(self, e: Any) -> Any:
        inner = self(e.parent)
        return inner[self.size(e.i), self.size(e.j)]

    def summed(self, e: Any) -> Any:
        body = e.function
        for index, low, high in e.limits:
            body = sp.Add(
                *[body.subs(index, k) for k in range(self.size(low), self.size(high) + 1)],
                evaluate=False,
            )
        return self(body)

    def unevaluated(self, e: Any) -> Any:
        raise Unevaluated(type(e).__name__)


def _square(kernel: Callable[[Any], Any]) -> Callable[[Value, Any], Any]:
    return lambda at, e: kernel(at(e.args[0]))


def _folded(kernel: Callable[[Any, Any], Any]) -> Callable[[Value, Any], Any]:
    def of(at: Value, e: Any) -> Any:
        parts = [at(a) for a in e.args]
        whole = parts[0]
        for part in parts[1:]:
            whole = kernel(whole, part)
        return whole

    return of


READERS: dict[str, Callable[[Value, Any], Any]] = {
    "MatrixSymbol": Value.symbol, "ArraySymbol": Value.symbol, "Symbol": Value.symbol,
    "Dummy": Value.symbol, "Str": lambda at, e: None,
    "Identity": lambda at, e: np.eye(at.size(e.shape[0])),
    "ZeroMatrix": lambda at, e: np.zeros([at.size(n) for n in e.shape]),
    "OneMatrix": lambda at, e: np.ones([at.size(n) for n in e.shape]),
    "ZeroArray": lambda at, e: np.zeros([at.size(n) for n in e.shape]),
    "MatMul": Value.product, "Mul": Value.numbers_times, "MatAdd": Value.total, "Add": Value.total,
    "ArrayAdd": Value.total, "MatPow": Value.power, "Inverse": _square(np.linalg.inv),
    "Transpose": _square(np.transpose), "Trace": _square(np.trace),
    "Determinant": _square(np.linalg.det),
    "HadamardProduct": _folded(np.multiply), "KroneckerProduct": _folded(np.kron),
    "HadamardPower": lambda at, e: np.power(at(e.args[0]), at(e.args[1])),
    "DiagMatrix": lambda at, e: np.diag(np.ravel(at(e.args[0]))),
    "DiagonalMatrix": lambda at, e: np.diag(np.diag(at(e.args[0]))),
    "DiagonalOf": lambda at, e: np.diag(at(e.args[0]))[:, None],
    "ElementwiseApplyFunction": Value.each, "ArrayElementwiseApplyFunc": Value.each,
    "ArrayTensorProduct": Value.outer, "ArrayContraction": Value.contracted,
    "ArrayDiagonal": Value.diagonal, "MatrixElement": Value.element,
    "PermuteDims": lambda at, e: np.transpose(at(e.expr), e.permutation.array_form),
    "Reshape": lambda at, e: np.reshape(at(e.expr), [at.size(n) for n in e.shape]),
    "Derivative": Value.unevaluated, "ArrayDerivative": Value.unevaluated,
    "MatrixDerivative": Value.unevaluated, "Subs": Value.unevaluated, "Sum": Value.summed,
}  # fmt: skip
"""How each kind of node is read."""

assert MatrixElement.__name__ in READERS
assert ae.PermuteDims.__name__ in READERS


# ── the answer ────────────────────────────────────────────────────────────────────────────────────


def written(task: Task, way: str, whole: bool) -> tuple[Any, Any]:
    """The function and the variable."""
    language = SymPy(task, way)
    f = said(task["numpy"], language)
    return (language.number(f) if whole else f), language.symbols[task["wrt"]]


def judged(task: Task, result: Any) -> tuple[str, str]:
    """Whether the result is right, by its values."""
    for trial in task["trials"]:
        at = Value(arrays(trial["values"]), trial["sizes"])
        try:
            found = at(result)
        except Unevaluated as left:
            return "unevaluated", str(left)
        except Exception as error:
            if result.has(sp.Derivative) if isinstance(result, sp.Basic) else False:
                return "unevaluated", "Derivative"
            return "error", f"no value: {type(error).__name__}: {error}"[:200]
        if not agrees(found, trial["truth"], task["axes"]):
            return "wrong", str(result)[:200]
    return "right", str(result)[:200]


def differentiate(thing: tuple[Any, Any]) -> Any:
    """What is timed."""
    f, x = thing
    return f.diff(x)


def attempt(task: Task, way: str, whole: bool) -> Reply:
    """One way to write it."""
    thing = written(task, way, whole)
    try:
        outcome, why = judged(task, differentiate(thing))
    except Exception as error:
        return {"outcome": "error", "why": f"{type(error).__name__}: {error}"[:200]}
    reply: Reply = {"outcome": outcome, "why": why, "way": [way, whole]}
    if outcome == "right":

        def prepare() -> tuple[Any, Any]:
            thing = written(task, way, whole)
            clear_cache()
            return thing

        reply["ms"] = timed(prepare, differentiate)
    return reply


def answer(task: Task) -> Reply:
    """The best of the ways."""
    if task["structure"]:
        raise CannotSay("entries that are tied")
    replies: list[Reply] = []
    seen = set()
    for way, whole in WAYS:
        shown = str(written(task, way, whole)[0])
        if shown not in seen:
            seen.add(shown)
            replies.append(attempt(task, way, whole))
            if replies[-1]["outcome"] == "right":
                break
    return min(replies, key=lambda reply: RANK.index(reply["outcome"]))


if __name__ == "__main__":
    serve(answer)
