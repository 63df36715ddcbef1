"""The tidying that a person does without thinking: zeros, ones, products of numbers, x·x = x².

Unlike :mod:`calc_core.tidy` it leaves inert derivatives, and everything else, where it is.
"""

from __future__ import annotations

from calc_core.graph import (
    ADD,
    DERIV,
    DIV,
    MUL,
    NUM,
    ONE,
    POW,
    SYM,
    ZERO,
    Node,
    Number,
    add,
    mul,
    num,
    postorder,
    power,
    rebuild,
)
from calc_core.terms import exact

# Linear in each of their arguments: 0 where one of them is.
_LINEAR = frozenset(
    ("matmul", "hadamard", "kron", "transpose", "trace", "total", "diag", "diagonal", "vec",
     "unvec", "triangle")
)  # fmt: skip


def lightly(root: Node, done: dict[Node, Node] | None = None) -> Node:
    """``root`` without factors 1 and terms 0, and with the numbers of each product multiplied.

    ``done``  what is known from before, to which what is found now is added.
    """
    done = {} if done is None else done
    for node in postorder(root, known=done):
        done[node] = _light(node, [done[a] for a in node.args])
    return done[root]


def _light(node: Node, args: list[Node]) -> Node:
    op = node.op
    if op == ADD:
        return add(*[t for t in args if t is not ZERO])
    if op == MUL:
        return _product(args)
    if op == DIV and args[1] is not ZERO and (args[0] is ZERO or args[1] is ONE):
        return args[0]
    if op == POW and args[1] is ONE:
        return args[0]
    if op in _LINEAR and ZERO in args:
        return ZERO
    if op == POW and args[0].op == POW and _whole(args[1]) and _whole(args[0].args[1]):
        inner, m = args[0].args
        return power(inner, num(m.data * args[1].data))
    # What is still to be differentiated stays as it was written.
    return node if op == DERIV else rebuild(node, _with_shapes(node, args))


def _with_shapes(node: Node, args: list[Node]) -> tuple[Node, ...]:
    """The arguments, a zero matrix as it stands: softmax(0) would not know of how many."""
    pairs = zip(node.args, args, strict=True)
    return tuple([old if new is ZERO and old.shape else new for old, new in pairs])


def _whole(u: Node) -> bool:
    return u.op == NUM and isinstance(u.data, int)


def _product(args: list[Node]) -> Node:
    flat = [f for a in args for f in (a.args if a.op == MUL else (a,))]
    if ZERO in flat:
        return ZERO
    coefficient: Number = 1
    exponents: dict[Node, int] = {}
    for factor in flat:
        if factor.op == NUM:
            coefficient = exact(coefficient * factor.data)
        else:
            base, n = _power_of_letter(factor)
            exponents[base] = exponents.get(base, 0) + n
    powers = [base if n == 1 else power(base, num(n)) for base, n in exponents.items()]
    return mul(*([num(coefficient)] if coefficient != 1 else []), *powers)


def _power_of_letter(u: Node) -> tuple[Node, int]:
    """(x, n) for u = xⁿ of a letter x; anything else counts as one of itself."""
    if u.op == POW and u.args[0].op == SYM and _whole(u.args[1]) and u.args[1].data > 0:
        return u.args[0], u.args[1].data
    return u, 1
