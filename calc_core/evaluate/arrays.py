"""The NumPy reader: a graph becomes a short programme of array operations.

A programme is a list of instructions on numbered slots, one for each node of the graph, so that a
shared sub-expression is computed once, and on the axes of its own variables only: on a 200×200
grid with open axes, sin x costs 200 sines.  Running the list is a plain loop.  Straight-line
Python source handed to ``exec`` was measured beside it (benchmarks/README.md): no faster on a grid
and several times slower to prepare, and here no text of anybody's is ever executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calc_core.errors import InputError
from calc_core.evaluate.quadrature import integrate
from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    ADD,
    APP,
    AT,
    BINDERS,
    CONST,
    DERIV,
    DIV,
    FN,
    INTEGRAL,
    LOGIC,
    MINUS_ONE,
    MUL,
    NUM,
    PIECEWISE,
    POW,
    REL,
    SYM,
    Node,
    entries,
    sym,
)

Array = NDArray[np.float64]
Operation = Callable[..., Any]
Instruction = tuple[Operation, tuple[int, ...], int]

CONSTANTS = {"pi": np.float64(np.pi), "e": np.float64(np.e)}
RELATION = {
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
    "eq": np.equal,
    "ne": np.not_equal,
}
LOGICAL: dict[str, Operation] = {
    "and": lambda *conditions: np.logical_and.reduce(np.broadcast_arrays(*conditions)),
    "or": lambda *conditions: np.logical_or.reduce(np.broadcast_arrays(*conditions)),
    "not": np.logical_not,
    "true": lambda: np.True_,
    "false": lambda: np.False_,
}
HALF = Fraction(1, 2)
# Beyond this an integer power by repeated multiplication is no longer faster, nor as accurate.
LARGEST_PRODUCT = 64


@dataclass(frozen=True, slots=True)
class Programme:
    """Instructions ``(operation, argument slots, target slot)`` and where the results stand.

    ``memory`` holds the numbers of the expression and is copied for each run.  Slots are used
    again as soon as their value is not needed any more, which frees the arrays early.
    """

    memory: tuple[Any, ...]
    code: tuple[Instruction, ...]
    results: tuple[int, ...]

    def __call__(self, values: Sequence[Any]) -> list[Any]:
        """The results, each on the axes of its own variables only."""
        memory = [*values, *self.memory]
        for operation, arguments, target in self.code:
            memory[target] = operation(*[memory[k] for k in arguments])
        return [memory[k] for k in self.results]


def compile_numpy(roots: Node | Sequence[Node], names: Sequence[str]) -> Callable[..., Any]:
    """A function of the named variables, in that order, on anything that broadcasts.

    For one node it returns an array of the node's shape followed by the shape of the grid; for
    several nodes a tuple of such arrays, for which common sub-expressions are computed once.
    Outside the domain the value is nan; there are neither warnings nor complex numbers.

    Raises InputError for a name without a value and for functions that are only names.

    >>> from calc_core.graph import array, sym
    >>> x, y = sym("x"), sym("y")
    >>> pair = compile_numpy(array((2,), (x * y, x / y)), ["x", "y"])
    >>> pair(3.0, [[2.0], [0.0]]).tolist()
    [[[6.0], [0.0]], [[1.5], [inf]]]
    """
    nodes = (roots,) if isinstance(roots, Node) else tuple(roots)
    shapes = [node.shape for node in nodes]
    programme = _programme([entry for node in nodes for entry in entries(node)], names)

    def function(*values: ArrayLike) -> Any:
        inputs = [_real(name, value) for name, value in zip(names, values, strict=True)]
        grid = _common_shape(inputs)
        with np.errstate(all="ignore"):
            scalars = iter(programme(inputs))
        taken = [id(value) for value in inputs]
        arrays = tuple([_filled(scalars, extent, grid, taken) for extent in shapes])
        return arrays[0] if isinstance(roots, Node) else arrays

    return function


def evaluate(node: Node, values: Mapping[str, ArrayLike]) -> Array:
    """The value of the node: its own shape, then the shape that the values broadcast to.

    >>> from calc_core.graph import array, sym
    >>> x = sym("x")
    >>> evaluate(array((2,), (x * x, 3 * x / x)), {"x": [1.0, 2.0, 4.0]}).tolist()
    [[1.0, 4.0, 16.0], [3.0, 3.0, 3.0]]
    """
    result: Array = compile_numpy(node, tuple(values))(*values.values())
    return result


def _real(name: str, value: ArrayLike) -> Array:
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"The value of {name} is not a real number.") from error


def _common_shape(inputs: Iterable[Array]) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(*[value.shape for value in inputs])
    except ValueError as error:
        raise InputError("The values given have shapes that do not fit together.") from error


def _filled(
    scalars: Iterator[Any], extent: tuple[int, ...], grid: tuple[int, ...], taken: list[int]
) -> Array:
    """The next scalars as one array of its own; also a constant fills the grid."""
    if extent:
        block = np.empty(extent + grid)
        for row in block.reshape(prod(extent), 1, *grid):
            row[0] = next(scalars)
        return block
    value: Any = next(scalars)
    own = isinstance(value, np.ndarray) and value.base is None and id(value) not in taken
    as_it_is = own and value.shape == grid and value.dtype == np.float64
    array: Array = value if as_it_is else np.array(np.broadcast_to(value, grid), np.float64)
    taken.append(id(array))
    return array


def _programme(roots: Sequence[Node], names: Sequence[str]) -> Programme:
    _check_names(roots, names)
    order = _order(roots)
    last_use = {argument: node for node, arguments in order.items() for argument in arguments}
    kept = {*roots, *[node for node, arguments in order.items() if not arguments]}
    slots = {sym(name): k for k, name in enumerate(names)}
    memory: list[Any] = []
    code: list[Instruction] = []
    free: list[int] = []
    for node, arguments in order.items():
        if node.op == SYM:
            continue
        if node.op in (NUM, CONST) or not free:
            slots[node] = len(names) + len(memory)
            memory.append(_number(node) if node.op in (NUM, CONST) else None)
        else:
            slots[node] = free.pop()
        if node.op not in (NUM, CONST):
            code.extend(_instructions(node, tuple([slots[a] for a in arguments]), slots[node]))
        done = [a for a in dict.fromkeys(arguments) if last_use[a] is node and a not in kept]
        free.extend([slots[a] for a in done])
    return Programme(tuple(memory), tuple(code), tuple([slots[r] for r in roots]))


def _check_names(roots: Iterable[Node], names: Sequence[str]) -> None:
    missing = sorted(set[str]().union(*[root.free for root in roots]) - set(names))
    if missing:
        raise InputError(
            f"There is no value for {', '.join(missing)}.",
            hint=f"Give {'one' if len(missing) == 1 else 'each of them one'}.",
        )


def _order(roots: Sequence[Node]) -> dict[Node, tuple[Node, ...]]:
    """What is to be computed, arguments first, each with its arguments."""
    order: dict[Node, tuple[Node, ...]] = {}
    pending: dict[Node, tuple[Node, ...]] = {}
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node in order:
            continue
        if node in pending:
            order[node] = pending.pop(node)
            continue
        pending[node] = _arguments(node)
        stack.append(node)
        stack.extend(a for a in reversed(pending[node]) if a not in order)
    return order


def _arguments(node: Node) -> tuple[Node, ...]:
    if node.op in BINDERS:
        # The body is a programme of its own, which gets the outer variables as they are.
        return (*node.args[BINDERS[node.op].outside], *[sym(name) for name in _outer(node)])
    if node.op in (ADD, MUL):
        # Terms of few variables first: x² + xy + x is (x² + x) + xy, with one sum on the grid.
        return tuple(sorted(node.args, key=lambda a: (len(a.free), sorted(a.free))))
    if node.op == POW:
        return _power(*node.args)[1]
    return node.args


def _number(node: Node) -> np.float64:
    if node.op == CONST:
        if node.data not in CONSTANTS:
            raise InputError(f"{node.data} has no value.")
        return CONSTANTS[node.data]
    try:
        return np.float64(float(node.data))
    except OverflowError:
        return np.float64(inf if node.data > 0 else -inf)


def _instructions(node: Node, slots: tuple[int, ...], target: int) -> Iterator[Instruction]:
    if node.op not in (ADD, MUL):
        yield _operation(node), slots, target
    elif node.op == MUL and node.args[0] is MINUS_ONE and len(slots) == 2:
        yield np.negative, slots[1:], target
    else:
        so_far = slots[0]
        for slot in slots[1:]:
            yield np.add if node.op == ADD else np.multiply, (so_far, slot), target
            so_far = target


def _operation(node: Node) -> Operation:
    """What computes the node from the values of :func:`_arguments`."""
    if node.op not in OPERATIONS:
        raise ValueError(f"{node.op} has no values")
    return OPERATIONS[node.op](node)


def _known_function(node: Node) -> Operation:
    if node.data not in FUNCTIONS:
        raise _without_values(node.data)
    return FUNCTIONS[node.data].real


def _unknown_function(node: Node) -> Operation:
    raise _without_values(node.data[0])


def _inert_derivative(_: Node) -> Operation:
    raise InputError("A derivative that is not carried out has no values.")


def _without_values(name: str) -> InputError:
    return InputError(f"{name} has no values.", hint=f"Write out what {name} is.")


def _power(base: Node, exponent: Node) -> tuple[Operation, tuple[Node, ...]]:
    """Real powers: x^p for x > 0, or for a whole number p; elsewhere nan, as np.power has it."""
    if base.op == CONST and base.data == "e":
        return np.exp, (exponent,)
    value = exponent.data if exponent.op == NUM else None
    if value == HALF:
        return np.sqrt, (base,)
    if value == -HALF:
        return _reciprocal_root, (base,)
    if isinstance(value, int) and 0 < abs(value) <= LARGEST_PRODUCT:
        return _whole_power(value), (base,)
    return np.power, (base, exponent)


def _reciprocal_root(u: Any) -> Any:
    return np.true_divide(1.0, np.sqrt(u))


def _whole_power(exponent: int) -> Operation:
    """uⁿ by repeated squaring: on arrays some ten times faster than np.power."""

    def positive(u: Any) -> Any:
        result = None
        n = abs(exponent)
        while n:
            if n & 1:
                result = u if result is None else np.multiply(result, u)
            n >>= 1
            if n:
                u = np.multiply(u, u)
        return result

    return positive if exponent > 0 else lambda u: np.true_divide(1.0, positive(u))


def _piecewise(*parts: Any) -> Any:
    """The case of the first condition that holds; nan where none does."""
    value: Any = np.nan
    for case, condition in zip(parts[-2::-2], parts[::-2], strict=True):
        value = np.where(condition, case, value)
    return value


def _outer(node: Node) -> list[str]:
    """The names that the body of a binder takes from outside."""
    bound = {x.data for x in node.args[BINDERS[node.op].bound]}
    return sorted(node.args[0].free - bound)


def _integral(node: Node) -> Operation:
    body, bound = node.args[:2]
    inner = _programme([body], [*_outer(node), bound.data])

    def operation(low: Any, high: Any, *values: Any) -> Any:
        grid = np.broadcast_shapes(*[np.shape(v) for v in (low, high, *values)])
        return integrate(lambda t: inner([*values, t])[0], low, high, grid)

    return operation


def _at(node: Node) -> Operation:
    names = [x.data for x in node.args[BINDERS[AT].bound]]
    inner = _programme([node.args[0]], [*names, *_outer(node)])
    return lambda *values: inner(values)[0]


# One row for each operator that has values; sums and products are chains of ufuncs, see above.
OPERATIONS: dict[str, Callable[[Node], Operation]] = {
    DIV: lambda _: np.true_divide,
    POW: lambda node: _power(*node.args)[0],
    FN: _known_function,
    APP: _unknown_function,
    REL: lambda node: RELATION[node.data],
    LOGIC: lambda node: LOGICAL[node.data],
    PIECEWISE: lambda _: _piecewise,
    INTEGRAL: _integral,
    AT: _at,
    DERIV: _inert_derivative,
}
