"""The values of matrix expressions in NumPy: the reader that the certificate and the tests use.

It knows no law of differentiation.  Matrices are arrays of two axes, a column vector is (n, 1);
what has no shape is a NumPy scalar.  The number 0 stands for a matrix of zeros of any shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

import numpy as np

from calc_core.errors import InputError
from calc_core.evaluate.arrays import CONSTANTS, RELATION
from calc_core.graph import (
    ADD,
    ARRAY,
    CONST,
    DERIV,
    DIFFERENTIAL,
    DIV,
    FN,
    LOGIC,
    MATRIX,
    MOVE,
    MUL,
    NUM,
    PIECEWISE,
    POW,
    REL,
    SERIES,
    SYM,
    Node,
    Symbol,
    cases,
    postorder,
)
from calc_core.matrix import kernels
from calc_core.matrix.kernels import Value
from calc_core.matrix.nodes import (
    ADJUGATE,
    COMMUTATION,
    DELTA,
    DET,
    DIAG,
    DIAGONAL,
    EACH,
    EXTENT,
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
from calc_core.shapes import Extent, Shape, measure

IMAGINARY_STEP = 1e-30
# So many terms of a series are added up, and no more.
MOST_TERMS = 10_000

Oracle = Callable[["Numbers", Node], Value]


class Numbers:
    """Values of nodes at given matrices, each node once.

    ``values``   scalars and arrays by the names of the symbols;
    ``sizes``    numbers for the letters of extents (:func:`sizes_of`);
    ``moves``    values of the small changes dX, by the name of X;
    ``oracle``   gives the values of the inert ``d(u, x)`` and ``D(u, x)``;
    ``indices``  numbers, counted from 1, for the letters of subscripts.
    """

    def __init__(
        self,
        values: Mapping[str, Value],
        sizes: Mapping[str, int] | None = None,
        moves: Mapping[str, Value] | None = None,
        oracle: Oracle | None = None,
        indices: Mapping[str, int] | None = None,
    ) -> None:
        self.values = {name: _numeric(value) for name, value in values.items()}
        self.sizes = dict(sizes or {})
        self.moves = {name: _numeric(value) for name, value in (moves or {}).items()}
        self.oracle = oracle
        self.indices = dict(indices or {})
        self.moved = ""
        self._base: Numbers | None = None
        self._memo: dict[Node, Value] = {}
        self._along: dict[str, Numbers] = {}

    def __call__(self, node: Node) -> Value:
        """The value of a node: a scalar, or an array of two axes."""
        value = self._memo.get(node)
        if value is None:
            if self._base is not None and self.moved not in node.free:
                value = self._base(node)
            else:
                value = READERS[node.op](self, node)
            self._memo[node] = value
        return value

    def size(self, extent: Extent) -> int:
        """The number that an extent is.  Raises InputError if a letter has none."""
        try:
            return measure(extent, self.sizes)
        except KeyError as error:
            raise InputError(f"There is no value for the size {error.args[0]}.") from error

    def extents(self, shape: Shape) -> tuple[int, ...]:
        """The numbers in a shape."""
        return tuple([self.size(extent) for extent in shape])

    def full(self, node: Node) -> Value:
        """The value, a zero of a matrix as the matrix that it stands for."""
        value = self(node)
        return value if value.ndim or not node.shape else np.full(self.extents(node.shape), value)

    # ── other values of one symbol ────────────────────────────────────────────────────────────────

    def at(self, name: str, value: Value) -> Numbers:
        """The same with another value of one symbol; what does not hold it is not done again."""
        there = Numbers.__new__(Numbers)
        there.values = {**self.values, name: value}
        there.sizes, there.moves, there.indices = self.sizes, self.moves, self.indices
        there.oracle, there.moved = self.oracle, name
        there._base, there._memo, there._along = self, {}, {}
        return there

    def towards(self, name: str, direction: Value) -> Numbers:
        """An imaginary step of one symbol in a direction."""
        return self.at(name, self.values[name] + (1j * IMAGINARY_STEP) * direction)

    def moving(self, name: str) -> Numbers:
        """The imaginary step X + ih dX; one for all questions about the same X."""
        found = self._along.get(name)
        if found is None:
            found = self._along[name] = self.towards(name, self.moves[name])
        return found

    def inside(self, name: str, i: int) -> Numbers:
        """The same with a bound index at i.  Nothing is shared: subscripts hide their letters."""
        there = self.at(name, np.float64(i))
        there.indices = {**self.indices, name: i}
        there._base, there.moved = None, self.moved
        return there

    @property
    def off_the_line(self) -> bool:
        """Whether some value may have an imaginary part."""
        return bool(self.moved) and np.iscomplexobj(self.values[self.moved])


def sizes_of(
    symbols: Iterable[Symbol], values: Mapping[str, Any], given: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Numbers for the letters of the extents, from the shapes of the values.

    Raises InputError where two values do not fit together, or do not fit a declared number.
    """
    sizes = dict(given or {})
    for symbol in symbols:
        if symbol.shape and symbol.name in values:
            _match(symbol, np.shape(values[symbol.name]), sizes)
    return sizes


