"""Values and derivatives at sixty digits, by nothing but the definitions.

A reader of the graph on mpmath that shares no code with :mod:`calc_core.evaluate`, and central
differences on it.  An unknown function is stood for by a concrete smooth one.  What is not a finite
real number raises :class:`Undefined`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from mpmath import mp, mpf, workdps

from calc_core.graph import Node, cases

DIGITS = 60
STEP = mpf(10) ** -15
SCALES = ((-2, 2), (0.1, 0.9), (1.1, 3), (-0.9, -0.1), (2, 9))

Point = Mapping[str, mpf]


class Undefined(ArithmeticError):
    """The expression has no finite real value here."""


def _real(value: object) -> mpf:
    if not isinstance(value, mpf) or not mp.isfinite(value):
        raise Undefined(value)
    return value


def _positive(value: mpf) -> mpf:
    if value <= 0:
        raise Undefined(value)
    return value


def _power(base: mpf, exponent: mpf) -> mpf:
    if exponent != int(exponent):
        _positive(base)
    return base**exponent


def _root(u: mpf, n: mpf) -> mpf:
    return mp.sign(u) * abs(u) ** (1 / n) if n % 2 == 1 else _positive(u) ** (1 / n)


def _sigmoid(u: mpf) -> mpf:
    return 1 / (1 + mp.exp(-u))


_SAME_NAME = """
    exp ln sqrt sin cos tan sec csc cot asin acos atan asec acsc sinh cosh tanh sech csch coth
    asinh acosh atanh acoth asech acsch floor ceil sign erf erfc gamma beta factorial
"""
_FUNCTIONS = {
    **{name: getattr(mp, name) for name in _SAME_NAME.split()},
    "log": lambda u, b: mp.ln(_positive(u)) / mp.ln(_positive(b)),
    "root": _root,
    "acot": lambda u: mp.pi / 2 - mp.atan(u),
    "atan2": mp.atan2,
    "abs": abs,
    "min": min,
    "max": max,
    "heaviside": lambda u: (1 + mp.sign(u)) / 2,
    "relu": lambda u: max(u, mpf(0)),
    "sigmoid": _sigmoid,
    "softplus": lambda u: mp.ln(1 + mp.exp(u)),
    "loggamma": lambda u: mp.loggamma(_positive(u)),
    "digamma": lambda u: mp.psi(0, u),
    "polygamma": lambda n, u: mp.psi(int(n), u),
}
_RELATIONS = {
    "lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b, "eq": lambda a, b: a == b, "ne": lambda a, b: a != b,
}  # fmt: skip


def value(root: Node, point: Point) -> mpf:
    """The value of a scalar node without inert derivatives, at the working precision."""
    return _real(_read(root, point, {}))


def _read(root: Node, point: Point, done: dict[Node, object]) -> object:
    stack = [root]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
            continue
        # Pieces that do not apply, and the inside of an integral, need not have a value here.
        lazy = node.op in ("piecewise", "integral")
        waiting = [] if lazy else [a for a in node.args if a not in done]
        if waiting:
            stack.extend(waiting)
            continue
        try:
            done[node] = _one(node, [done.get(a) for a in node.args], point, done)
        except (ZeroDivisionError, ValueError, OverflowError) as error:
            raise Undefined(str(error)) from None
        stack.pop()
    return done[root]


def _one(node: Node, args: list, point: Point, done: dict[Node, object]) -> object:  # noqa: C901
    match node.op:
        case "num":
            return mpf(node.data.numerator) / node.data.denominator
        case "const":
            return {"pi": +mp.pi, "e": +mp.e}[node.data]
        case "sym":
            return point[node.data]
        case "add":
            return sum(args[1:], args[0])
        case "mul":
            return mp.fprod(args)
        case "div":
            return args[0] / args[1]
        case "pow":
            return _real(_power(*args))
        case "fn":
            return _real(_FUNCTIONS[node.data](*args))
        case "app":
            return stand_in(node.data[0], node.data[1], args)
        case "piecewise":
            for case, condition in cases(node):
                if _read(condition, point, done):
                    return _read(case, point, done)
            raise Undefined("no piece applies")
        case "rel":
            return _RELATIONS[node.data](*args)
        case "logic":
            return {
                "and": all(args), "or": any(args), "true": True, "false": False,
                "not": not args[0] if args else None,
            }[node.data]  # fmt: skip
        case "integral":
            return _integral(node, point, done)
    raise TypeError(f"{node.op} has no value")


def _integral(node: Node, point: Point, done: dict[Node, object]) -> mpf:
    body, bound, low, high = node.args
    limits = [_read(low, point, done), _read(high, point, done)]
    return mp.quad(lambda t: value(body, {**point, bound.data: t}), limits)


def stand_in(name: str, orders: tuple[int, ...], args: list[mpf]) -> mpf:
    """A partial derivative of the smooth function that stands for an unknown one.

    It is 3 + e^(a·u) + cos(b·u), where a and b belong to the name.
    """
    draw = Random(name)
    a, b = ([mpf(draw.randint(2, 9)) / 10 for _ in args] for _ in range(2))
    first = mp.exp(mp.fdot(a, args)) * mp.fprod(k**n for k, n in zip(a, orders, strict=True))
    turned = mp.fdot(b, args) + sum(orders) * mp.pi / 2
    second = mp.cos(turned) * mp.fprod(k**n for k, n in zip(b, orders, strict=True))
    return first + second + (0 if any(orders) else 3)


def derivative(f: Node, names: tuple[str, ...], point: Point) -> mpf:
    """∂f/∂names at the point (names one or two), by central differences."""
    name, *rest = names
    if not f.free.issuperset(names):
        return mpf(0)

    def at(step: mpf) -> mpf:
        moved = {**point, name: point[name] + step}
        return derivative(f, tuple(rest), moved) if rest else value(f, moved)

    return (at(STEP) - at(-STEP)) / (2 * STEP)


def points(
    f: Node, conditions: tuple[Node, ...], wanted: int, seed: int
) -> Iterator[dict[str, mpf]]:
    """Random points at which the conditions hold; the function need not have been looked at.

    Raises AssertionError if there are none.
    """
    draw = Random(seed)
    names = sorted(f.free)
    found = 0
    for i in range(4000):
        # A scale for each variable, or one scale for all in turn.
        low, high = SCALES[i // 2 % len(SCALES)]
        point = {}
        for name in names:
            if i % 2:
                low, high = draw.choice(SCALES)
            point[name] = mpf(draw.uniform(low, high))
        if holds(conditions, point):
            yield point
            found += 1
            if found == wanted or not names:
                return
    raise AssertionError(f"only {found} points satisfy the conditions (seed {seed})")


def holds(conditions: tuple[Node, ...], point: Point) -> bool:
    """Whether all the conditions hold; one that has no value does not."""
    try:
        with workdps(20):
            return all(_read(c, point, {}) for c in conditions)
    except Undefined:
        return False
