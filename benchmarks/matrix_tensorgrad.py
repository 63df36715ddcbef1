"""The worker of ``matrices.py`` that asks tensorgrad (AGPL): ``f.grad(X).full_simplify()``.

It runs in an environment of its own, and nothing of the project but ``matrix_worker`` is imported.
A matrix is a tensor with an edge for its rows and one for its columns; an axis of length 1 has no
edge.  tensorgrad 0.3.0 evaluates with the named tensors that PyTorch 2.13 has no longer, so that
its results are evaluated here, in NumPy.
"""

# The methods bear the names of the operations.
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import count
from typing import Any, NamedTuple

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
from tensorgrad import functions
from tensorgrad.tensor import (
    Delta,
    Derivative,
    Function,
    Ones,
    Product,
    Rename,
    Sum,
    Variable,
    Zero,
)


class Matrix(NamedTuple):
    """A tensor, and the edges of its rows and columns."""

    tensor: Any
    row: str | None
    column: str | None

    @property
    def is_number(self) -> bool:
        return self.row is None and self.column is None


class Tensorgrad(Language):
    """Tensor networks; every matrix has edges of its own."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.fresh = (f"e{i}" for i in count())
        self.variables = {name: self._variable(name) for name in task["shapes"]}

    def size(self, side: int | str) -> Any:
        return sp.Symbol(side if isinstance(side, str) else f"d{side}")

    def _variable(self, name: str) -> Any:
        if name in self.task["integer"]:
            return None
        shape = self.task["shapes"][name]
        edges = zip(("r", "c"), shape, strict=False)
        return Variable(name, **{edge: self.size(side) for edge, side in edges if side != 1})

    def name(self, name: str) -> Any:
        variable = self.variables.get(name)
        if variable is None:
            return name  # the letter of a size or of a power
        edges = list(variable.edges)
        return self.anew(
            Matrix(variable, "r" if "r" in edges else None, "c" if "c" in edges else None)
        )

    def anew(self, a: Matrix) -> Matrix:
        """The same with edges that nothing else has."""
        new = {edge: next(self.fresh) for edge in (a.row, a.column) if edge}
        return Matrix(
            a.tensor.rename(**new), new.get(a.row) if a.row else None,
            new.get(a.column) if a.column else None,
        )  # fmt: skip

    def like(self, a: Matrix, b: Matrix) -> Any:
        """The tensor of b with the edges of a."""
        new = {old: to for old, to in ((b.row, a.row), (b.column, a.column)) if old and to}
        if (a.row is None, a.column is None) != (b.row is None, b.column is None):
            raise CannotSay("matrices of different shapes")
        return b.tensor.rename(**new)

    def lifted(self, a: Any) -> Matrix:
        if isinstance(a, Matrix):
            return a
        if a in self.task["integer"]:
            raise CannotSay("a power whose exponent is no number")
        # The letter of a size, as a number, is a copy tensor without edges.
        return Matrix(Delta(self.size(a)) if isinstance(a, str) else Product([]) * a, None, None)

    def add(self, a: Any, b: Any) -> Any:
        if not isinstance(a, Matrix) and not isinstance(b, Matrix):
            return a + b
        a, b = self.lifted(a), self.lifted(b)
        return Matrix(a.tensor + self.like(a, b), a.row, a.column)

    def sub(self, a: Any, b: Any) -> Any:
        if not isinstance(a, Matrix) and not isinstance(b, Matrix):
            return a - b
        a, b = self.lifted(a), self.lifted(b)
        return Matrix(a.tensor - self.like(a, b), a.row, a.column)

    def neg(self, a: Any) -> Any:
        return Matrix(-a.tensor, a.row, a.column) if isinstance(a, Matrix) else -a

    def mul(self, a: Any, b: Any) -> Any:
        if not isinstance(a, Matrix):
            a, b = b, a
        if not isinstance(b, Matrix):
            if isinstance(b, str):
                raise CannotSay("a letter as a number")
            return Matrix(a.tensor * b, a.row, a.column) if isinstance(a, Matrix) else a * b
        if a.is_number or b.is_number:
            return Matrix(a.tensor * b.tensor, a.row or b.row, a.column or b.column)
        return Matrix(a.tensor * self.like(a, b), a.row, a.column)

    def div(self, a: Any, b: Any) -> Any:
        if isinstance(b, str):
            b = self.lifted(b)
        if not isinstance(b, Matrix):
            return self.mul(a, Fraction(1, b) if isinstance(b, int) else 1 / b)
        return self.mul(a, self.pow(b, -1))

    def pow(self, a: Any, k: Any) -> Any:
        if not isinstance(k, int):
            raise CannotSay("a power whose exponent is no number")
        return (
            Matrix(functions.pow(a.tensor, k), a.row, a.column) if isinstance(a, Matrix) else a**k
        )

    def matmul(self, a: Matrix, b: Matrix) -> Matrix:
        if a.is_number and b.is_number:
            return Matrix(a.tensor * b.tensor, None, None)
        a, b = self.anew(a), self.anew(b)
        if (a.column is None) != (b.row is None):
            raise CannotSay("a product of these shapes")
        other = b.tensor.rename(**{b.row: a.column}) if b.row else b.tensor
        return Matrix(Product([a.tensor, other]), a.row, b.column)

    def transpose(self, a: Matrix) -> Matrix:
        return Matrix(a.tensor, a.column, a.row)

    def each(self, function: Callable[[Any], Any], a: Any) -> Matrix:
        a = self.lifted(a)
        return Matrix(function(a.tensor), a.row, a.column)

    def of_tr(self, a: Matrix) -> Matrix:
        return a if a.is_number else Matrix(functions.trace(a.tensor), None, None)

    def of_det(self, a: Matrix) -> Matrix:
        return Matrix(functions.det(a.tensor), None, None)

    def of_inv(self, a: Matrix) -> Matrix:
        # Edges of the same name cancel: the rows of the result are the columns of what went in.
        return Matrix(functions.inverse(a.tensor), a.column, a.row)

    def of_power(self, a: Matrix, k: Any) -> Matrix:
        if not isinstance(k, int):
            raise CannotSay("a power whose exponent is no number")
        base = self.of_inv(a) if k < 0 else a
        whole = base
        for _ in range(abs(k) - 1):
            whole = self.matmul(whole, base)
        return whole

    def of_total(self, a: Matrix) -> Matrix:
        return Matrix(functions.sum(a.tensor), None, None)

    def of_norm(self, a: Matrix) -> Matrix:
        return Matrix(functions.sqrt(functions.frobenius2(a.tensor)), None, None)

    def of_eye(self, n: Any) -> Matrix:
        row, column = next(self.fresh), next(self.fresh)
        return Matrix(Delta(self.size(n), row, column), row, column)

    def of_ones(self, n: Any) -> Matrix:
        row = next(self.fresh)
        return Matrix(Ones(**{row: self.size(n)}), row, None)

    def of_Diag(self, a: Matrix) -> Matrix:
        row, column = next(self.fresh), next(self.fresh)
        size = a.tensor.shape[a.row]
        return Matrix(Product([a.tensor, Delta(size, a.row, row, column)]), row, column)

    def of_diag(self, a: Matrix) -> Matrix:
        row = next(self.fresh)
        size = a.tensor.shape[a.row]
        return Matrix(Product([a.tensor, Delta(size, a.row, a.column, row)]), row, None)

    def of_exp(self, a: Any) -> Matrix:
        return self.each(functions.exp, a)

    def of_log(self, a: Any) -> Matrix:
        return self.each(functions.log, a)

    def of_tanh(self, a: Any) -> Matrix:
        return self.each(functions.tanh, a)

    def of_sqrt(self, a: Any) -> Matrix:
        return self.each(functions.sqrt, a)

    def of_absolute(self, a: Any) -> Matrix:
        return self.each(functions.abs, a)

    def of_relu(self, a: Any) -> Matrix:
        return self.each(functions.relu, a)

    def of_sigmoid(self, a: Any) -> Matrix:
        return self.each(functions.sigmoid, a)

    def of_softmax(self, a: Matrix) -> Matrix:
        return self.each(lambda t: functions.softmax(t, dim=list(t.edges)), a)

    def of_logsumexp(self, a: Matrix) -> Matrix:
        return self.of_log(self.of_total(self.of_exp(a)))


# ── the value of a result ─────────────────────────────────────────────────────────────────────────


class Value:
    """The values of tensors: an array, its axes in the order of the edges given beside it."""

    def __init__(self, values: dict[str, Any], sizes: dict[str, int]) -> None:
        self.values, self.sizes = values, sizes
        self.edge = count()

    def size(self, symbol: Any) -> int:
        name = str(symbol)
        return self.sizes[name] if name in self.sizes else int(name[1:])

    def __call__(self, t: Any, edges: list[str]) -> Any:
        array, own = self.read(t)
        return np.transpose(array, [own.index(edge) for edge in edges])

    def read(self, t: Any) -> tuple[Any, list[str]]:
        edges = list(t.edges)
        match t:
            case Variable():
                return np.asarray(self.values[t.name]).reshape(
                    [self.size(side) for side in t.shape.values()]
                ), edges
            case Rename():
                inner, own = self.read(t.tensor)
                return inner, [t.mapping.get(edge, edge) for edge in own]
            case Delta():
                return self.delta(t), edges
            case Zero():
                return np.zeros([self.size(side) for side in t.shape.values()]), edges
            case Sum():
                parts = zip(t.terms, t.weights, strict=True)
                return sum((float(w) * self(term, edges) for term, w in parts)), edges
            case Product():
                return self.product(t, edges), edges
            case Function():
                return self.function(t)
            case Derivative():
                raise Unevaluated("Derivative")
        raise NotImplementedError(f"tensorgrad's {type(t).__name__}")

    def delta(self, t: Any) -> Any:
        n = self.size(t.size)
        if not t.edges:
            return np.array(float(n))
        array = np.zeros([n] * len(t.edges))
        array[tuple([np.arange(n)] * len(t.edges))] = 1
        return array

    def product(self, t: Any, edges: list[str]) -> Any:
        numbers: dict[str, int] = {}
        operands: list[Any] = []
        for factor in t.factors:
            array, own = self.read(factor)
            operands += [array, [numbers.setdefault(edge, len(numbers)) for edge in own]]
        if not operands:
            return np.array(1.0)
        return np.einsum(*operands, [numbers[edge] for edge in edges], optimize=True)

    def function(self, t: Any) -> tuple[Any, list[str]]:
        (inner,) = t.inputs
        array, own = self.read(inner)
        return self.apply(t.signature, array, own)

    def apply(self, signature: Any, array: Any, own: list[str]) -> tuple[Any, list[str]]:
        kind, name = type(signature).__name__, signature.name
        if kind == "_ScaleFunction":
            inner, edges = self.apply(signature.inner, array, own)
            return float(signature.alpha) * inner, edges
        if kind == "_PowerFunction":
            return np.power(array, float(signature.k)), own
        if kind in ("_MatrixInverseFunction", "_DeterminantFunction"):
            (dims,) = signature.inputs
            others = [edge for edge in own if edge not in dims]
            ends = [edge for edge in own if edge in dims]
            turned = np.transpose(array, [own.index(edge) for edge in others + ends])
            if kind == "_DeterminantFunction":
                return np.linalg.det(turned), others
            return np.linalg.inv(turned), others + ends[::-1]
        simple = SIMPLE.get(name)
        if simple is None:
            raise NotImplementedError(f"tensorgrad's {name}")
        return simple(array), own


SIMPLE: dict[str, Callable[[Any], Any]] = {
    "exp": np.exp, "log": np.log, "tanh": np.tanh, "sign": np.sign, "abs": np.abs,
    "relu": lambda a: np.maximum(a, 0), "gt0": lambda a: (a > 0).astype(float),
}  # fmt: skip


# ── the answer ────────────────────────────────────────────────────────────────────────────────────


class Question(NamedTuple):
    """A function as a tensor, the variable, and the edges of both in the order of the corpus."""

    function: Any
    edges: list[str]
    variable: Any
    names: dict[str, str]


def written(task: Task) -> Question:
    """The question in tensorgrad's words."""
    language = Tensorgrad(task)
    f = language.lifted(said(task["numpy"], language))
    x = language.variables[task["wrt"]]
    names = {edge: f"by_{edge}" for edge in x.edges}
    return Question(f.tensor, [edge for edge in (f.row, f.column) if edge], x, names)


def differentiate(question: Question) -> Any:
    """What is timed."""
    return question.function.grad(question.variable, question.names).full_simplify()


def answer(task: Task) -> Reply:
    """Right or wrong, and how long it takes."""
    if task["structure"]:
        raise CannotSay("entries that are tied")
    question = written(task)
    result = differentiate(question)
    order = [*question.edges, *question.names.values()]
    for trial in task["trials"]:
        at = Value(arrays(trial["values"]), trial["sizes"])
        own = at(question.function, question.edges)
        if not agrees(own, trial["value"], task["axes"]):
            raise CannotSay("the function comes out differently")
        found = at(result, order)
        if not agrees(found, trial["truth"], task["axes"]):
            return {"outcome": "wrong", "why": str(result)[:200]}
    return {"outcome": "right", "ms": timed(lambda: written(task), differentiate)}


if __name__ == "__main__":
    serve(answer)