def _match(symbol: Symbol, found: tuple[int, ...], sizes: dict[str, int]) -> None:
    known = dict(sizes)
    if len(found) != len(symbol.shape):
        raise InputError(f"{symbol.name} is {_by(symbol.shape)}, but its value is {_axes(found)}.")
    for extent, number in zip(symbol.shape, found, strict=True):
        if isinstance(extent, str) and extent.isidentifier():
            sizes.setdefault(extent, number)
    try:
        wanted = tuple([measure(extent, sizes) for extent in symbol.shape])
    except KeyError:
        return
    if wanted != found:
        letters = [e for e in dict.fromkeys(symbol.shape) if isinstance(e, str) and e in known]
        where = ", ".join(f"{letter} = {known[letter]}" for letter in letters)
        raise InputError(
            f"{symbol.name} is {_by(symbol.shape)}{' with ' + where if where else ''}, "
            f"but its value is {_axes(found)}."
        )


def _by(shape: Shape) -> str:
    return "×".join(map(str, shape))


def _axes(shape: tuple[int, ...]) -> str:
    return _by(shape) if len(shape) > 1 else f"a list of {shape[0]}" if shape else "a number"


def symbols_in(*roots: Node) -> dict[str, Symbol]:
    """The symbols of the roots by name, moves without their X included; no bound indices."""
    free = set[str]().union(*[root.free for root in roots])
    found: dict[str, Symbol] = {}
    for node in postorder(*roots):
        if node.op in (MATRIX, MOVE):
            found[node.data.name] = node.data
        elif node.op == SYM and node.data in free:
            found[node.data] = Symbol(node.data, ())
    return found


def _numeric(value: Any) -> Value:
    return value if isinstance(value, np.ndarray | np.generic) else np.asarray(value)[()]


# ── the readers, one for each operator ────────────────────────────────────────────────────────────


def _sum(at: Numbers, node: Node) -> Value:
    return reduce(np.add, [at(a) for a in node.args])


def _product(at: Numbers, node: Node) -> Value:
    return reduce(np.multiply, [at(a) for a in node.args])


def _power(at: Numbers, node: Node) -> Value:
    base, exponent = node.args
    if base.op == CONST and base.data == "e":
        return np.exp(at(exponent))
    return np.power(at(base), at(exponent))


def _function(at: Numbers, node: Node) -> Value:
    args = [at(a) for a in node.args]
    if node.data == "power":
        return np.power(*args)
    return kernels.function(node.data, at.off_the_line)(*args)


def _matmul(at: Numbers, node: Node) -> Value:
    value = reduce(kernels.matmul, [at(a) for a in node.args])
    return value[0, 0] if value.ndim and not node.shape else value


def _matrix_power(at: Numbers, node: Node) -> Value:
    return kernels.power(at(node.args[0]), _whole(at(node.args[1])))


def _whole(value: Value) -> int:
    number = float(np.real(value))
    if not number.is_integer():
        raise InputError(f"{number:g} should be a whole number here.")
    return int(number)


def _series(at: Numbers, node: Node) -> Value:
    body, index, low, high = node.args
    first, last = _whole(at(low)), _whole(at(high))
    if last - first >= MOST_TERMS:
        raise InputError(f"A sum of {last - first + 1} terms is too long.")
    terms = [at.inside(index.data, i)(body) for i in range(first, last + 1)]
    return reduce(np.add, terms) if terms else np.zeros(at.extents(node.shape))[()]


