"""How large an input may be.  These limits act before anything is built or computed.

Tidying and evaluating fold constants later on, and exact numbers have as many digits as they have:
so what may grow is bounded here, where a person can still be told.
"""

from __future__ import annotations

import math
from fractions import Fraction

from calc_core.errors import InputError
from calc_core.graph import ADD, CONST, DIV, FN, MUL, NUM, POW, Node, postorder

LENGTH = 2000
TOKENS = 1500
DEPTH = 64
STEPS = 2 * DEPTH + 8  # of the grammar into itself: two a bracket, at most ten Python frames
DIGITS = 30
SCIENTIFIC = 99
EXPONENT = 1000
FACTORIAL = 100
ENTRIES = 100
GROWTH = 2000

_SHOULD_BE_SMALLER = "Write smaller numbers, or a letter for a constant."


def check_text(text: object) -> str:
    """The text itself; InputError if it is no text, empty, or too long."""
    if not isinstance(text, str):
        raise InputError("A formula is given as text.", None, 'Write parse("x^2 y").')
    if len(text) > LENGTH:
        raise InputError(
            f"The text is too long: {len(text)} characters, where at most {LENGTH} can be read.",
            LENGTH,
            "Type one formula.",
        )
    if not text.strip():
        raise InputError("Nothing has been typed yet.", None, "Type a function, such as x^2 y.")
    return text


def check_tokens(number: int, column: int) -> None:
    """At most so many pieces, and so at most about as many nodes."""
    if number > TOKENS:
        raise InputError("The formula has too many parts.", column, "Type a shorter one.")


def check_depth(depth: int, column: int) -> None:
    """At most so many brackets, powers and functions inside each other."""
    if depth > DEPTH:
        raise InputError(
            f"Brackets and powers are nested more than {DEPTH} deep.", column, "Write it flatter."
        )


def check_digits(digits: str, column: int) -> None:
    """At most so many digits in one number."""
    if sum(char.isdigit() for char in digits) > DIGITS:
        raise InputError(
            f"A number has more than {DIGITS} digits.", column, "Round it, or use a letter."
        )


def check_scientific(exponent: str, column: int) -> None:
    """The n of 1e±n."""
    if len(exponent.lstrip("+-0")) > 2:
        raise InputError(
            f"This power of ten is beyond 10^±{SCIENTIFIC}.", column, _SHOULD_BE_SMALLER
        )


def check_steps(steps: int, column: int) -> None:
    """At most so many calls of the grammar inside each other."""
    check_depth(steps - STEPS + DEPTH, column)


