"""Letters and words: names, constants and functions, with or without gaps between them."""

from __future__ import annotations

import re

from calc_core.functions import FUNCTIONS
from calc_core.parse import names
from calc_core.parse.scripts import DIGITS, LETTERS, Scripts
from calc_core.parse.tokens import Kind

ARGUMENT = re.compile(r"\s*(?:\\left\s*)?[\w(\[{\\|√∛∜.‖]")
_CALL = re.compile(r"\s*(?:\\left\s*)?[(\[{]")


class Words(Scripts):
    """Reads letters, and the words that they make."""

    def split(self, word: str, column: int, call: bool, applied: bool) -> list[names.Piece]:
        """The parts of a run of letters."""
        return names.split_word(word, column, call, applied)

    def word(self) -> None:
        """A run of letters, which may be several names and functions."""
        start = self.at
        found = LETTERS.match(self.text, start)
        assert found is not None
        word, end = found.group(), found.end()
        self.check_attribute(word, end)
        if self.with_digits(word, start, end):
            return
        call = bool(_CALL.match(self.text, end))
        applied = bool(ARGUMENT.match(self.text, end))
        pieces = self.split(word, start + self.offset, call, applied)
        self.note_apart(word, pieces, start)
        for piece in pieces:
            self.emit(piece.kind, piece.text, self.at, self.at + piece.length)
        last = pieces[-1]
        if last.kind is Kind.NAME:
            self.subscript(digits=True)
        self.after_word = last.length > 1 and last.kind in (Kind.NAME, Kind.CONSTANT)

    def check_attribute(self, word: str, end: int) -> None:
        """Refuses what is written as in a program: math.sin."""
        if re.match(r"\.[A-Za-z_]", self.text[end : end + 2]):
            module = word in ("np", "numpy", "math", "Math", "sp", "sympy", "torch", "jnp")
            hint = f"Leave out “{word}.”." if module else "Write * for a product."
            self.refuse(end, "A dot can only stand in a decimal number.", hint)

    def with_digits(self, word: str, start: int, end: int) -> bool:
        """Takes a function whose name ends in digits, if one stands here."""
        digits = DIGITS.match(self.text, end)
        if not digits:
            return False
        name = self.words_with_digits.get(word + digits.group())
        following = self.text[digits.end() : digits.end() + 1]
        # log2x is the logarithm of 2x, as sin2x is the sine of 2x.
        if not name or not (following in "([{\\ " and following):
            return False
        self.emit(Kind.FUNCTION, name, start, digits.end())
        return True

    def note_apart(self, word: str, pieces: list[names.Piece], start: int) -> None:
        """Tells how a word was taken apart, unless that is plain, as in sinx."""
        functions = [i for i, p in enumerate(pieces) if p.kind is Kind.FUNCTION]
        if len(pieces) == 1 or not functions:
            return
        first = pieces[functions[0]].text
        arc = first in ("asin", "acos", "atan")
        if functions[-1] == 0 and not arc:
            return
        hint = "write * between letters if something else is meant"
        if arc:
            hint = f"write a*{first[1:]}(…) for a times the {FUNCTIONS[first[1:]].meaning}"
        self.note(start, f"{word} is read as {_taken_apart(word, pieces)}; {hint}.")

    def greek(self) -> None:
        """A Greek letter, or another that has a row of its own."""
        start = self.at
        kind, name = self.letters[self.text[start]]
        self.emit(kind, name, start, start + 1)
        if kind is Kind.NAME:
            self.subscript(digits=True)


def _taken_apart(word: str, pieces: list[names.Piece]) -> str:
    """x·sin(xy) for xsinxy."""
    parts: list[str] = []
    inside: list[str] | None = None
    at = 0
    for piece in pieces:
        source = word[at : at + piece.length]
        at += piece.length
        if piece.kind is Kind.FUNCTION:
            inside = []
            parts.append(FUNCTIONS[piece.text].latex.strip("\\") if piece.text[0] == "a"
                         and piece.text in FUNCTIONS else source)  # fmt: skip
            continue
        if inside is None:
            parts.append(source)
        elif not inside:
            inside.append(source)
            parts[-1] += f"({source})"
        else:
            parts[-1] = f"{parts[-1][:-1]}{source})"
    return "·".join(parts)
