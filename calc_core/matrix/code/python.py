"""Writes an expression for NumPy, JAX or PyTorch.

Rows and columns are arrays of one axis, as people have them: x @ y is their scalar product, A @ x
and x @ A are vectors, and a bᵀ is np.outer(a, b).  Transposing a vector does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from calc_core.errors import InputError
from calc_core.graph import ADD, ARRAY, MINUS_ONE, NUM, SERIES, Node
from calc_core.matrix.code.lowered import turned
from calc_core.matrix.code.python_numbers import PythonNumbers
from calc_core.matrix.code.writer import ATOM, MATRIX_PRODUCT, POWER, PRODUCT, SUM, Code, is_vector
from calc_core.matrix.layouts import is_column, is_row
from calc_core.matrix.nodes import (
    ADJUGATE,
    COMMUTATION,
    DELTA,
    DET,
    DIAG,
    DIAGONAL,
    HADAMARD,
    IDENTITY,
    INVERSE,
    KRON,
    LOGSUMEXP,
    MATFN,
    MATMUL,
    MATPOW,
    NORM,
    ONES,
    QUOTIENT,
    SELECTION,
    SOFTMAX,
    SUBSCRIPT,
    TOTAL,
    TRACE,
    TRANSPOSE,
    TRIANGLE,
    UNVEC,
    VEC,
)
from calc_core.shapes import Extent


class Python(PythonNumbers):
    """A writer of one of the dialects."""

    def simple(self, name: str, node: Node, of: str = "") -> Code:
        """A function of the library of the arguments as they are."""
        return self.call(name, *[self(a) for a in node.args], of=of)

    def transposed(self, node: Node) -> str:
        """As :meth:`Writer.transposed`; a vector is its own transpose."""
        simpler = turned(node)
        if simpler.op == TRANSPOSE or is_vector(node):
            return self(node) if is_vector(node) else f"{self(node, ATOM)}.T"
        return self(simpler)

    # ── constants ─────────────────────────────────────────────────────────────────────────────────

    def identity(self, node: Node) -> Code:
        """The identity matrix."""
        return self.typed("eye", self.size(node.data))

    def ones(self, node: Node) -> Code:
        """A matrix or a vector of ones."""
        return self.filled("ones", node.data)

    def filled(self, name: str, shape: Iterable[Extent]) -> Code:
        """Zeros or ones; a vector has one axis."""
        extents = [self.size(extent) for extent in shape if extent != 1]
        return self.typed(name, f"({', '.join(extents)})" if len(extents) > 1 else extents[0])

    def commutation(self, node: Node) -> Code:
        """The commutation matrix."""
        name = self.helper("commutation")
        return self.typed("", *[self.size(extent) for extent in node.data], own=name)

    def selection(self, node: Node) -> Code:
        """Every (n+1)-th column of the identity."""
        n = self.size(node.data)
        return Code(f"{self.typed('eye', f'{n} * {n}').text}[:, :: {n} + 1]")

    def array(self, node: Node) -> Code:
        """A literal matrix."""
        rows, columns = node.data
        entries = [self(entry) for entry in node.args]
        if rows == columns == 1:
            return self.part(node.args[0])
        if 1 in (rows, columns):
            text = ", ".join(entries)
        else:
            lines = [entries[i : i + columns] for i in range(0, len(entries), columns)]
            text = ", ".join(f"[{', '.join(line)}]" for line in lines)
        return self.typed("tensor" if self.dialect.typed else "array", f"[{text}]")

    def matrix_function(self, node: Node) -> Code:
        """A power series of a matrix."""
        template = self.dialect.matrix.get(node.data)
        if template is None:
            raise InputError(
                f"There is no code in {self.dialect.label} for the matrix {node.data}."
            )
        if re.search(r"(?<![.\w])linalg\.", template):
            scipy = "jax.scipy" if self.dialect.module == "jnp" else "scipy"
            self.imports[f"from {scipy} import linalg"] = None
        return self.from_template(template, node)

    # ── matrices ──────────────────────────────────────────────────────────────────────────────────

    def transpose(self, node: Node) -> Code:
        """The transpose; of a vector the vector."""
        a = node.args[0]
        return self.part(a) if is_vector(a) else Code(f"{self(a, ATOM)}.T")

    def product(self, node: Node) -> Code:
        """A product of two: a solution, an outer product, or A @ B."""
        left, right = node.args
        if is_column(left.shape) and is_row(right.shape):
            return self.call("outer", self(left), self(right))
        before, after = self.solved(left), self.solved(right)
        if before:
            return self.call("solve", self(before), self(right), of="linalg")
        if after:
            other = self.transposed(after)
            solution = self.call("solve", other, self.transposed(left), of="linalg")
            return solution if is_vector(left) else Code(f"{solution.text}.T")
        return Code(f"{self(left, MATRIX_PRODUCT)} @ {self(right, POWER)}", MATRIX_PRODUCT)

    def matrix_power(self, node: Node) -> Code:
        """A whole power of a matrix."""
        return self.simple("matrix_power", node, of="linalg")

    def entrywise(self, node: Node) -> Code:
        """A ⊙ B."""
        first, *others = node.args
        return Code(" * ".join([self(first, PRODUCT), *[self(f, POWER) for f in others]]), PRODUCT)

    def quotient(self, node: Node) -> Code:
        """A ⊘ B."""
        top, bottom = node.args
        return Code(f"{self(top, PRODUCT)} / {self(bottom, POWER)}", PRODUCT)

    def kron(self, node: Node) -> Code:
        """The Kronecker product; vectors get their second axis back unless all are alike."""
        alike = len({is_column(f.shape) for f in node.args if is_vector(f)}) == 1
        if all(is_vector(f) for f in node.args) and alike:
            text = self(node.args[0])
            for factor in node.args[1:]:
                text = self.call("kron", text, self(factor)).text
            return Code(text)
        text = self._two_axes(node.args[0])
        for factor in node.args[1:]:
            text = self.call("kron", text, self._two_axes(factor)).text
        return Code(f"{text}.{self.dialect.flat}" if is_vector(node) else text)

    def _two_axes(self, node: Node) -> str:
        if not is_vector(node):
            # torch.kron fails on what lies in memory by columns, as inverses and transposes do.
            by_columns = self.dialect.typed and node.args
            return f"{self(node, ATOM)}.contiguous()" if by_columns else self(node)
        return f"{self(node, ATOM)}{'[:, None]' if is_column(node.shape) else '[None, :]'}"

    def vec(self, node: Node) -> Code:
        """The columns after one another."""
        a = node.args[0]
        return self.part(a) if is_vector(a) else Code(f"{self._turned(a)}.{self.dialect.flat}")

    def _turned(self, a: Node) -> str:
        return self(a.args[0], ATOM) if a.op == TRANSPOSE else f"{self(a, ATOM)}.T"

    def unvec(self, node: Node) -> Code:
        """Columns side by side again."""
        rows, columns = [self.size(extent) for extent in node.data]
        if is_vector(node):
            return self.part(node.args[0])
        return Code(f"{self(node.args[0], ATOM)}.reshape({columns}, {rows}).T")

    def diag(self, node: Node) -> Code:
        """Diag(x), and the diagonal of X."""
        return self.simple("diag", node)

    def triangle(self, node: Node) -> Code:
        """One triangle of a matrix."""
        return self.call("tril" if node.data == "lower" else "triu", self(node.args[0]))

    def inverse(self, node: Node) -> Code:
        """An inverse by itself."""
        return self.simple("inv", node, of="linalg")

    def adjugate(self, node: Node) -> Code:
        """The adjugate, of singular matrices too."""
        return Code(f"{self.helper('adjugate')}({self(node.args[0])})")

    def logsumexp(self, node: Node) -> Code:
        """The logarithm of the sum of exponentials."""
        inside = self(node.args[0])
        if self.dialect.module == "torch":
            return self.call("logsumexp", inside, "dim=0")
        if self.dialect.module == "jnp":
            return Code(f"jax.nn.logsumexp({inside})")
        return Code(f"{self.helper('logsumexp')}({inside})")

    def softmax(self, node: Node) -> Code:
        """Softmax."""
        inside = self(node.args[0])
        if self.dialect.module == "torch":
            return self.call("softmax", inside, "dim=0")
        if self.dialect.module == "jnp":
            return Code(f"jax.nn.softmax({inside})")
        return Code(f"{self.helper('softmax')}({inside})")

    # ── sums over an index ────────────────────────────────────────────────────────────────────────

    def series(self, node: Node) -> Code:
        """A sum over a range."""
        body, index, low, high = node.args
        start = "" if low.op == NUM and low.data == 0 else f"{self(low)}, "
        places = f"range({start}{self._end(high)})"
        return Code(f"sum({self(body)} for {self(index)} in {places})")

    def _end(self, high: Node) -> str:
        """One after the last, which for k − 1 is k."""
        if high.op == ADD and len(high.args) == 2 and MINUS_ONE in high.args:
            return self(next(a for a in high.args if a is not MINUS_ONE))
        return f"{self(high, SUM)} + 1"

    def subscript(self, node: Node) -> Code:
        """An entry, counted from 0."""
        a = node.args[0]
        places = [self._from_zero(self.place(letter)) for letter in node.data]
        if is_vector(a) and len(places) == 2:
            places = [places[0] if is_column(a.shape) else places[1]]
        return Code(f"{self(a, ATOM)}[{', '.join(places)}]")

    @staticmethod
    def _from_zero(place: str) -> str:
        return str(int(place) - 1) if place.isdigit() else f"{place} - 1"

    def delta(self, node: Node) -> Code:
        """1 if two places are the same, else 0."""
        i, j = [self.place(letter) for letter in node.data]
        return Code(f"float({i} == {j})")


Python.writes = {
    **PythonNumbers.writes,
    IDENTITY: Python.identity,
    ONES: Python.ones,
    COMMUTATION: Python.commutation,
    SELECTION: Python.selection,
    ARRAY: Python.array,
    MATFN: Python.matrix_function,
    TRANSPOSE: Python.transpose,
    MATMUL: Python.product,
    MATPOW: Python.matrix_power,
    HADAMARD: Python.entrywise,
    QUOTIENT: Python.quotient,
    KRON: Python.kron,
    VEC: Python.vec,
    UNVEC: Python.unvec,
    DIAG: Python.diag,
    DIAGONAL: Python.diag,
    TRIANGLE: Python.triangle,
    INVERSE: Python.inverse,
    ADJUGATE: Python.adjugate,
    TRACE: lambda w, node: w.simple("trace", node),
    DET: lambda w, node: w.simple("det", node, of="linalg"),
    TOTAL: lambda w, node: w.simple("sum", node),
    NORM: lambda w, node: w.simple("norm", node, of="linalg"),
    LOGSUMEXP: Python.logsumexp,
    SOFTMAX: Python.softmax,
    SERIES: Python.series,
    SUBSCRIPT: Python.subscript,
    DELTA: Python.delta,
}
