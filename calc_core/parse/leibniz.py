r"""Derivatives written as fractions of differentials: d/dx, ∂f/∂x, d²/dx², \frac{∂}{∂x}.

Here is only found out whether such a fraction stands at a place, and what its parts are; what they
mean is the business of :mod:`calc_core.parse.derivative_notation`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from calc_core.parse.tokens import Kind, Token

# Nobody differentiates more often by hand; a larger exponent is no order.
HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Leibniz:
    """A fraction of differentials.

    ``top``  the first and the last index (not included) of what is differentiated, if it stands
             above the bar; None where it follows;
    ``by``   the names of the variables, the innermost last, as they are written;
    ``end``  the index behind the fraction;
    ``at_once``  how often it is by all of them at once, ∂f/∂(x, y); 0 for one after the other.
    """

    top: tuple[int, int] | None
    by: tuple[str, ...]
    end: int
    at_once: int = 0


class Differentials:
    """Finds fractions of differentials among the tokens.

    ``only``  the variables that d may stand before, where d is a letter as well; None for any.
    """

    def __init__(
        self, tokens: list[Token], pairs: dict[int, int], only: Collection[str] | None = None
    ) -> None:
        self._tokens = tokens
        self._pairs = pairs
        self._only = only

    def at(self, i: int) -> Leibniz | None:
        """The fraction that begins at index i, or None."""
        if self._tokens[i].is_a(Kind.COMMAND, "frac"):
            return self._fraction(i)
        return self._slashed(i) if self._is_d(i) else None

    def _is_d(self, i: int) -> bool:
        token = self._tokens[i]
        return token.is_a(Kind.NAME, "d") or token.is_a(Kind.COMMAND, "partial")

    def _slashed(self, i: int) -> Leibniz | None:
        order, first = self._order(i + 1)
        end = self._end_of_top(first)
        if not self._tokens[end].is_a(Kind.OPERATOR, "/"):
            return None
        bottom = end + 1
        top = (first, end) if end > first else None
        several = self._several(bottom)
        if several:
            times, after = self._order(self._pairs[bottom + 1] + 1)
            return Leibniz(top, several, after, times) if times == order else None
        closed = self._tokens[bottom].is_a(Kind.OPEN, "(") and self._is_d(bottom + 1)
        found = self._below(bottom + closed, order)
        if found is None:
            return None
        by, after = found
        if closed and after != self._pairs[bottom]:
            return None
        return Leibniz(top, by, after + closed)

    def _several(self, i: int) -> tuple[str, ...]:
        """The names in ∂(x, y); none if something else stands here."""
        if not self._is_d(i) or not self._tokens[i + 1].is_a(Kind.OPEN, "("):
            return ()
        inside = self._tokens[i + 2 : self._pairs[i + 1]]
        regular = all(token.kind is Kind.NAME for token in inside[::2]) and all(
            token.is_a(Kind.OPERATOR, ",") for token in inside[1::2]
        )
        return tuple([token.text for token in inside[::2]]) if regular else ()

    def _end_of_top(self, i: int) -> int:
        """The index behind what stands between ∂ and the bar; i itself where nothing does."""
        token = self._tokens[i]
        if token.kind is Kind.OPEN:
            return self._pairs[i] + 1
        if token.kind not in (Kind.NAME, Kind.FUNCTION):
            return i
        called = self._tokens[i + 1].is_a(Kind.OPEN, "(", "[")
        return self._pairs[i + 1] + 1 if called else i + 1

    def _fraction(self, i: int) -> Leibniz | None:
        top, bottom = self._group(i + 1), 0
        if top is None or not self._is_d(i + 2):
            return None
        below = self._group(top[1] + 1)
        if below is None:
            return None
        order, first = self._order(i + 3)
        found = self._below(below[0], order)
        if found is None or found[1] != below[1]:
            return None
        bottom = below[1] + 1
        return Leibniz((first, top[1]) if top[1] > first else None, found[0], bottom)

    def _group(self, i: int) -> tuple[int, int] | None:
        """(first index, index of the closing brace) of the braces that open at i."""
        return (i + 1, self._pairs[i]) if self._tokens[i].is_a(Kind.OPEN, "{") else None

    def _order(self, i: int) -> tuple[int, int]:
        """The n of ∂ⁿ and the index behind it; 1 where there is none."""
        if not self._tokens[i].is_a(Kind.OPERATOR, "^"):
            return 1, i
        braced = self._tokens[i + 1].is_a(Kind.OPEN, "{")
        number = self._tokens[i + 1 + braced]
        if number.kind is not Kind.NUMBER or number.value not in range(1, HIGHEST + 1):
            return 0, i
        return int(number.value), i + 2 + 2 * braced

    def _below(self, i: int, order: int) -> tuple[tuple[str, ...], int] | None:
        """The variables of as many differentials as the order says, and the index behind them."""
        by: list[str] = []
        while len(by) < order:
            if not self._is_d(i) or self._tokens[i + 1].kind is not Kind.NAME:
                return None
            name = self._tokens[i + 1].text
            if self._tokens[i].kind is Kind.NAME and name not in (self._only or (name,)):
                return None
            times, after = self._order(i + 2)
            if len(by) + times > order or times == 0:
                times, after = 1, i + 2
            by += [name] * times
            i = after
        return (tuple(by), i) if by else None
