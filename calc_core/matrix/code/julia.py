"""Writes an expression for Julia, where a column is a Vector and its adjoint a row, as on paper."""

from __future__ import annotations

from calc_core.errors import InputError
from calc_core.evaluate.arrays import HALF
from calc_core.graph import (
    ARRAY,
    CONST,
    FN,
    LOGIC,
    MATRIX,
    NUM,
    PIECEWISE,
    POW,
    SERIES,
    Node,
    cases,
)
from calc_core.matrix.code.functions import JULIA, SPECIAL
from calc_core.matrix.code.lowered import turned
from calc_core.matrix.code.writer import (
    ATOM,
    LOOSE,
    MATRIX_PRODUCT,
    POWER,
    PRODUCT,
    SHARED,
    SUM,
    Code,
    Writer,
    is_call,
)
from calc_core.matrix.layouts import is_row
from calc_core.matrix.nodes import (
    ADJUGATE,
    COMMUTATION,
    DELTA,
    DET,
    DIAG,
    DIAGONAL,
    EACH,
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
from calc_core.shapes import Shape

_NAMES = {"ln": "log"}

HELPERS = {
    "commutation": """"The matrix K with K * vec(A) = vec(A') for every m×n matrix A."
commutation(m, n) = Matrix(1.0I, m * n, m * n)[vec(reshape(1:m*n, m, n)'), :]
""",
    "logsumexp": """"The logarithm of the sum of exp(xᵢ), without overflow."
function logsumexp(x)
    top = maximum(x)
    return top + log(sum(exp.(x .- top)))
end
""",
    "softmax": """"exp(xᵢ) over the sum of exp(xⱼ), without overflow."
function softmax(x)
    weights = exp.(x .- maximum(x))
    return weights / sum(weights)
end
""",
    "sigmoid": """"1 / (1 + exp(-x)), without overflow."
sigmoid(x) = (1 + tanh(x / 2)) / 2
""",
    "softplus": """"log(1 + exp(x)), without overflow."
softplus(x) = max(x, 0) + log1p(exp(-abs(x)))
""",
    "adjugate": """"The transposed cofactors of X, which may be singular."
function adjugate(X)
    U, s, V = svd(X)
    others = [prod(s[j] for j in eachindex(s) if j != i; init=1.0) for i in eachindex(s)]
    return det(U) * det(V) * V * Diagonal(others) * U'
end
""",
}


class Julia(Writer):
    """The writer of Julia."""

    label = "Julia"

    def transposed(self, node: Node) -> str:
        """As :meth:`Writer.transposed`."""
        simpler = turned(node)
        return f"{self(node, ATOM)}'" if simpler.op == TRANSPOSE else self(simpler)

    def simple(self, name: str, node: Node) -> Code:
        """A function of the arguments as they are."""
        return Code(f"{name}({', '.join(self(a) for a in node.args)})")

    def symbol(self, node: Node) -> Code:
        """A name; a row is given as a Vector, like a column."""
        name = super().symbol(node).text
        return Code(f"{name}'" if node.op == MATRIX and is_row(node.shape) else name)

    # ── constants ─────────────────────────────────────────────────────────────────────────────────

    def constant(self, node: Node) -> Code:
        """Pi and e."""
        return Code("pi" if node.data == "pi" else "exp(1)")

    def identity(self, node: Node) -> Code:
        """The identity as a matrix of its own."""
        n = self.size(node.data)
        return Code(f"Matrix(1.0I, {n}, {n})")

    def ones(self, node: Node) -> Code:
        """A matrix, a Vector or a row of ones."""
        return self.filled("ones", node.data)

    def filled(self, name: str, shape: Shape) -> Code:
        """Zeros or ones."""
        extents = ", ".join(self.size(extent) for extent in shape if extent != 1)
        return Code(f"{name}({extents}){chr(39) if is_row(shape) else ''}")

    def commutation(self, node: Node) -> Code:
        """The commutation matrix."""
        self.helpers["commutation"] = None
        return Code(f"commutation({', '.join(self.size(extent) for extent in node.data)})")

    def selection(self, node: Node) -> Code:
        """Every (n+1)-th column of the identity."""
        n = self.size(node.data)
        return Code(f"Matrix(1.0I, {n}^2, {n}^2)[:, 1:{n}+1:{n}^2]")

    def array(self, node: Node) -> Code:
        """A literal matrix, Vector or row."""
        rows, columns = node.data
        entries = [self(entry, ATOM) for entry in node.args]
        if rows == columns == 1:
            return self.part(node.args[0])
        if 1 in (rows, columns):
            return Code(f"[{', '.join(entries)}]{chr(39) if rows == 1 else ''}")
        lines = [entries[i : i + columns] for i in range(0, len(entries), columns)]
        return Code(f"[{'; '.join(' '.join(line) for line in lines)}]")

    # ── functions of numbers, alone and entry by entry ────────────────────────────────────────────

    def function(self, node: Node) -> Code:
        """A known function; ln det X by the logarithms of the pivots."""
        if node.data == "power":
            return self.power(node)
        inner = node.args[0]
        if node.op == FN and node.data == "ln" and inner.op == DET:
            return Code(f"logdet({self(inner.args[0])})")
        template = JULIA.get(node.data)
        if template is None or len(node.args) > 2:
            raise InputError(f"There is no code in Julia for {node.data}.")
        if node.data in SPECIAL:
            self.imports["using SpecialFunctions"] = None
        name = template.partition("{dot}")[0]
        if name in HELPERS:
            self.helpers[name] = None
        second = node.args[-1]
        text = template.format(
            self(inner), self(second), y=self(second, POWER), dot="." if node.shape else ""
        )
        return Code(text, ATOM if is_call(text) else SUM)

    def matrix_function(self, node: Node) -> Code:
        """A power series of a matrix, which has the name of the function of numbers."""
        return self.simple(_NAMES.get(node.data, node.data), node)

    def power(self, node: Node) -> Code:
        """Powers, of a matrix entry by entry; roots and reciprocals as such."""
        base, exponent = node.args
        dot = "." if node.shape else ""
        if base.op == CONST and base.data == "e":
            return self.simple("exp", exponent) if exponent.args else Code(f"exp({self(exponent)})")
        if exponent.op != NUM:
            return Code(f"{self(base, ATOM)} {dot}^ {self(exponent, ATOM)}", POWER)
        value = exponent.data
        root = f"sqrt{dot}({self(base)})"
        size = abs(value)
        written = str(size) if isinstance(size, int) else f"({size})"
        positive = self(base, POWER) if size == 1 else f"{self(base, ATOM)} {dot}^ {written}"
        text = root if size == HALF else positive
        if value < 0:
            return Code(f"1 {dot}/ {text}", PRODUCT)
        return Code(text, ATOM if size == HALF else POWER)

    # ── conditions ────────────────────────────────────────────────────────────────────────────────

    def piecewise(self, node: Node) -> Code:
        """The cases; NaN where none holds."""
        text = "NaN"
        for value, condition in reversed(cases(node)):
            text = f"ifelse({self(condition)}, {self(value)}, {text})"
        return Code(text)

    def logic(self, node: Node) -> Code:
        """Conditions put together."""
        if node.data in ("true", "false"):
            return Code(node.data)
        parts = [f"({self(a)})" for a in node.args]
        if node.data == "not":
            return Code(f"!{parts[0]}", POWER)
        return Code(f" {'&&' if node.data == 'and' else '||'} ".join(parts), LOOSE)

    # ── matrices ──────────────────────────────────────────────────────────────────────────────────

    def transpose(self, node: Node) -> Code:
        """The adjoint, which for real numbers is the transpose."""
        return Code(f"{self(node.args[0], ATOM)}'")

    def product(self, node: Node) -> Code:
        r"""A product of two, or a solution: A \ B is A⁻¹B, and A / B is AB⁻¹."""
        left, right = node.args
        before, after = self.solved(left), self.solved(right)
        if before:
            return Code(f"{self(before, ATOM)} \\ {self(right, ATOM)}", MATRIX_PRODUCT)
        if after:
            return Code(f"{self(left, ATOM)} / {self(after, ATOM)}", MATRIX_PRODUCT)
        # A solution is put in brackets, for people: all of these hold together equally.
        is_solution = left.op == MATMUL and any(map(self.solved, left.args))
        first = self(left, ATOM if is_solution else MATRIX_PRODUCT)
        return Code(f"{first} * {self(right, POWER)}", MATRIX_PRODUCT)

    def matrix_power(self, node: Node) -> Code:
        """A whole power of a matrix."""
        base, exponent = node.args
        return Code(f"{self(base, ATOM)}^{self(exponent, ATOM)}", POWER)

    def entrywise(self, node: Node) -> Code:
        """A ⊙ B."""
        first, *others = node.args
        factors = [self(first, PRODUCT), *[self(f, POWER) for f in others]]
        return Code(" .* ".join(factors), PRODUCT)

    def quotient(self, node: Node) -> Code:
        """A ⊘ B."""
        top, bottom = node.args
        return Code(f"{self(top, PRODUCT)} ./ {self(bottom, POWER)}", PRODUCT)

    def kron(self, node: Node) -> Code:
        """The Kronecker product."""
        return self.simple("kron", node)

    def vec(self, node: Node) -> Code:
        """The columns after one another."""
        return self.simple("vec", node)

    def unvec(self, node: Node) -> Code:
        """Columns side by side again."""
        rows, columns = [self.size(extent) for extent in node.data]
        return Code(f"reshape({self(node.args[0])}, {rows}, {columns})")

    def triangle(self, node: Node) -> Code:
        """One triangle of a matrix."""
        return Code(f"{'tril' if node.data == 'lower' else 'triu'}({self(node.args[0])})")

    def with_helper(self, node: Node) -> Code:
        """A function that is written before the main one."""
        self.helpers[node.op] = None
        return self.simple(node.op, node)

    # ── sums over an index ────────────────────────────────────────────────────────────────────────

    def series(self, node: Node) -> Code:
        """A sum over a range, which may be empty."""
        body, index, low, high = node.args
        nothing = self.filled("zeros", node.shape).text if node.shape else "0.0"
        places = f"{self(low, SUM)}:{self(high, SUM)}"
        return Code(f"sum({self(body)} for {self(index)} in {places}; init={nothing})")

    def subscript(self, node: Node) -> Code:
        """An entry, counted from 1."""
        places = ", ".join(self.place(letter) for letter in node.data)
        return Code(f"{self(node.args[0], ATOM)}[{places}]")

    def delta(self, node: Node) -> Code:
        """1 if two places are the same, else 0."""
        i, j = [self.place(letter) for letter in node.data]
        return Code(f"Float64({i} == {j})")


Julia.writes = {
    **SHARED,
    **dict.fromkeys(("sym", MATRIX), lambda w, node: w.symbol(node)),
    CONST: Julia.constant,
    IDENTITY: Julia.identity,
    ONES: Julia.ones,
    COMMUTATION: Julia.commutation,
    SELECTION: Julia.selection,
    ARRAY: Julia.array,
    FN: Julia.function,
    EACH: Julia.function,
    MATFN: Julia.matrix_function,
    POW: Julia.power,
    PIECEWISE: Julia.piecewise,
    LOGIC: Julia.logic,
    TRANSPOSE: Julia.transpose,
    MATMUL: Julia.product,
    MATPOW: Julia.matrix_power,
    HADAMARD: Julia.entrywise,
    QUOTIENT: Julia.quotient,
    KRON: Julia.kron,
    VEC: Julia.vec,
    UNVEC: Julia.unvec,
    DIAG: lambda w, node: w.simple("Diagonal", node),
    DIAGONAL: lambda w, node: w.simple("diag", node),
    TRIANGLE: Julia.triangle,
    INVERSE: lambda w, node: w.simple("inv", node),
    ADJUGATE: Julia.with_helper,
    TRACE: lambda w, node: w.simple("tr", node),
    DET: lambda w, node: w.simple("det", node),
    TOTAL: lambda w, node: w.simple("sum", node),
    NORM: lambda w, node: w.simple("norm", node),
    LOGSUMEXP: Julia.with_helper,
    SOFTMAX: Julia.with_helper,
    SERIES: Julia.series,
    SUBSCRIPT: Julia.subscript,
    DELTA: Julia.delta,
}
