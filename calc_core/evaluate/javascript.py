"""The JavaScript reader: a graph becomes the source of one function for the browser.

While a point is dragged the browser wants f, its gradient and its Hessian at once, and no server.
The source is straight-line code, one line for each node of the graph, and does what the NumPy
reading does in the same order.  The functions that JavaScript has not stand in
``assets/live/functions.js``, which the source is given as an argument.

Nothing that a person typed gets into the source: variables and constants are read by their position
and functions are called by the names of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import e, inf, pi

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    APP,
    ARRAY,
    AT,
    BINDERS,
    CONST,
    DERIV,
    DIFFERENTIAL,
    DIV,
    DOT,
    FN,
    INTEGRAL,
    LIMIT,
    LOGIC,
    MATRIX,
    MINUS_ONE,
    MUL,
    NUM,
    PIECEWISE,
    POW,
    REL,
    SERIES,
    SYM,
    TRUE,
    Node,
    cases,
    entries,
)

CONSTANTS = {"pi": pi, "e": e}
RELATION = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "===", "ne": "!=="}
LOGICAL = {"and": " && ", "or": " || "}
# What JavaScript has, under its name there.
BUILT_IN = {
    "ln": "log",
    **{name: name for name in ("exp", "sqrt", "abs", "min", "max", "floor", "ceil", "atan2")},
    **{name: name for name in ("sin", "cos", "tan", "asin", "acos", "atan")},
    **{name: name for name in ("sinh", "cosh", "tanh", "asinh", "acosh", "atanh")},
}
# What assets/live/functions.js has, under its name here.
LIBRARY = frozenset(
    ("log", "root", "sec", "csc", "cot", "acot", "asec", "acsc", "sech", "csch", "coth", "acoth",
     "asech", "acsch", "sign", "heaviside", "relu", "sigmoid", "softplus", "erf", "erfc", "gamma",
     "loggamma", "digamma", "polygamma", "beta", "factorial")
)  # fmt: skip
REFUSED = {
    ARRAY: "An array inside an expression",
    DERIV: "A derivative that is not carried out",
    DIFFERENTIAL: "A differential",
    LIMIT: "A limit",
    MATRIX: "A matrix",
    SERIES: "A series",
}
HALF = Fraction(1, 2)
# As in the NumPy reading: beyond this a whole power is a power like any other.
LARGEST_PRODUCT = 64
# A third would be some 10¹⁰ values where the rules do not settle, and would block the page.
DEEPEST_INTEGRAL = 2

_KEY = re.compile(r"[a-z][A-Za-z0-9]*", re.ASCII)


def compile_javascript(
    nodes: Mapping[str, Node] | Node, variables: Sequence[str], constants: Sequence[str] = ()
) -> str:
    """The source of ``(F) => (v, c) => …``, an expression.

    ``F``  the module ``functions.js``;
    ``v``  the values of the variables, in their order;
    ``c``  those of the constants, which may be left out where there are none.

    The result is a number for a scalar, for an array its numbers in row-major order, and for
    several nodes an object of such under the names given.  Outside the domain a number is NaN.
    A page that may not evaluate text imports ``export default`` and the source as a blob.

    Raises InputError for a name without a value and for what cannot be computed in the browser.

    >>> from calc_core.graph import array, sym
    >>> x, y = sym("x"), sym("y")
    >>> print(compile_javascript({"f": x * y, "gradient": array((2,), (y, x))}, ["x", "y"]))
    (F) => (v, c) => {
      const t0 = v[0];
      const t1 = v[1];
      const t2 = t0 * t1;
      return { f: t2, gradient: [t1, t0] };
    }
    """
    roots = [nodes] if isinstance(nodes, Node) else list(nodes.values())
    places = _places(variables, constants)
    _check_names(roots, places)
    block = _Block()
    used = set[str]().union(*[root.free for root in roots])
    named = {name: block.name(place) for name, place in places.items() if name in used}
    scope = _Scope(named, block)
    results = [_result(scope, root) for root in roots]
    whole = results[0] if isinstance(nodes, Node) else _object(nodes, results)
    return f"(F) => (v, c) => {scope.block.closed(whole)}"


def _places(variables: Sequence[str], constants: Sequence[str]) -> dict[str, str]:
    places = {name: f"c[{k}]" for k, name in enumerate(constants)}
    places |= {name: f"v[{k}]" for k, name in enumerate(variables)}
    if len(places) < len(variables) + len(constants):
        raise ValueError("a name stands twice among the variables and constants")
    return places


def _check_names(roots: Iterable[Node], places: Mapping[str, str]) -> None:
    missing = sorted(set[str]().union(*[root.free for root in roots]) - set(places))
    if missing:
        raise InputError(
            f"There is no value for {', '.join(missing)}.",
            hint=f"Give {'one' if len(missing) == 1 else 'each of them one'}.",
        )


def _result(scope: _Scope, root: Node) -> str:
    # A condition is the number 0 or 1, as in an array of numbers.
    plus = "+" if root.op in (REL, LOGIC) else ""
    values = [plus + scope.value(entry) for entry in entries(root)]
    return f"[{', '.join(values)}]" if root.shape else values[0]


def _object(names: Iterable[str], values: Iterable[str]) -> str:
    for name in names:
        if not _KEY.fullmatch(name):
            raise ValueError(f"{name!r} does not do as the name of a result")
    pairs = [f"{name}: {value}" for name, value in zip(names, values, strict=True)]
    return f"{{ {', '.join(pairs)} }}"


class _Block:
    """The lines of one JavaScript function, each of which gives a number a name."""

    def __init__(self, outer: _Block | None = None) -> None:
        self.lines: list[str] = []
        self.outer = outer
        # How deep in integrals.  Names count from 0 in each, so that equal ones have equal texts.
        self.depth: int = outer.depth + 1 if outer is not None else 0
        self._known: dict[str, str] = {}

    def name(self, text: str) -> str:
        """The name of what the text computes; the same text is computed once."""
        known = self._find(text)
        if known is None:
            below = f"_{self.depth}" if self.depth else ""
            known = self._known[text] = f"t{len(self.lines)}{below}"
            self.lines.append(f"const {known} = {text};")
        return known

    def _find(self, text: str) -> str | None:
        known = self._known.get(text)
        return known if known or self.outer is None else self.outer._find(text)

    def closed(self, result: str) -> str:
        """The body in braces, with its result."""
        lines = "\n".join([*self.lines, f"return {result};"])
        return "{\n" + re.sub("^", "  ", lines, flags=re.MULTILINE) + "\n}"


class _Scope:
    """Where some names have values: the whole, or what stands below an integral or a substitution.

    What is free of the names bound here is computed outside, once.
    """

    def __init__(
        self, places: Mapping[str, str], block: _Block, outer: _Scope | None = None
    ) -> None:
        self.block = block
        self._places = places
        self._outer = outer
        self._values: dict[Node, str] = {}

    def value(self, root: Node) -> str:
        """A name or a number: the value of a scalar node.  Without recursion, save for binders."""
        stack = [root]
        while stack:
            node = stack[-1]
            if node not in self._values:
                if self._outer is not None and node.free.isdisjoint(self._places):
                    self._values[node] = self._outer.value(node)
                elif node.op not in _READERS:
                    raise _refusal(node)
                elif missing := [a for a in _arguments(node) if a not in self._values]:
                    stack.extend(reversed(missing))
                    continue
                else:
                    self._values[node] = self._read(node)
            stack.pop()
        return self._values[root]

    def _read(self, node: Node) -> str:
        return _READERS[node.op](self, node, [self._values[a] for a in _arguments(node)])

    def symbol(self, node: Node, _: list[str]) -> str:
        """The value of a name that is bound here."""
        return self._places[node.data]

    def total(self, _: Node, terms: list[str]) -> str:
        """A sum, from left to right."""
        return self._chain("+", terms)

    def product(self, node: Node, factors: list[str]) -> str:
        """A product, from left to right."""
        if node.args[0] is MINUS_ONE and len(factors) == 2:
            return self.block.name(f"-{factors[1]}")
        return self._chain("*", factors)

    def _chain(self, sign: str, parts: list[str]) -> str:
        so_far = parts[0]
        for part in parts[1:]:
            so_far = self.block.name(f"{so_far} {sign} {part}")
        return so_far

    def fraction(self, _: Node, parts: list[str]) -> str:
        """A quotient."""
        return self.block.name(" / ".join(parts))

    def power(self, node: Node, parts: list[str]) -> str:
        """Real powers, by the same case distinction as in the NumPy reading."""
        base, exponent = node.args
        if base.op == CONST and base.data == "e":
            return self.block.name(f"Math.exp({parts[1]})")
        value = exponent.data if exponent.op == NUM else None
        if value in (HALF, -HALF):
            root = self.block.name(f"Math.sqrt({parts[0]})")
            return root if value == HALF else self.block.name(f"1 / {root}")
        if isinstance(value, int) and 0 < abs(value) <= LARGEST_PRODUCT:
            whole = self._whole_power(parts[0], abs(value))
            return whole if value > 0 else self.block.name(f"1 / {whole}")
        return self.block.name(f"F.power({', '.join(parts)})")

    def _whole_power(self, square: str, n: int) -> str:
        result = ""
        while True:
            if n & 1:
                result = self.block.name(f"{result} * {square}") if result else square
            n >>= 1
            if not n:
                return result
            square = self.block.name(f"{square} * {square}")

    def function(self, node: Node, arguments: list[str]) -> str:
        """A known function."""
        if node.data in BUILT_IN:
            called = f"Math.{BUILT_IN[node.data]}"
        elif node.data in LIBRARY:
            called = f"F.{node.data}"
        else:
            raise _without_values(node.data)
        return self.block.name(f"{called}({', '.join(arguments)})")

    def relation(self, node: Node, sides: list[str]) -> str:
        """A comparison."""
        return self.block.name(f" {RELATION[node.data]} ".join(sides))

    def logical(self, node: Node, conditions: list[str]) -> str:
        """Conditions put together."""
        if not conditions:
            return "true" if node.data == "true" else "false"
        if node.data == "not":
            return self.block.name(f"!{conditions[0]}")
        return self.block.name(LOGICAL[node.data].join(conditions))

    def pieces(self, node: Node, _: list[str]) -> str:
        """The case of the first condition that holds; NaN where none does."""
        text = "NaN"
        for case, condition in reversed(cases(node)):
            value = self._values[case]
            text = value if condition is TRUE else f"{self._values[condition]} ? {value} : {text}"
        return self.block.name(text)

    def integral(self, node: Node, limits: list[str]) -> str:
        """A definite integral, by the quadrature of the NumPy reading."""
        body, bound = node.args[:2]
        inner = _Block(self.block)
        if inner.depth > DEEPEST_INTEGRAL:
            raise InputError("A threefold integral cannot be computed in the browser.")
        moving = f"s{inner.depth}"
        value = _Scope({bound.data: moving}, inner, self).value(body)
        integrand = f"({moving}) => {inner.closed(value)}"
        return self.block.name(f"F.integrate({integrand}, {', '.join(limits)})")

    def at(self, node: Node, values: list[str]) -> str:
        """The body with values for the symbols that are bound in it."""
        names = [x.data for x in node.args[BINDERS[AT].bound]]
        places = dict(zip(names, values, strict=True))
        return _Scope(places, self.block, self).value(node.args[0])


def _arguments(node: Node) -> tuple[Node, ...]:
    """What is computed before the node, here where it stands."""
    if node.op in BINDERS:
        return node.args[BINDERS[node.op].outside]
    if node.op in (ADD, MUL):
        # The order of the NumPy reading, so that sums are rounded alike.
        return tuple(sorted(node.args, key=lambda a: (len(a.free), sorted(a.free))))
    if node.op == DOT:
        return entries(node)
    return node.args


def _number(node: Node) -> str:
    """The double next to a number, written so that it is read back as the same."""
    try:
        value = float(node.data)
    except OverflowError:
        value = inf if node.data > 0 else -inf
    return _literal(value)


def _literal(value: float) -> str:
    text = "Infinity" if abs(value) == inf else repr(abs(value)).removesuffix(".0")
    return f"(-{text})" if value < 0 else text


def _constant(node: Node) -> str:
    if node.data not in CONSTANTS:
        raise InputError(f"{node.data} has no value.")
    return _literal(CONSTANTS[node.data])


def _refusal(node: Node) -> InputError:
    if node.op == APP:
        return _without_values(node.data[0])
    what = REFUSED.get(node.op, f"“{node.op}”")
    return InputError(f"{what} cannot be computed in the browser.")


def _without_values(name: str) -> InputError:
    return InputError(f"{name} has no values.", hint=f"Write out what {name} is.")


# One row for each operator that has values; each gets the values of :func:`_arguments`.
_READERS: dict[str, Callable[[_Scope, Node, list[str]], str]] = {
    NUM: lambda scope, node, _: _number(node),
    CONST: lambda scope, node, _: _constant(node),
    SYM: _Scope.symbol,
    ADD: _Scope.total,
    MUL: _Scope.product,
    DIV: _Scope.fraction,
    POW: _Scope.power,
    FN: _Scope.function,
    REL: _Scope.relation,
    LOGIC: _Scope.logical,
    PIECEWISE: _Scope.pieces,
    INTEGRAL: _Scope.integral,
    AT: _Scope.at,
    DOT: lambda scope, node, values: values[0],
}
