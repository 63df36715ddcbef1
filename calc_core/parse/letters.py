"""Letters: variables and constants, or unknown functions if they stand before a bracket."""

from __future__ import annotations

from calc_core.functions import FUNCTIONS
from calc_core.graph import Node, app, sym
from calc_core.parse.calls import Calls
from calc_core.parse.commands import REFUSED
from calc_core.parse.tokens import Kind, Token
from calc_core.parse.variables import is_usual, letter_of

_FUNCTION_LETTERS = frozenset(("f", "g", "h", "F", "G", "H", "phi", "psi", "Phi", "Psi"))
_OUTER_LETTERS = frozenset("uvwpqrxyz")
_NAMED_BY_LETTER = {"gamma": ("gamma", "gamma function"), "sigma": ("sigmoid", "sigmoid function")}


class Letters(Calls):
    """Tells a function of a bracket from a product with it."""

    _bare: set[str] | None = None

    def letter(self) -> Node:
        """A variable or constant; with its arguments if it is an unknown function."""
        i = self.index
        name = self.advance().text
        if self.at(Kind.OPEN, "(", "[", "."):
            known = self.applied(i, name)
            if known:
                args = [self.scalar(arg, self.tokens[i]) for arg in self.arguments()]
                if known in FUNCTIONS:
                    return self.build(self.tokens[i], known, args, None)
                return app(name, tuple(args))
        return sym(name)

    def applied(self, i: int, name: str) -> str:
        """The function that this letter before a bracket is; empty if the two are multiplied."""
        token, opener = self.tokens[i], self.tokens[i + 1]
        several = self.has_comma(i + 1)
        bare = self.stands_bare(name)
        if name in self.declared or (several and bare):
            if several:
                raise self.error(token, f"{name} is used as a variable and as a function.",
                                 "Give one of them another letter.")  # fmt: skip
            return ""
        if name == "beta" and several:
            return "beta"
        if several:
            self._check_function_name(i, name)
        if letter_of(name) in _FUNCTION_LETTERS and not bare:
            # h(R + r) may be a height times a sum; f(x + y) is hardly ever a product.
            if (
                letter_of(name) not in ("f", "g", "F", "G")
                and not several
                and self.pairs[i + 1] != i + 3
            ):
                self._note_function(token, name, name)
            return name
        if several:
            self._note_function(token, name, "")
            return name
        if opener.gap or bare:
            return ""
        # γ(x − vt) is a product; whoever spells gamma(x) out means the function.
        greek = name == "gamma" and self.text[token.start : token.end] != "gamma"
        if name in _NAMED_BY_LETTER and not greek:
            function, words = _NAMED_BY_LETTER[name]
            self._note_function(token, f"the {words}", name)
            return function
        if self.is_outer(i, name):
            self._note_function(token, name, name)
            return name
        return ""

    def _check_function_name(self, i: int, name: str) -> None:
        """Refuses what looks like an unknown function of several letters, and D(f, x)."""
        token, before = self.tokens[i], self.tokens[max(i - 1, 0)]
        if name == "D":
            raise self.error(token, *REFUSED["partial"])
        glued = before.kind is Kind.NAME and before.end == token.start and i > 0
        if glued and letter_of(name) not in _FUNCTION_LETTERS:
            shown = self.source(i - 1, i + 1)
            raise self.error(
                before, f"The function “{shown}” is not known.", "Give it a single letter."
            )

    def _note_function(self, token: Token, what: str, product: str) -> None:
        i = self.index - 1
        shown = self.source(i, self.pairs[i + 1] + 1)
        inside = self.source(i + 2, self.pairs[i + 1])
        reading = what if what.startswith("the ") else f"a function {what} of {inside}"
        other = f"; write {product}*({inside}) for a product" if product else ""
        self.note(token, f"{shown} is read as {reading}{other}.")

    def is_outer(self, i: int, name: str) -> bool:
        """Whether this is written as u(x) or x(t) is: a letter of one bare variable."""
        inner = self.tokens[i + 2]
        if inner.kind is not Kind.NAME or self.pairs[i + 1] != i + 3 or inner.text == name:
            return False
        if letter_of(name) in _OUTER_LETTERS:
            return is_usual(inner.text)
        return inner.text in ("t", "s")

    def has_comma(self, opener: int) -> bool:
        """Whether there is a comma in this bracket, not deeper."""
        i, close = opener + 1, self.pairs[opener]
        while i < close:
            if self.tokens[i].is_a(Kind.OPERATOR, ","):
                return True
            i = self.pairs.get(i, i) + 1
        return False

    def stands_bare(self, name: str) -> bool:
        """Whether the name stands somewhere without a bracket after it."""
        if self._bare is None:
            self._bare = {
                token.text
                for token, following in zip(self.tokens, self.tokens[1:], strict=False)
                if token.kind is Kind.NAME and not _opens_a_list(token, following)
            }
        return name in self._bare


def _opens_a_list(token: Token, following: Token) -> bool:
    loose = letter_of(token.text) in _FUNCTION_LETTERS
    return following.is_a(Kind.OPEN, "(", "[", ".") and (loose or not following.gap)