class Growth:
    """Bounds the exact numbers that could come out of an expression, without computing them."""

    def __init__(self) -> None:
        self._digits: dict[Node, float] = {}
        self._powers: dict[Node, float] = {}

    def check_power(self, base: Node, exponent: Node, column: int) -> None:
        """Refuses base^exponent if the exponent is a number beyond bounds."""
        value = _size(exponent)
        if value is None:
            return
        steps = max(value, 1.0) * self._power(base)
        if value > EXPONENT or steps > EXPONENT:
            raise InputError(
                f"The exponent is too large: at most {EXPONENT} can be used.",
                column,
                _SHOULD_BE_SMALLER,
            )
        if value * self._growth(base) > GROWTH:
            raise InputError("This power is too large a number.", column, _SHOULD_BE_SMALLER)

    def is_zero(self, node: Node) -> bool:
        """Whether this is a sum, product or power of numbers that comes to zero."""
        if node.free or self._growth(node) > GROWTH:
            return False
        return _exact(node) == 0

    def check_factorial(self, argument: Node, column: int, shift: int = 0) -> None:
        """Refuses the factorial of a number beyond bounds; Γ(u) is that of u − 1."""
        value = _size(argument)
        if value is not None and value > FACTORIAL + shift:
            raise InputError(
                f"This factorial is too large: at most {FACTORIAL}! can be used.",
                column,
                _SHOULD_BE_SMALLER,
            )

    def check_whole(self, *nodes: Node) -> None:
        """Refuses an expression whose numbers may multiply to something monstrous."""
        if sum(self._growth(node) for node in nodes) > GROWTH:
            raise InputError("The numbers in this are too large.", None, _SHOULD_BE_SMALLER)

    def _growth(self, root: Node) -> float:
        """A bound on the decimal digits of any coefficient that folding could make."""
        known = self._digits
        if root in known:
            return known[root]
        for node in postorder(root):
            if node in known:
                continue
            inner = sum(known[a] for a in node.args)
            if node.op == NUM:
                value = node.data
                inner = math.log10(max(abs(value.numerator), value.denominator, 1))
            elif node.op == POW:
                times = _size(node.args[1])
                inner = known[node.args[0]] * max(times or 1.0, 1.0) + known[node.args[1]]
            elif node.op == FN and node.data in ("factorial", "gamma", "beta"):
                inner += 160 if not node.free else 0
            known[node] = inner
        return known[root]

    def _power(self, root: Node) -> float:
        """The largest product of numeric exponents along one branch: 6 for (x^2)^3."""
        known = self._powers
        if root in known:
            return known[root]
        for node in postorder(root):
            if node in known:
                continue
            most = max((known[a] for a in node.args), default=1.0)
            if node.op == POW:
                most *= max(_size(node.args[1]) or 1.0, 1.0)
            known[node] = most
        return known[root]


def _exact(node: Node) -> Fraction | None:
    """The rational number that this is, if arithmetic on rational numbers tells."""
    if node.op == NUM:
        return Fraction(node.data)
    args = [_exact(a) for a in node.args] if node.op in (ADD, MUL, DIV, POW) else []
    known = [a for a in args if a is not None]
    if not known or len(known) < len(args):
        return None
    match node.op:
        case "add":
            return sum(known, Fraction(0))
        case "mul":
            return math.prod(known, start=Fraction(1))
        case "div":
            return known[0] / known[1] if known[1] else None
        case _:
            base, exponent = known
            whole = exponent.denominator == 1 and (base != 0 or exponent > 0)
            return base ** int(exponent) if whole and abs(exponent) <= EXPONENT else None


def _size(root: Node) -> float | None:
    """|root| if that is a number (infinity if it overflows), None if it has letters in it."""
    if root.free:
        return None
    known: dict[Node, float] = {}
    for node in postorder(root):
        try:
            known[node] = _value(node, [known[a] for a in node.args])
        except (OverflowError, ZeroDivisionError, ValueError):
            known[node] = math.inf
    return abs(known[root])


def _value(node: Node, args: list[float]) -> float:
    # Upper bounds in size suffice: a function not listed here is not folded, so it counts as 1.
    match node.op:
        case "num":
            return float(node.data)
        case op if op == CONST:
            return math.pi if node.data == "pi" else math.e
        case op if op == ADD:
            return sum(args)
        case op if op == MUL:
            return math.prod(args)
        case op if op == DIV:
            return args[0] / args[1]
        case op if op == POW:
            return math.pow(abs(args[0]), args[1])
        case op if op == FN:
            return _of_function(node.data, args)
        case _:
            return 1.0


def _of_function(name: str, args: list[float]) -> float:
    match name:
        case "exp":
            return math.exp(args[0])
        case "factorial" | "gamma":
            return math.gamma(abs(args[0]) + 1)
        case "sqrt":
            return math.sqrt(abs(args[0]))
        case "abs" | "floor" | "ceil" | "relu" | "softplus":
            return abs(args[0]) + 1
        case "max" | "min":
            return max(map(abs, args))
        case "sinh" | "cosh":
            return math.cosh(args[0])
        case "tan" | "sec" | "csc" | "cot":
            return 1e3 if args[0] else 1.0
        case _:
            return max((abs(a) for a in args), default=1.0)