def _subscript(at: Numbers, node: Node) -> Value:
    value = at(node.args[0])
    if not value.ndim:
        return value
    places = [_place(at, letter) - 1 for letter in node.data]
    return value[places[0], places[1]] if len(places) == 2 else value.ravel()[places[0]]


def _place(at: Numbers, letter: str) -> int:
    if letter.isdigit():
        return int(letter)
    if letter not in at.indices:
        raise InputError(f"There is no value for the index {letter}.")
    return at.indices[letter]


def _delta(at: Numbers, node: Node) -> Value:
    i, j = node.data
    return np.float64(_place(at, i) == _place(at, j))


def _array(at: Numbers, node: Node) -> Value:
    return np.array([at(a) for a in node.args]).reshape(node.data)


def _piecewise(at: Numbers, node: Node) -> Value:
    return next((at(value) for value, holds in cases(node) if at(holds)), np.float64(np.nan))


def _relation(at: Numbers, node: Node) -> Value:
    # A kink is on the real line: off it the real parts decide.
    return RELATION[node.data](*[np.real(at(a)) for a in node.args])


def _logic(at: Numbers, node: Node) -> Value:
    parts = [bool(at(a)) for a in node.args]
    if node.data == "not":
        return np.bool_(not parts[0])
    if node.data in ("true", "false"):
        return np.bool_(node.data == "true")
    return np.bool_(all(parts) if node.data == "and" else any(parts))


def _inert(at: Numbers, node: Node) -> Value:
    if at.oracle is None:
        raise InputError("A derivative that is not carried out has no values.")
    return at.oracle(at, node)


def _of_one(kernel: Callable[[Value], Value]) -> Callable[[Numbers, Node], Value]:
    return lambda at, node: kernel(at(node.args[0]))


READERS: dict[str, Callable[[Numbers, Node], Value]] = {
    NUM: lambda at, node: np.float64(node.data),
    CONST: lambda at, node: CONSTANTS[node.data],
    SYM: lambda at, node: at.values[node.data],
    MATRIX: lambda at, node: at.values[node.data.name],
    MOVE: lambda at, node: at.moves[node.data.name],
    EXTENT: lambda at, node: np.float64(at.size(node.data)),
    IDENTITY: lambda at, node: kernels.identity(at.size(node.data)),
    ONES: lambda at, node: kernels.ones(*at.extents(node.data)),
    COMMUTATION: lambda at, node: kernels.commutation(*at.extents(node.data)),
    SELECTION: lambda at, node: kernels.selection(at.size(node.data)),
    ADD: _sum,
    MUL: _product,
    HADAMARD: _product,
    DIV: lambda at, node: np.true_divide(at(node.args[0]), at(node.args[1])),
    QUOTIENT: lambda at, node: np.true_divide(at(node.args[0]), at(node.args[1])),
    POW: _power,
    FN: _function,
    EACH: _function,
    ARRAY: _array,
    PIECEWISE: _piecewise,
    REL: _relation,
    LOGIC: _logic,
    SERIES: _series,
    MATMUL: _matmul,
    MATPOW: _matrix_power,
    KRON: lambda at, node: reduce(kernels.kron, [at(a) for a in node.args]),
    TRANSPOSE: lambda at, node: at(node.args[0]).T,
    INVERSE: _of_one(kernels.inverse),
    ADJUGATE: _of_one(kernels.adjugate),
    VEC: _of_one(kernels.vec),
    UNVEC: lambda at, node: kernels.unvec(at(node.args[0]), *at.extents(node.data)),
    DIAG: _of_one(kernels.diag),
    DIAGONAL: _of_one(kernels.diagonal),
    TRIANGLE: lambda at, node: kernels.triangle(node.data, at(node.args[0])),
    TRACE: _of_one(kernels.trace),
    DET: _of_one(kernels.det),
    TOTAL: lambda at, node: at(node.args[0]).sum(),
    NORM: _of_one(kernels.norm),
    LOGSUMEXP: _of_one(kernels.logsumexp),
    SOFTMAX: _of_one(kernels.softmax),
    MATFN: lambda at, node: kernels.matrix_function(node.data, at(node.args[0])),
    SUBSCRIPT: _subscript,
    DELTA: _delta,
    DERIV: _inert,
    DIFFERENTIAL: _inert,
}
