"""Functions: of numbers, of every entry, and of a matrix as a power series."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.functions import FUNCTIONS
from calc_core.graph import NUM, ONE, Node, add, fn, neg, num
from calc_core.matrix import nodes
from calc_core.matrix.language import products
from calc_core.matrix.language.scope import Term
from calc_core.matrix.language.words.call import Call, Word

_MATRIX_FUNCTIONS = {"exp": "expm", "ln": "logm", "sin": "sinm", "cos": "cosm"}


def _matrix_function(name: str) -> Word:
    def read(call: Call) -> Term:
        a = call.term(0)
        if not a.is_scalar:
            call.scope.square(a, call.name)

        def build() -> Node:
            node = a.build()
            return nodes.matrix_function(name, node) if node.shape else fn(name, node)

        return call.made(a.rows, a.columns, build)

    return Word(1, 1, read)


def _entrywise(name: str) -> Word:
    def read(call: Call) -> Term:
        return _applied(call, name, call.term(0))

    return Word(1, 1, read)


def _applied(call: Call, name: str, a: Term) -> Term:
    other = _MATRIX_FUNCTIONS.get(name, "")
    if other and a.is_matrix:
        scope, shown = call.scope, call.scope.source(call.tree)
        hint = f"write {other} for the matrix function"
        # What cannot be square has no matrix function.
        if scope.in_trace and scope.same(a.rows, a.columns):
            scope.note(
                call.tree, f"Under a trace {shown} is read as {other}, a function of the matrix; "
                f"write {call.name}.(…) for the function of every entry.",
            )  # fmt: skip
            return call.made(a.rows, a.columns, lambda: nodes.matrix_function(name, a.build()))
        if scope.in_trace:
            hint = f"{scope.source(a.tree)} is not square"
        scope.note(call.tree, f"{shown} is taken entry by entry; {hint}.")
    return _of_entries(call, name, a)


def of_entries(call: Call) -> Term:
    """The function of every entry that exp.(X) asks for, whatever stands around it."""
    name = "ln" if call.tree.data == "log" else call.tree.data
    row = FUNCTIONS.get(name)
    if row is None or row.arity != (1, 1) or len(call.tree.args) != 1:
        raise call.error(
            f"{call.name} is no function of one number, which the dot in {call.name}.(…) asks for.",
            f"Write {call.name}(…) without the dot.",
        )
    return _of_entries(call, name, call.term(0))


def _of_entries(call: Call, name: str, a: Term) -> Term:
    scope = call.scope

    def build() -> Node:
        node = a.build()
        if not node.shape and name == "exp":
            scope.growth.check_power(num(3), node, call.tree.start)
        if not node.shape and name in ("factorial", "gamma"):
            scope.growth.check_factorial(node, call.tree.start, int(name == "gamma"))
        return nodes.each(name, node)

    return call.made(a.rows, a.columns, build)


def _beside_one(name: str, build: Callable[[Node, Node], Node]) -> Word:
    """A function of every entry with a 1 in it, as log1p(x) = ln(1 + x)."""

    def read(call: Call) -> Term:
        a = call.term(0)

        def built() -> Node:
            node = a.build()
            one = nodes.ones(*node.shape) if node.shape else ONE
            if not node.shape and name == "expm1":
                call.scope.growth.check_power(num(3), node, call.tree.start)
            return build(node, one)

        return call.made(a.rows, a.columns, built)

    return Word(1, 1, read)


def _log(call: Call) -> Term:
    script = call.tree.script
    if script is not None or len(call.tree.args) == 2:
        base = call.reader.term(script) if script is not None else call.term(1)
        return products.logarithm_to_base(call.scope, call.term(0), base, call.tree)
    return _applied(call, "ln", call.term(0))


def _to_base(number: int) -> Word:
    def read(call: Call) -> Term:
        base = Term(1, 1, lambda: num(number), call.tree)
        return products.logarithm_to_base(call.scope, call.term(0), base, call.tree)

    return Word(1, 1, read)


def _of_numbers(name: str, least: int, most: int, hint: str) -> Word:
    def read(call: Call) -> Term:
        terms = call.terms()
        for term in terms:
            if not term.is_scalar:
                raise call.scope.error(
                    term.tree, f"{call.name} of vectors and matrices is not supported.", hint
                )
        if len(terms) < least:
            raise call.error(f"{call.name} takes at least {least} numbers.", hint)
        return call.made(1, 1, lambda: fn(name, *[term.build() for term in terms]))

    return Word(1, most, read)


def _root(call: Call) -> Term:
    a, k = call.terms()

    def build() -> Node:
        degree = k.build()
        whole = degree.op == NUM and isinstance(degree.data, int) and 2 <= degree.data <= 1000
        if not (whole or degree.free):
            raise call.scope.error(k.tree, "There is no such root.", "Write root(x, 3).")
        return fn("root", a.build(), degree)

    if not (a.is_scalar and k.is_scalar):
        raise call.error("Only numbers have roots here.", "Write x.^(1/3) for every entry.")
    return call.made(1, 1, build)


def _cube_root(call: Call) -> Term:
    a = call.term(0)
    if not a.is_scalar:
        raise call.error("Only numbers have roots here.", "Write x.^(1/3) for every entry.")
    return call.made(1, 1, lambda: fn("root", a.build(), num(3)))


def _pow(call: Call) -> Term:
    return products.raised(call.scope, call.term(0), call.term(1), call.tree)


def _softmax(call: Call) -> Term:
    a = call.term(0)
    call.column(a)
    return call.made(a.rows, 1, lambda: nodes.softmax(a.build()))


WORDS: dict[str, Word] = {
    **{name: _entrywise(name) for name, row in FUNCTIONS.items() if row.arity == (1, 1)},
    "log": Word(1, 2, _log),
    "lg": _to_base(10),
    "lb": _to_base(2),
    "expm1": _beside_one("expm1", lambda node, one: add(nodes.each("exp", node), neg(one))),
    "log1p": _beside_one("log1p", lambda node, one: nodes.each("ln", add(one, node))),
    "root": Word(2, 2, _root),
    "cbrt": Word(1, 1, _cube_root),
    "pow": Word(2, 2, _pow),
    "atan2": _of_numbers("atan2", 2, 2, "Write the entries out."),
    "max": _of_numbers("max", 2, 20, "Write relu(x) for max(x, 0) of every entry."),
    "min": _of_numbers("min", 2, 20, "Write -relu(-x) for min(x, 0) of every entry."),
    "beta": _of_numbers("beta", 2, 2, ""),
    "polygamma": _of_numbers("polygamma", 2, 2, ""),
    "expm": _matrix_function("exp"),
    "logm": _matrix_function("ln"),
    "sinm": _matrix_function("sin"),
    "cosm": _matrix_function("cos"),
    "softmax": Word(1, 1, _softmax),
}
