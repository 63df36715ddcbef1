"""Text to tokens, in the language of a person's own working: ∂, ∇ and primes mean something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from calc_core.graph import Node
from calc_core.parse import commands, names
from calc_core.parse.characters import fold
from calc_core.parse.names import Piece
from calc_core.parse.scanner import Scanner
from calc_core.parse.signs import SIGNS, by_first
from calc_core.parse.tokens import Kind, Token

PRIME = "'"
# A prime as an exponent, as editors of LaTeX write it.
_PRIMES = re.compile(r"\^\s*(?:\\prime\b|{\s*(?:(?:\\prime\b|')\s*)+})")
_OPERATORS = {"∂": "partial", "∇": "nabla"}
_WORDS = {"grad": "nabla", "Grad": "nabla", "det": "det", "diff": "diff", "Diff": "diff"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What the letters of a person's working mean.

    ``variables``  those of the functions, in order;
    ``functions``  the functions that are known by name, e.g. f of the exercise;
    ``letters``    all names that stand for numbers;
    ``meant``      those among them that stand for something longer, as u does after u = x y;
    ``unknown``    the functions that are not known, with the arguments they are first seen at;
    ``by``         the variable that a prime stands for, if that is clear;
    ``also``       what else may be differentiated by.
    """

    variables: tuple[str, ...]
    functions: Mapping[str, Node] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()
    meant: frozenset[str] = frozenset()
    unknown: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    by: str = ""
    also: tuple[str, ...] = ()

    @property
    def moving(self) -> tuple[str, ...]:
        """All that may be differentiated by."""
        return (*self.variables, *self.also, *sorted(self.meant))


class WorkingScanner(Scanner):
    """The scanner of formulas, with the signs of differentiation."""

    signs = by_first((*SIGNS, (PRIME, Kind.OPERATOR, PRIME), ('"', Kind.OPERATOR, PRIME * 2)))
    refused_ascii = MappingProxyType(
        {sign: why for sign, why in Scanner.refused_ascii.items() if sign not in "'\""}
    )
    command_tokens = MappingProxyType(
        {
            **commands.TOKENS,
            "partial": (Kind.COMMAND, "partial"),
            "nabla": (Kind.COMMAND, "nabla"),
            "det": (Kind.COMMAND, "det"),
            "prime": (Kind.OPERATOR, PRIME),
            "doubleprime": (Kind.OPERATOR, PRIME * 2),
        }
    )
    scope = Scope(())

    def step(self) -> None:
        """Reads what stands here; ∂ and ∇ mean something in this language."""
        sign = _OPERATORS.get(self.text[self.at])
        if sign:
            self.emit(Kind.COMMAND, sign, self.at, self.at + 1)
        else:
            super().step()

    def split(self, word: str, column: int, call: bool, applied: bool) -> list[Piece]:
        """The parts of a run of letters: grad f and det J may be written without a blank."""
        for size in (len(word), len(word) - 1):
            known = _WORDS.get(word[:size])
            if known:
                rest = word[size:]
                more = super().split(rest, column + size, call, applied) if rest else []
                return [Piece(Kind.COMMAND, known, size), *more]
        return names.split_word(word, column, call, applied)

    def after_underscore(self, at: int) -> tuple[str, int]:
        """The subscript of a letter: all of its letters where they are variables, as in f_uv."""
        end = at
        while end < len(self.text) and self.text[end] in self.scope.moving:
            end += 1
        is_function = self.tokens[-1].text in self.scope.functions
        if is_function and end > at and not self.text[end : end + 1].isalnum():
            return self.text[at:end], end
        return super().after_underscore(at)


def _as_quotes(found: re.Match[str]) -> str:
    """As many primes, in the same space, so that what is wrong further on is found there."""
    count = found[0].count("prime") + found[0].count("'")
    return ("'" * count).ljust(len(found[0]))


def scan_working(text: str, scope: Scope) -> list[Token]:
    """The tokens of one line, an END last.  Raises InputError."""
    scanner = WorkingScanner(_PRIMES.sub(_as_quotes, fold(text)))
    scanner.scope = scope
    scanner.run()
    scanner.finish()
    return scanner.tokens
