"""The expression graph: hash-consed nodes, and nothing that knows calculus.

Two equal expressions are the same object, so that identity is equality and every table in the
library can be keyed by node.  The constructors here are *raw*: they keep the form that a person
wrote (``x*x`` stays a product of two factors, ``a/b`` stays a fraction).  Making an expression
shorter is the business of :mod:`calc_core.tidy`.

Shapes are those of :mod:`calc_core.shapes`.  ``array`` nodes hold scalars in row-major order;
symbols of matrices and what is made of them are matrices as a whole (:mod:`calc_core.matrix`).
Inert is what is still to be done: the derivative ``D(u, x)``, for which the shape law says
``shape(D(u, x)) = shape(u) + shape(x)``, and the differential ``d(u, x)`` of the shape of u.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from threading import RLock
from typing import Any, NamedTuple
from weakref import ref

from calc_core.shapes import SHAPES, Shape

Number = int | Fraction

NUM, CONST, SYM = "num", "const", "sym"
ADD, MUL, DIV, POW = "add", "mul", "div", "pow"
FN, APP = "fn", "app"
PIECEWISE, REL, LOGIC = "piecewise", "rel", "logic"
INTEGRAL, AT, LIMIT = "integral", "at", "limit"
DERIV, ARRAY, DOT = "D", "array", "dot"
MATRIX, MOVE, DIFFERENTIAL, SERIES = "matrix", "move", "d", "series"
EACH = "each"

# What is still to be done.
INERT = (DERIV, DIFFERENTIAL)

RELATIONS = ("lt", "le", "gt", "ge", "eq", "ne")


class Symbol(NamedTuple):
    """A named matrix, or the scalar or matrix that moves; ``traits`` such as "symmetric"."""

    name: str
    shape: Shape
    traits: tuple[str, ...] = ()


class Node:
    """One interned node: ``op`` with its ``data`` over ``args``.

    ``free``  names of the free symbols;
    ``size``  number of nodes of the tree, every repetition counted (it may be astronomical);
    ``inert`` whether some ``D`` or ``d`` still waits inside;
    ``shape`` () for a scalar; of an inert derivative by the shape law;
    ``uid``   a serial number, larger than those of the arguments.
    """

    __slots__ = ("__weakref__", "args", "data", "free", "inert", "op", "shape", "size", "uid")

    op: str
    data: Any
    args: tuple[Node, ...]
    free: frozenset[str]
    size: int
    inert: bool
    shape: Shape
    uid: int

    def __add__(self, other: Node | Number) -> Node:
        return add(self, _node(other))

    def __radd__(self, other: Number) -> Node:
        return add(num(other), self)

    def __sub__(self, other: Node | Number) -> Node:
        return add(self, neg(_node(other)))

    def __rsub__(self, other: Number) -> Node:
        return add(num(other), neg(self))

    def __mul__(self, other: Node | Number) -> Node:
        return mul(self, _node(other))

    def __rmul__(self, other: Number) -> Node:
        return mul(num(other), self)

    def __truediv__(self, other: Node | Number) -> Node:
        return div(self, _node(other))

    def __rtruediv__(self, other: Number) -> Node:
        return div(num(other), self)

    def __pow__(self, other: Node | Number) -> Node:
        return power(self, _node(other))

    def __neg__(self) -> Node:
        return neg(self)

    def __reduce__(self) -> tuple[Callable[..., Node], tuple[Any, ...]]:
        return make, (self.op, self.data, self.args)

    def __repr__(self) -> str:
        inside = [repr(self.data)] if self.data is not None else []
        return f"{self.op}({', '.join(inside + [repr(a) for a in self.args])})"


@dataclass(frozen=True, slots=True)
class Binder:
    """An operator that binds symbols in its first argument: where these and its limits stand."""

    bound: slice
    outside: slice


BINDERS = {
    INTEGRAL: Binder(slice(1, 2), slice(2, None)),
    AT: Binder(slice(1, None, 2), slice(2, None, 2)),
    LIMIT: Binder(slice(1, 2), slice(2, None)),
    SERIES: Binder(slice(1, 2), slice(2, None)),
}

_nodes: dict[tuple[Any, ...], ref[Node]] = {}
_serial = count()
_lock = RLock()
_NO_NAMES: frozenset[str] = frozenset()


def make(op: str, data: Any = None, args: tuple[Node, ...] = ()) -> Node:
    """The one node with this operator, data and arguments."""
    key = (op, data, args)
    known = _nodes.get(key)
    found = known() if known is not None else None
    return found if found is not None else _intern(key)


def _intern(key: tuple[Any, ...]) -> Node:
    # A second thread must not make a twin: x and its twin would differ, and dx/dx be 0.
    with _lock:
        known = _nodes.get(key)
        found = known() if known is not None else None
        if found is None:
            found = _new(*key)
            _nodes[key] = ref(found, lambda dead: _forget(key, dead))
    return found


def _forget(key: tuple[Any, ...], dead: ref[Node]) -> None:
    # The collector may call this while this very thread holds the lock: hence a re-entrant one.
    with _lock:
        if _nodes.get(key) is dead:
            del _nodes[key]


def _new(op: str, data: Any, args: tuple[Node, ...]) -> Node:
    node = object.__new__(Node)
    node.op, node.data, node.args, node.uid = op, data, args, next(_serial)
    node.inert = op in INERT or any(a.inert for a in args)
    node.size = 1 + sum([a.size for a in args])
    node.shape = SHAPES[op](data, tuple([a.shape for a in args])) if op in SHAPES else ()
    if op in _LEAF_NAMES:
        node.free = frozenset((_LEAF_NAMES[op](data),))
    elif op in BINDERS:
        binder = BINDERS[op]
        inside = args[0].free - {x.data for x in args[binder.bound]}
        node.free = _union([inside, *[a.free for a in args[binder.outside]]])
    else:
        node.free = _union([a.free for a in args])
    return node


_LEAF_NAMES: dict[str, Callable[[Any], str]] = {
    SYM: lambda name: name,
    MATRIX: lambda symbol: symbol.name,
    # No name that a person types has a blank in it.
    MOVE: lambda symbol: f"d {symbol.name}",
}


def _union(sets: list[frozenset[str]]) -> frozenset[str]:
    # Sharing the largest set where it holds the rest saves most of the memory of a large graph.
    if not sets:
        return _NO_NAMES
    largest = max(sets, key=len)
    for names in sets:
        if names is not largest and not names <= largest:
            return largest.union(*sets)
    return largest


def num(value: Number) -> Node:
    """An exact rational number."""
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    return make(NUM, value)


def _node(value: Node | Number) -> Node:
    return value if isinstance(value, Node) else num(value)


ZERO, ONE, TWO, MINUS_ONE = num(0), num(1), num(2), num(-1)
PI, E = make(CONST, "pi"), make(CONST, "e")


def sym(name: str) -> Node:
    """A real variable or named constant."""
    return make(SYM, name)


def add(*terms: Node) -> Node:
    """The sum of the terms, as written."""
    return terms[0] if len(terms) == 1 else make(ADD, None, terms) if terms else ZERO


def mul(*factors: Node) -> Node:
    """The product of the factors, as written."""
    return factors[0] if len(factors) == 1 else make(MUL, None, factors) if factors else ONE


def neg(u: Node) -> Node:
    """−u; a number changes its sign."""
    return num(-u.data) if u.op == NUM else make(MUL, None, (MINUS_ONE, u))


def div(top: Node, bottom: Node) -> Node:
    """The written fraction top/bottom."""
    return make(DIV, None, (top, bottom))


def power(base: Node, exponent: Node) -> Node:
    """base^exponent."""
    return make(POW, None, (base, exponent))


def fn(name: str, *args: Node) -> Node:
    """A known function (see :mod:`calc_core.functions`) of its arguments."""
    return make(FN, name, args)


def app(name: str, args: tuple[Node, ...], orders: tuple[int, ...] | None = None) -> Node:
    """An unknown function of its arguments; ``orders[i]`` counts its partials by argument i."""
    return make(APP, (name, orders or (0,) * len(args)), args)


def rel(kind: str, left: Node, right: Node) -> Node:
    """A comparison; ``kind`` is one of :data:`RELATIONS`."""
    if kind not in RELATIONS:
        raise ValueError(f"unknown relation {kind!r}")
    return make(REL, kind, (left, right))


def logic(kind: str, *conditions: Node) -> Node:
    """``and``, ``or``, ``not``, ``true`` or ``false`` of conditions."""
    return make(LOGIC, kind, conditions)


TRUE = logic("true")


def piecewise(*cases: tuple[Node, Node]) -> Node:
    """(value, condition) pairs; the first condition that holds decides."""
    return make(PIECEWISE, None, tuple(part for case in cases for part in case))


def cases(u: Node) -> list[tuple[Node, Node]]:
    """The (value, condition) pairs of a piecewise node."""
    return list(zip(u.args[::2], u.args[1::2], strict=True))


def integral(body: Node, bound: Node, low: Node, high: Node) -> Node:
    """∫ body d(bound) from low to high; ``bound`` is not free in it."""
    return make(INTEGRAL, None, (body, bound, low, high))


def at(body: Node, values: Mapping[Node, Node]) -> Node:
    """``body`` at x = v for each symbol x; the symbols are bound in it."""
    return make(AT, None, (body, *[part for pair in values.items() for part in pair]))


def limit(body: Node, bound: Node, value: Node, side: str = "") -> Node:
    """The limit of body as ``bound`` goes to the value, from one side ("+", "-") or from both."""
    return make(LIMIT, side or None, (body, bound, value))


def bindings(u: Node) -> dict[Node, Node]:
    """The symbols of an ``at`` node and their values."""
    return dict(zip(u.args[1::2], u.args[2::2], strict=True))


def dot(left: Node, right: Node) -> Node:
    """The matrix product: the last axis of left against the first axis of right."""
    return make(DOT, None, (left, right))


def D(u: Node, x: Node) -> Node:
    """The inert derivative of u by x; either may be an array."""
    return make(DERIV, None, (u, x))


def array(shape: tuple[int, ...], entries: Iterable[Node]) -> Node:
    """Scalars in row-major order."""
    args = tuple(entries)
    expected = 1
    for extent in shape:
        expected *= extent
    if len(args) != expected:
        raise ValueError(f"{len(args)} entries do not fill the shape {shape}")
    return make(ARRAY, shape, args)


def entries(u: Node) -> tuple[Node, ...]:
    """The scalars of u in row-major order; of D(u, x) those of the shape law."""
    if u.op == ARRAY:
        return u.args
    if u.op == DERIV and u.shape:
        return tuple([D(f, x) for f in entries(u.args[0]) for x in entries(u.args[1])])
    if u.op == AT and u.shape:
        return tuple([make(AT, None, (f, *u.args[1:])) for f in entries(u.args[0])])
    if u.op == DOT:
        return _products(*u.args)
    return (u,)


def _products(left: Node, right: Node) -> tuple[Node, ...]:
    a, b, inner = entries(left), entries(right), right.shape[0]
    columns = len(b) // inner

    def product(i: int, j: int) -> Node:
        # Of a product of three matrices the sums are written out, Σᵢⱼ xᵢ hᵢⱼ yⱼ.
        sums = [
            a[i + k].args if left.op == DOT and a[i + k].op == ADD else (a[i + k],)
            for k in range(inner)
        ]
        return add(*[mul(t, b[k * columns + j]) for k in range(inner) for t in sums[k]])

    return tuple([product(i, j) for i in range(0, len(a), inner) for j in range(columns)])


def depends(u: Node, x: Node) -> bool:
    """Whether the symbol x is free in u."""
    return not x.free.isdisjoint(u.free)


def postorder(*roots: Node, known: Container[Node] = ()) -> Iterator[Node]:
    """Every node below the roots once, arguments before what uses them.

    ``known``  nodes that are left out, with all that is only below them.
    """
    return _in_order(roots, lambda node: node.args, known)


def outside_binders(*roots: Node) -> Iterator[Node]:
    """As :func:`postorder`, without what stands where symbols are bound."""
    return _in_order(roots, _unbound_args)


def unknown_functions(*roots: Node) -> tuple[str, ...]:
    """Names of the unknown functions, which are assumed to be differentiable."""
    return tuple(sorted({node.data[0] for node in postorder(*roots) if node.op == APP}))


def _unbound_args(node: Node) -> tuple[Node, ...]:
    return node.args[BINDERS[node.op].outside] if node.op in BINDERS else node.args


def _in_order(
    roots: tuple[Node, ...],
    below: Callable[[Node], tuple[Node, ...]],
    known: Container[Node] = (),
) -> Iterator[Node]:
    seen: set[Node] = set()
    stack: list[tuple[Node, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif node not in seen and node not in known:
            seen.add(node)
            stack.append((node, True))
            stack.extend((a, False) for a in reversed(below(node)) if a not in seen)


def depth(root: Node) -> int:
    """The length of the longest way down from the root."""
    found: dict[Node, int] = {}
    for node in postorder(root):
        found[node] = 1 + max((found[a] for a in node.args), default=0)
    return found[root]


def rebuild(node: Node, args: tuple[Node, ...]) -> Node:
    """The same operator over other arguments."""
    return node if args == node.args else make(node.op, node.data, args)


def substitute(root: Node, table: Mapping[Node, Node]) -> Node:
    """``root`` with every node that is a key of ``table`` replaced, outermost first.

    A bound variable of an integral is no occurrence of the free symbol of its name.
    """
    done: dict[Node, Node] = dict(table)
    stack: list[Node] = [root]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
            continue
        if node.op in BINDERS and _is_caught(node, table):
            done[node] = _under_binder(node, table)
            continue
        waiting = [a for a in node.args if a not in done]
        if waiting:
            stack.extend(waiting)
        else:
            done[node] = rebuild(node, tuple([done[a] for a in node.args]))
            stack.pop()
    return done[root]


def _is_caught(node: Node, table: Mapping[Node, Node]) -> bool:
    """Whether a bound symbol is replaced, or comes in with what is put in its scope."""
    bound, inside = node.args[BINDERS[node.op].bound], node.args[0].free
    entering = {old: new for old, new in table.items() if old.free & inside}
    return any(x in table or _comes_in(x, entering) for x in bound)


def _under_binder(node: Node, table: Mapping[Node, Node]) -> Node:
    binder = BINDERS[node.op]
    bound = node.args[binder.bound]
    inner = {old: new for old, new in table.items() if old not in bound}
    # ∫₀¹ f(t, x) dt with t put in for x is ∫₀¹ f(τ, t) dτ: another letter for the bound one.
    taken = {name for new in inner.values() for name in new.free} | node.args[0].free
    fresh = {x: _fresh(x, taken) if _comes_in(x, inner) else x for x in bound}
    args = list(node.args)
    args[0] = substitute(substitute(node.args[0], fresh), inner)
    args[binder.bound] = [fresh[x] for x in bound]
    args[binder.outside] = [substitute(a, table) for a in node.args[binder.outside]]
    return make(node.op, node.data, tuple(args))


def _comes_in(x: Node, table: Mapping[Node, Node]) -> bool:
    # What held x before it is replaced stood in the scope already.
    return any(x.data in new.free - old.free for old, new in table.items())


def _fresh(x: Node, taken: set[str]) -> Node:
    head = x.data.partition("_")[0]
    return next(sym(name) for i in count(1) if (name := f"{head}_{i}") not in taken)


def discharge(root: Node, results: Mapping[Node, Node]) -> Node:
    """``root`` with inert derivatives replaced, but not within others.

    Parts that hold none are not looked at.
    """
    done = dict(results)

    def visit(node: Node) -> Node:
        if not node.inert:
            return node
        known = done.get(node)
        if known is None:
            waits = node.op in INERT
            known = node if waits else rebuild(node, tuple([visit(a) for a in node.args]))
            done[node] = known
        return known

    return visit(root)


def inert_parts(root: Node) -> list[Node]:
    """The outermost inert derivatives in ``root``, in reading order, each once."""
    found: dict[Node, None] = {}
    seen: set[Node] = set()

    def visit(node: Node) -> None:
        if node in seen or not node.inert:
            return
        seen.add(node)
        if node.op in INERT:
            found[node] = None
            return
        for argument in node.args:
            visit(argument)

    visit(root)
    return list(found)
