"""A place in a text, and what every part of a scanner needs there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from calc_core.errors import InputError
from calc_core.expression import Note
from calc_core.parse import commands, limits, names
from calc_core.parse.characters import GREEK
from calc_core.parse.signs import SIGNS, Sign, by_first
from calc_core.parse.tokens import Kind, Token

_ASCII_REFUSED: dict[str, tuple[str, str]] = {
    "'": commands.REFUSED["prime"],
    '"': ("Quotation marks have no meaning in a formula.", "Type only the formula."),
    "%": ("The sign % has no meaning in a formula.", "Write 0.05 for 5 percent."),
    "#": ("The sign # has no meaning in a formula.", ""),
    "`": ("The sign ` has no meaning in a formula.", ""),
}


class Tape:
    """Holds a folded text, the place that has been reached, and the tokens so far.

    The tables are the vocabulary of formulas of numbers; another language of the same spelling
    (:mod:`calc_core.matrix.language`) puts in its own.
    """

    signs: Mapping[str, list[Sign]] = by_first(SIGNS)
    command_tokens: Mapping[str, tuple[Kind, str]] = commands.TOKENS
    refused_commands: Mapping[str, tuple[str, str]] = commands.REFUSED
    refused_ascii: Mapping[str, tuple[str, str]] = _ASCII_REFUSED
    letters: Mapping[str, tuple[Kind, str]] = {
        **{char: (Kind.NAME, name) for char, name in GREEK.items()},
        "π": (Kind.CONSTANT, "pi"),
        "Γ": (Kind.FUNCTION, "gamma"),
    }
    words_with_digits: Mapping[str, str] = names.WITH_DIGITS
    upright_letters: Mapping[str, str] = {"H": "heaviside", "B": "beta"}
    known_words: Collection[str] = frozenset((*commands.ALL, *names.FUNCTIONS))

    def __init__(self, text: str, offset: int = 0) -> None:
        self.text = text
        self.offset = offset  # of a part that is scanned by itself, such as a superscript
        self.at = 0
        self.tokens: list[Token] = []
        self.notes: list[Note] = []
        self.decimal = False
        self.gap = False
        self.after_word = False
        self.blocks = 0  # how many matrices or cases are open: there & separates entries
        self.indices: dict[str, set[str]] | None = None  # the digits after each letter
        self.displayed = False  # whether this stands in align or the like: there & says nothing

    def finish(self) -> None:
        """The token that ends all."""
        end = len(self.text)
        self.tokens.append(Token(Kind.END, "", end, end))

    def emit(self, kind: Kind, text: str, start: int, end: int, value: int | Fraction = 0) -> None:
        """Hands out a token, and goes on behind it."""
        start, stop = start + self.offset, end + self.offset
        limits.check_tokens(len(self.tokens), start)
        gap, soft = self.gap and not self.after_word, self.gap and self.after_word
        self.tokens.append(Token(kind, text, start, stop, gap, soft, value))
        self.gap = self.after_word = False
        self.at = end

    def refuse(self, at: int, message: str, hint: str = "") -> None:
        """Raises the error at this place."""
        raise InputError(message, at + self.offset, hint)

    def note(self, at: int, message: str) -> None:
        """Tells a choice between two readings."""
        self.notes.append(Note(at + self.offset, message))

    # Parts that are defined further down the line

    def run(self) -> None:
        """Reads it all."""
        raise NotImplementedError
