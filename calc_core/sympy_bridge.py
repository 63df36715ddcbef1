"""Between the graph and SymPy: results are handed out as SymPy, and SymPy may be handed in."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    APP,
    ARRAY,
    CONST,
    DERIV,
    DIV,
    FN,
    INTEGRAL,
    LOGIC,
    MUL,
    NUM,
    PI,
    PIECEWISE,
    POW,
    REL,
    SYM,
    TRUE,
    E,
    Node,
    add,
    app,
    div,
    fn,
    integral,
    logic,
    mul,
    num,
    piecewise,
    postorder,
    power,
    rel,
    sym,
)

_SAME_NAME = [
    "exp",
    "sin",
    "cos",
    "tan",
    "sec",
    "csc",
    "cot",
    "asin",
    "acos",
    "atan",
    "acot",
    "asec",
    "acsc",
    "sinh",
    "cosh",
    "tanh",
    "sech",
    "csch",
    "coth",
    "asinh",
    "acosh",
    "atanh",
    "acoth",
    "asech",
    "acsch",
    "atan2",
    "floor",
    "sign",
    "erf",
    "erfc",
    "gamma",
    "loggamma",
    "digamma",
    "polygamma",
    "beta",
    "factorial",
]

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(sp, name) for name in _SAME_NAME},
    "ln": sp.log,
    "log": lambda u, b: sp.log(u) / sp.log(b),
    "sqrt": sp.sqrt,
    "root": lambda u, n: sp.sign(u) * sp.Abs(u) ** (1 / n) if n.is_odd else u ** (1 / n),
    # The principal range here is (0, π), which makes arccot continuous; SymPy's is not.
    "acot": lambda u: sp.pi / 2 - sp.atan(u),
    "abs": sp.Abs,
    "min": sp.Min,
    "max": sp.Max,
    "ceil": sp.ceiling,
    "heaviside": lambda u: sp.Heaviside(u, sp.Rational(1, 2)),
    "relu": lambda u: sp.Max(u, 0),
    "sigmoid": lambda u: 1 / (1 + sp.exp(-u)),
    "softplus": lambda u: sp.log(1 + sp.exp(u)),
}
_RELATIONS: dict[str, Callable[..., Any]] = {
    "lt": sp.Lt,
    "le": sp.Le,
    "gt": sp.Gt,
    "ge": sp.Ge,
    "eq": sp.Eq,
    "ne": sp.Ne,
}
_LOGIC: dict[str, Callable[..., Any]] = {
    "and": sp.And,
    "or": sp.Or,
    "not": sp.Not,
    "true": lambda: sp.true,
    "false": lambda: sp.false,
}


def to_sympy(root: Node) -> Any:
    """The node as SymPy: a scalar expression, a Matrix (1×n for a vector), or an NDimArray.

    Symbols are real.  Equal parts are converted once.
    """
    done: dict[Node, Any] = {}
    for node in postorder(root):
        done[node] = converted(node, [done[a] for a in node.args])
    return done[root]


def converted(node: Node, args: list[Any]) -> Any:
    """One operator over arguments that are SymPy already."""
    op = node.op
    if op == NUM:
        value = Fraction(node.data)
        return sp.Rational(value.numerator, value.denominator)
    if op == SYM:
        return sp.Symbol(node.data, real=True)
    if op == CONST:
        return sp.pi if node.data == "pi" else sp.E
    if op == FN:
        return FUNCTIONS[node.data](*args)
    if op == PIECEWISE:
        return sp.Piecewise(*zip(args[::2], args[1::2], strict=True))
    if op == REL:
        return _RELATIONS[node.data](*args)
    if op == LOGIC:
        return _LOGIC[node.data](*args)
    if op == INTEGRAL:
        return sp.Integral(args[0], (args[1], args[2], args[3]))
    if op == APP:
        return _unknown(node, args)
    if op == ARRAY:
        return _array(node.shape, args)
    if op == DERIV:
        return sp.Derivative(*args) if node.args[1].op == SYM else sp.derive_by_array(*args)
    return _ARITHMETIC[op](*args)


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    ADD: sp.Add,
    MUL: sp.Mul,
    DIV: lambda top, bottom: top / bottom,
    POW: sp.Pow,
}


def _unknown(node: Node, args: list[Any]) -> Any:
    name, orders = node.data
    function = sp.Function(name)
    if not any(orders):
        return function(*args)
    # At arguments that are not plain symbols the partials are taken at place-holders first.
    slots = sp.symbols(f"xi1:{len(args) + 1}", real=True)
    derivative = sp.Derivative(function(*slots), *zip(slots, orders, strict=True))
    pairs = list(zip(slots, args, strict=True))
    plain = len(set(args)) == len(args) and all(a.is_Symbol for a in args)
    return (
        derivative.xreplace(dict(pairs))
        if plain
        else sp.Subs(derivative, *zip(*pairs, strict=True))
    )


def _array(extents: tuple[int, ...], args: list[Any]) -> Any:
    if len(extents) == 1:
        return sp.Matrix([args])
    if len(extents) == 2:
        return sp.Matrix(*extents, args)
    return sp.ImmutableDenseNDimArray(args, extents)


# ── from SymPy ────────────────────────────────────────────────────────────────────────────────────

_BACK: dict[Any, str] = {getattr(sp, name): name for name in _SAME_NAME} | {
    sp.Abs: "abs",
    sp.Min: "min",
    sp.Max: "max",
    sp.ceiling: "ceil",
    sp.log: "ln",
}


def from_sympy(expression: Any) -> Node:
    """A SymPy expression as a graph.

    Raises InputError, naming the part, where the graph has nothing for it.
    """
    done: dict[Any, Node] = {}

    def visit(e: Any) -> Node:
        if e not in done:
            done[e] = _read(e, visit)
        return done[e]

    if isinstance(expression, int):
        expression = sp.Integer(expression)
    elif isinstance(expression, float):
        expression = sp.Float(expression)
    return visit(expression)


def _read(e: Any, visit: Callable[[Any], Node]) -> Node:
    if e.is_Symbol:
        return sym(e.name)
    if e.is_Rational:
        return num(Fraction(int(e.p), int(e.q)))
    if e.is_Float:
        return num(Fraction(str(e)).limit_denominator(10**12))
    if e in (sp.pi, sp.E):
        return PI if e is sp.pi else E
    if e.is_Add:
        return add(*[visit(a) for a in e.args])
    if e.is_Mul:
        return _read_product(e, visit)
    if e.is_Pow:
        return _read_power(e, visit)
    if isinstance(e, sp.Piecewise):
        return piecewise(*[(visit(value), _read_condition(c, visit)) for value, c in e.args])
    if isinstance(e, sp.Integral) and len(e.limits) == 1 and len(e.limits[0]) == 3:
        t, low, high = e.limits[0]
        return integral(visit(e.function), visit(t), visit(low), visit(high))
    if e.func in _BACK:
        return fn(_BACK[e.func], *[visit(a) for a in e.args])
    if isinstance(e, sp.core.function.AppliedUndef):
        return app(e.func.__name__, tuple(visit(a) for a in e.args))
    raise InputError(
        f"The SymPy expression {e} has a part that cannot be used here: {e.func.__name__}."
    )


def _read_product(e: Any, visit: Callable[[Any], Node]) -> Node:
    below = [a for a in e.args if a.is_Pow and a.exp.is_negative and a.exp.is_Rational]
    if not below:
        return mul(*[visit(a) for a in e.args])
    above = [a for a in e.args if a not in below]
    bottom = mul(*[visit(1 / a) for a in below])
    return div(mul(*[visit(a) for a in above]), bottom)


def _read_power(e: Any, visit: Callable[[Any], Node]) -> Node:
    if e.base is sp.E:
        return fn("exp", visit(e.exp))
    if e.exp == sp.Rational(1, 2):
        return fn("sqrt", visit(e.base))
    if e.exp == -1:
        return div(num(1), visit(e.base))
    return power(visit(e.base), visit(e.exp))


def _read_condition(c: Any, visit: Callable[[Any], Node]) -> Node:
    if c == sp.true:
        return TRUE
    kind = {sp.Lt: "lt", sp.Le: "le", sp.Gt: "gt", sp.Ge: "ge", sp.Eq: "eq", sp.Ne: "ne"}
    if c.func in kind:
        return rel(kind[c.func], visit(c.args[0]), visit(c.args[1]))
    names = {sp.And: "and", sp.Or: "or", sp.Not: "not"}
    if c.func in names:
        return logic(names[c.func], *[_read_condition(a, visit) for a in c.args])
    raise InputError(f"The condition {c} cannot be used here.")
