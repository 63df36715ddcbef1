r"""Formulas in which derivatives are still to be worked out, as people write them line by line.

``d/dx[x^2]``, ``∂/∂x (…)``, ``\frac{\partial f}{\partial x}``, ``(x^2)'``, ``f_x``, ``∂_x f``,
``diff(f, x)``, ``∇f`` and ``J_f`` are read as inert derivatives.  This is the language of a
person's own working only: everywhere else the app differentiates, and a derivative is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from calc_core.graph import (
    ARRAY,
    CONST,
    MUL,
    NUM,
    SYM,
    D,
    Node,
    app,
    array,
    at,
    div,
    fn,
    mul,
    substitute,
    sym,
)
from calc_core.parse.cursor import SUM
from calc_core.parse.grammar import Grammar
from calc_core.parse.leibniz import Differentials, Leibniz
from calc_core.parse.tokens import Kind, Token
from calc_core.parse.working_scanner import PRIME, Scope

_COMMANDS = ("partial", "nabla", "det", "diff")
# Letters for all the first, and all the second partial derivatives of a function.
_FIRST, _SECOND = ("J", "D"), ("H",)
_WHICH = "Write ∂/∂x(…) with the variable in the place of x."


class WorkingGrammar(Grammar):
    """Reads formulas of numbers and vectors in which derivatives are inert.

    Sums and products of vectors are left as they stand: ``mul`` of arrays.
    """

    def __init__(self, tokens: list[Token], pairs: dict[int, int], text: str, scope: Scope) -> None:
        super().__init__(tokens, pairs, text, scope.letters | frozenset(scope.variables))
        self._scope = scope
        only = scope.moving if "d" in scope.letters else None
        self._differentials = Differentials(tokens, pairs, only)

    # ── what this language has that others have not ───────────────────────────────────────────

    def scalar(self, node: Node, token: Token) -> Node:
        """Vectors may be added and multiplied here."""
        return node if node.op == ARRAY else super().scalar(node, token)

    def starts_operand(self) -> bool:
        """Whether the next token begins an operand."""
        if self._at_bar():
            return False
        return self.at(Kind.COMMAND, *_COMMANDS) or super().starts_operand()

    def atom(self) -> Node:
        """What cannot be taken apart, with its primes."""
        start = self.index
        node = self._atom()
        while self.at_operator(PRIME, PRIME * 2) or self._at_subscript():
            if start and self.tokens[start - 1].is_a(Kind.OPERATOR, "^"):
                raise self.error(self.token, "It is not clear what is differentiated here.",
                                 "Write brackets around it: (x^2)'.")  # fmt: skip
            node = self._primed(node)
        return node

    def term(self) -> Node:
        """A product; a bar behind it says where to take its value."""
        node = super().term()
        while self._at_bar():
            if node.op == MUL and node.args[-1].shape:
                # v · H|_(0, 0): the value is that of the matrix alone.
                node = mul(*node.args[:-1], self._below_bar(node.args[-1]))
            else:
                node = self._below_bar(node)
            if self.accept(Kind.OPERATOR, "^"):
                node = self.raised(node, self._exponent(), self.before)
            if self.accept(Kind.OPERATOR, "*") or self.starts_operand():
                node = mul(node, super().term())
        return node

    def _atom(self) -> Node:
        token = self.token
        found = self._differentials.at(self.index)
        if found is not None:
            return self._fraction_of_differentials(found)
        if token.is_a(Kind.COMMAND, "partial"):
            return self._subscripted_operator()
        if token.is_a(Kind.COMMAND, "nabla"):
            return self._gradient()
        if token.is_a(Kind.COMMAND, "diff"):
            self.advance()
            return self._call_of_diff(token)
        if token.is_a(Kind.COMMAND, "det"):
            return self._determinant()
        return super().atom()

    def _primed(self, node: Node) -> Node:
        """The node differentiated as the prime, or the subscript of a bracket, says."""
        token = self.token
        times = self._primes()
        if not self._scope.by and not self._at_subscript():
            raise self.error(token, "It is not clear by which variable the prime is.", _WHICH)
        by = (sym(self._scope.by),) * times
        if self._at_subscript():
            self.advance()
            by = self._indices(self.script(), token) * max(times, 1)
        if node.op in (NUM, CONST):
            raise self.error(token, "A number is differentiated here.",
                             "Write brackets around what the prime belongs to.")  # fmt: skip
        return _differentiated(node, by)

    def _at_subscript(self) -> bool:
        """Whether a bracket, or a prime, has a variable as its index here: (x y)_x."""
        before = self.before if self.index else None
        behind = before is not None and (
            before.kind is Kind.CLOSE or before.is_a(Kind.OPERATOR, PRIME)
        )
        if not behind or not self.at_operator("_"):
            return False
        braced = self.peek().is_a(Kind.OPEN, "{")
        return self.peek(1 + braced).text in self._scope.moving

    # ── values at a point ─────────────────────────────────────────────────────────────────────

    def _at_bar(self) -> bool:
        r"""Whether a bar says where to take the value: (2x)|_(x=1, y=2), \left. … \right|_{…}."""
        if self.at_operator("_"):
            return bool(self.index) and self.before.is_a(Kind.CLOSE, "|")
        return self.at(Kind.BAR, "|") and self.peek().is_a(Kind.OPERATOR, "_")

    def _below_bar(self, node: Node) -> Node:
        self.accept(Kind.BAR, "|")
        token = self.advance()
        if not self.at(Kind.OPEN, "(", "{"):
            raise self.error(token, "The point is missing behind the bar.",
                             "Write (2x)|_(x=1, y=2).")  # fmt: skip
        end = self.pairs[self.index]
        self.advance()
        if self.at(Kind.OPEN, "(") and self.pairs[self.index] == end - 1:
            self.advance()
        table = self._assignments()
        self.index = end + 1
        return _at(node, table)

    def _assignments(self) -> dict[Node, Node]:
        """The values: x = 1, y = 2; or 1, 2 for the variables in their order."""
        names, values = [], []
        while True:
            if self.at(Kind.NAME) and self.peek().is_a(Kind.RELATION, "eq"):
                names.append(self.advance().text)
                self.advance()
            values.append(self.expression(SUM))
            if not self.accept(Kind.OPERATOR, ","):
                break
        chosen = names or list(self._scope.variables)
        if len(chosen) != len(values):
            raise self.error(self.token, f"The point needs {len(chosen)} numbers.",
                             f"Write one for each of {', '.join(chosen)}.")  # fmt: skip
        return {sym(x): v for x, v in zip(chosen, values, strict=True)}

    # ── operators ─────────────────────────────────────────────────────────────────────────────

    def _fraction_of_differentials(self, found: Leibniz) -> Node:
        head = self.token
        for name in found.by:
            self._check_variable(name, head)
        # ∂²/∂y∂x differentiates by x first.
        by = (_vector(found.by),) * found.at_once or tuple(map(sym, found.by[::-1]))
        if found.top is None:
            self.index = found.end
            return self._operated(by, head)
        self.index = found.top[0]
        applied = self._known_name(self.token.text) if self.token.kind is Kind.NAME else None
        node = applied if applied is not None else self._top(found.top[1])
        self.index = found.end
        node = _differentiated(node, by)
        return self._at_point(node) if applied is not None else node

    def _top(self, end: int) -> Node:
        node = self.factor()
        if self.index != end:
            raise self.error(self.token, "It is not clear what is differentiated here.",
                             "Write brackets around it: ∂/∂x(…).")  # fmt: skip
        return node

    def _subscripted_operator(self) -> Node:
        """∂_x f."""
        head = self.advance()
        if not self.at_operator("_"):
            raise self.error(head, "This ∂ belongs to no derivative.", _WHICH)
        self.advance()
        return self._operated(self._indices(self.script(), head), head)

    def _indices(self, index: Node, token: Token) -> tuple[Node, ...]:
        """The variables of a subscript, the one to differentiate by first in front."""
        by = index.args if index.op == MUL else (index,)
        for letter in by:
            self._check_variable(str(letter.data), token)
        return by

    def _check_variable(self, name: str, token: Token) -> None:
        if name not in self._scope.moving and name not in self.declared:
            raise self.error(token, f"{name} is no variable of this exercise.", _WHICH)

    def _operated(self, by: tuple[Node, ...], head: Token) -> Node:
        """What follows an operator such as ∂/∂x, differentiated."""
        known = self._known_name(self.token.text) if self.at(Kind.NAME) else None
        if known is not None:
            return self._at_point(_differentiated(known, by))
        return _differentiated(self._operand(head), by)

    def _operand(self, head: Token) -> Node:
        """What an operator works on: the bracket that follows, or else a whole term."""
        if self.at(Kind.OPEN):
            close = self.pairs[self.index]
            raised = self.tokens[close + 1].is_a(Kind.OPERATOR, "^")
            round_one = self.at(Kind.OPEN, "(")
            return self.factor() if raised and round_one else self.bracket()
        if not self.starts_operand():
            raise self.error(head, "What is to be differentiated is missing here.",
                             "Write it in brackets: d/dx(x^2).")  # fmt: skip
        node = self.factor()
        while not self._differentials.at(self.index):
            if self.at_operator("*", "/") and not self._differentials.at(self.index + 1):
                divides = self.advance().text == "/"
                right = self.factor()
                node = div(node, right) if divides else mul(node, right)
            elif self.starts_operand():
                node = mul(node, self.factor())
            else:
                break
        return node

    def _gradient(self) -> Node:
        """∇f, ∇f(1, 2), ∇(x² y)."""
        head = self.advance()
        known = self._known_name(self.token.text) if self.at(Kind.NAME) else None
        node = known if known is not None else self._operand(head)
        gradient = D(node, self._point())
        return self._at_point(gradient) if known is not None else gradient

    def _call_of_diff(self, head: Token) -> Node:
        """diff(u, x, y)."""
        if not self.at(Kind.OPEN, "(", "["):
            raise self.error(head, "Brackets are missing.", "Write diff(x^2 y, x).")
        node, *by = self.arguments()
        if not by or any(x.op != SYM for x in by):
            raise self.error(head, "The variable is missing.", "Write diff(x^2 y, x).")
        return _differentiated(node, tuple(by))

    def _determinant(self) -> Node:
        """Det J: |J|, which is worked out with the vectors."""
        head = self.advance()
        return fn("abs", self._operand(head))

    # ── names ─────────────────────────────────────────────────────────────────────────────────

    def letter(self) -> Node:
        """A letter: a number, a known function, a partial derivative such as f_x, a Jacobian."""
        token = self.token
        if token.text in self.declared:
            return super().letter()
        if token.text == "D" and self._is_call_of_diff():
            self.advance()
            return self._call_of_diff(token)
        operator = self._operator_by_letter(token)
        if operator is not None:
            return operator
        head, _, index = token.text.partition("_")
        if head in self._scope.unknown:
            return self._unknown_function(head, index)
        known = self._known_name(token.text)
        if known is None:
            return super().letter()
        if not self.at_operator(PRIME, PRIME * 2):
            return self._at_point(known)
        derivative = self._primed(known)
        return self._primed_at(derivative) if self.at(Kind.OPEN, "(") else derivative

    def _primed_at(self, derivative: Node) -> Node:
        """f'(x), which many write for the derivative by x of a function of several variables."""
        inside = self.tokens[self.index + 1 : self.pairs[self.index]]
        if len(inside) == 1 and inside[0].text == self._scope.by:
            self.index = self.pairs[self.index] + 1
            return derivative
        return self._called(derivative)

    def _primes(self) -> int:
        times = 0
        while self.at_operator(PRIME, PRIME * 2):
            times += len(self.advance().text)
        return times

    def _unknown_function(self, name: str, index: str) -> Node:
        """The values g(u), g'(u), g_x(x, y) and g_1(u, v) of an unknown function."""
        token = self.advance()
        formal = self._scope.unknown[name]
        times = self._primes()
        by = [formal.index(x) for x in self._variables_in(index) if x in formal]
        by += [int(digit) - 1 for digit in index if digit.isdigit()]
        by += [0] * times
        regular = len(by) == len(index) + times and (not times or len(formal) == 1)
        if not regular or not all(0 <= i < len(formal) for i in by):
            raise self.error(token, f"It is not clear how {name} is differentiated here.", _WHICH)
        args = self.arguments() if self.at(Kind.OPEN, "(") else list(formal)
        if len(args) != len(formal):
            raise self.error(token, f"{name} takes {len(formal)} arguments.", "")
        orders = tuple([by.count(i) for i in range(len(formal))])
        return app(name, tuple([self.scalar(a, token) for a in args]), orders)

    def _is_call_of_diff(self) -> bool:
        opener = self.index + 1
        return self.tokens[opener].is_a(Kind.OPEN, "(", "[") and self.has_comma(opener)

    def _operator_by_letter(self, token: Token) -> Node | None:
        """D_x f; and Df, Jf, Hf for all the variables at once."""
        head, _, index = token.text.partition("_")
        following = self.peek()
        if head == "D" and index in self._scope.moving:
            self.advance()
            return self._operated((sym(index),), token)
        named = following.kind is Kind.NAME and following.text in self._scope.functions
        if index or not named or (head != "D" and following.gap):
            return None
        found = self._collected(head, following.text)
        if found is not None:
            self.index += 2
            found = self._at_point(found)
        return found

    def _known_name(self, name: str) -> Node | None:
        """What a name of the scope means; its token is taken.  None for any other name."""
        found = self._meaning(name)
        if found is not None:
            self.advance()
        return found

    def _meaning(self, name: str) -> Node | None:
        functions = self._scope.functions
        if name in self.declared:
            return None
        if name in functions:
            return functions[name]
        head, _, index = name.partition("_")
        by = self._variables_in(index)
        if by:
            known = sym(head) if head in self._scope.meant else functions.get(head)
            if known is None and head not in self.declared and self._is_one():
                # z_x of z = f(x, y): whatever the letter, there is only one function.
                known = next(iter(functions.values()))
            return None if known is None else _differentiated(known, by)
        return self._collected(head, index)

    def _variables_in(self, index: str) -> tuple[Node, ...]:
        if index in self._scope.moving:
            return (sym(index),)
        known = all(letter in self._scope.moving for letter in index)
        return tuple(map(sym, index)) if known else ()

    def _collected(self, head: str, index: str) -> Node | None:
        """J, J_f, H, H_f: all the derivatives of the one function, or of the one named."""
        functions = self._scope.functions
        if head not in _FIRST + _SECOND or (not index and (not self._is_one() or head == "D")):
            return None
        f = functions.get(index or next(iter(functions)))
        if f is None:
            return None
        x = self._point()
        return D(D(f, x), x) if head in _SECOND else D(f, x)

    def _is_one(self) -> bool:
        """Whether there is one function only, perhaps by several names."""
        return len(set(self._scope.functions.values())) == 1

    def _point(self) -> Node:
        return _vector(self._scope.variables)

    def _at_point(self, node: Node) -> Node:
        """The node at the arguments that follow, as in f_x(1, 2); itself where none do."""
        return self._called(node) if self.at(Kind.OPEN, "(") and self._holds_a_point() else node

    def _called(self, node: Node) -> Node:
        token = self.token
        values = self.arguments()
        if len(values) == 1 and values[0].op == ARRAY:
            values = list(values[0].args)
        if len(values) != len(self._scope.variables):
            wanted = ", ".join(self._scope.variables)
            raise self.error(token, f"The point needs {len(self._scope.variables)} numbers.",
                             f"Write one for each of {wanted}.")  # fmt: skip
        return _at(node, dict(zip(map(sym, self._scope.variables), values, strict=True)))

    def _holds_a_point(self) -> bool:
        """Whether the bracket that opens here is a list of arguments, and no factor."""
        return self.has_comma(self.index) or len(self._scope.variables) == 1


def _at(node: Node, table: Mapping[Node, Node]) -> Node:
    if all(x is v for x, v in table.items()):
        return node
    return at(node, table) if node.inert else substitute(node, table)


def _vector(names: tuple[str, ...]) -> Node:
    return array((len(names),), [sym(name) for name in names])


def _differentiated(node: Node, by: tuple[Node, ...]) -> Node:
    """The inert derivative by each variable in turn."""
    for x in by:
        node = D(node, x)
    return node
