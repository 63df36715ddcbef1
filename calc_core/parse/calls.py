"""Known functions and their arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calc_core.functions import FUNCTIONS
from calc_core.graph import ARRAY, NUM, TWO, E, Node, add, entries, fn, neg, num, power, sym
from calc_core.parse.bare_arguments import INVERSE, BareArguments
from calc_core.parse.tokens import Kind, Token

_ARC = {name: f"ar{'' if name.endswith('h') else 'c'}{name}" for name in INVERSE}
_ROUND = ("(", "[", "{", "\\{", ".")


@dataclass(frozen=True, slots=True)
class _Special:
    """A function that is written as one but built of others."""

    arity: tuple[int, ...]
    build: Callable[[Calls, Token, list[Node]], Node]


class Calls(BareArguments):
    """Applies known functions."""

    def arguments(self) -> list[Node]:
        """The list in the brackets that open here: scalars, at least one."""
        raise NotImplementedError

    def call(self) -> Node:
        """A known function, from its name on."""
        first = self.index
        head = self.advance()
        base, exponent = self.scripts(head)
        name = head.text
        if name == "sqrt" and self._has_degree():
            degree = self.arguments()[0]
            return self.rooted(self.arguments()[0], degree, head)
        inverse = exponent is not None and exponent is num(-1) and name in INVERSE
        if inverse:
            self.note(
                head,
                f"{self.source(first, self.index)} is read as the inverse function {_ARC[name]}; "
                f"write 1/{name}(x) for the reciprocal.",
            )
            name, exponent = INVERSE[name], None
        args = self.given_arguments(head, first)
        result = self.build(head, name, args, base)
        if exponent is not None:
            result = self.raised(result, exponent, head)
        return result

    def _has_degree(self) -> bool:
        """Whether this is sqrt[3](x), LaTeX without its backslash."""
        if not self.at(Kind.OPEN, "["):
            return False
        following = self.tokens[self.pairs[self.index] + 1]
        return following.is_a(Kind.OPEN, "(", "{") and not following.gap

    def scripts(self, head: Token) -> tuple[Node | None, Node | None]:
        """The base of a logarithm and the power between a function and its argument."""
        base = exponent = None
        while self.at_operator("_", "^"):
            if self.token.text == "_":
                if head.text != "log" or base is not None:
                    raise self.error(
                        self.token, f"{head.text} takes no subscript.", "Write log_2(x)."
                    )
                self.advance()
                base = self.script()
            elif exponent is None:
                self.advance()
                exponent = self.script()
            else:
                raise self.error(self.token, "There are two powers.", "Write sin^2(x).")
        return base, exponent

    def script(self) -> Node:
        """What stands raised or lowered: a bracket, a number or a letter, with a sign."""
        self.deeper()
        token = self.token
        if self.at_operator("-", "+"):
            self.advance()
            inner = self.script()
            result = neg(inner) if token.text == "-" else inner
        elif self.at(Kind.OPEN, *_ROUND):
            args = self.arguments()
            if len(args) > 1:
                raise self.error(token, "One number is needed here.", "")
            result = args[0]
        elif self.at(Kind.NUMBER):
            result = num(self.advance().value)
        elif self.at(Kind.NAME):
            result = sym(self.advance().text)
        elif self.at(Kind.CONSTANT):
            result = self.factor()
        else:
            raise self.missing()
        self.depth -= 1
        return result

    def given_arguments(self, head: Token, first: int) -> list[Node]:
        """The arguments in brackets, or the one without."""
        opener = self.token
        if not self.at(Kind.OPEN, *_ROUND):
            special = _SPECIAL.get(head.text)
            arity = special.arity if special else FUNCTIONS[head.text].arity
            if arity[0] > 1 or arity[1:] == (None,):
                name = self.source(first, first + 1)
                raise self.error(head, f"{name} needs brackets.", f"Write {name}(x, y).")
            return [self.bare_argument(head, first)]
        args = self.arguments()
        if opener.gap and opener.text == "(" and self.at_operator("^"):
            name = self.source(first, first + 1)
            self.note(
                head,
                f"The power belongs to the whole of {self.source(first, self.index)}; "
                f"write {name}((…)^2) to raise the argument.",
            )
        return args

    def build(self, head: Token, name: str, args: list[Node], base: Node | None) -> Node:
        """The node of a function of these arguments."""
        special = _SPECIAL.get(name)
        low, high = (special.arity[0], special.arity[-1]) if special else FUNCTIONS[name].arity
        if name in ("max", "min") and len(args) == 1 and args[0].op == ARRAY:
            args = list(entries(args[0]))
        if name == "atan" and len(args) == 2:
            self.note(head, "An arctangent of two arguments is read as atan2(y, x), the angle of "
                            "the point (x, y).")  # fmt: skip
            return fn("atan2", *args)
        if len(args) < low or (high is not None and len(args) > high):
            raise self.wrong_number(head, (low, high), len(args))
        for arg in args:
            self.scalar(arg, head)
        if base is not None:
            if len(args) != 1:
                raise self.wrong_number(head, (1, 1), len(args))
            return self.logarithm(head, args[0], base)
        if special:
            return special.build(self, head, args)
        if name in ("factorial", "gamma"):
            self.growth.check_factorial(args[0], head.start, int(name == "gamma"))
        if name == "exp":
            self.growth.check_power(E, args[0], head.start)
        return fn(name, *args)

    def wrong_number(self, head: Token, arity: tuple[int, int | None], given: int) -> Exception:
        """The error for too few or too many arguments."""
        low, high = arity
        span = f"{low}" if high == low else f"{low} or {high}" if high else f"at least {low}"
        plural = "" if (low, high) == (1, 1) else "s"
        name = self.text[head.start : head.end]
        hint = f"Write {name}({', '.join('xyzuvw'[: max(low, 1)])})."
        if given == 2 and high == 1:
            hint += " A decimal number has a point: 0.5."
        return self.error(head, f"{name} takes {span} argument{plural}, not {given}.", hint)


# The rows below stand for what is built of other functions.


def _log(calls: Calls, head: Token, args: list[Node]) -> Node:
    source = calls.text[head.start : head.end]
    if len(args) == 2:
        opener = calls.text[head.end : head.end + 1]
        if source == "Log" and opener == "[":
            calls.note(head, "Log[b, x] is read as in Mathematica: the base comes first.")
            args = [args[1], args[0]]
        return calls.logarithm(head, args[0], args[1])
    calls.note(
        head,
        f"{source.lstrip(chr(92))} is read as the natural logarithm; write log_10(x) or lg(x) "
        "for base ten.",
    )
    return fn("ln", args[0])


def _to_base(base: int) -> _Special:
    return _Special((1,), lambda calls, head, args: calls.logarithm(head, args[0], num(base)))


def _hypot(_calls: Calls, _head: Token, args: list[Node]) -> Node:
    return fn("sqrt", add(*[power(arg, TWO) for arg in args]))


def _root(calls: Calls, head: Token, args: list[Node]) -> Node:
    of, degree = args
    if of.op == NUM and degree.free:
        calls.note(head, f"The root is read as that of degree {of.data}; write root(x, 3).")
        of, degree = degree, of
    return calls.rooted(of, degree, head)


_SPECIAL: dict[str, _Special] = {
    "log": _Special((1, 2), _log),
    "lg": _to_base(10),
    "lb": _to_base(2),
    "cbrt": _Special((1,), lambda _calls, _head, args: fn("root", args[0], num(3))),
    "root": _Special((2,), _root),
    "pow": _Special((2,), lambda calls, head, args: calls.raised(args[0], args[1], head)),
    "hypot": _Special((2, 3), _hypot),
}
