"""Text to tokens.  Plain text, Unicode and LaTeX are one language here, told apart sign by sign.

The parts of a scanner build on each other, each in its own module: tape, scripts, words, latex.
"""

from __future__ import annotations

import re
from fractions import Fraction

from calc_core.expression import Note
from calc_core.parse import commands, limits
from calc_core.parse.characters import fold, numeric, script
from calc_core.parse.latex import Latex
from calc_core.parse.signs import DEGREES
from calc_core.parse.tokens import Kind, Token

_NUMBER = re.compile(r"[0-9]+(?:\.(?![*/^.])[0-9]*)?|\.[0-9]+")
_SCIENTIFIC = re.compile(r"[eE][+-]?[0-9]+")


def scan(text: str) -> tuple[list[Token], list[Note], bool]:
    """The tokens (an END last), the choices that were made, and whether there are decimals."""
    scanner = Scanner(fold(text))
    scanner.run()
    scanner.finish()
    return scanner.tokens, scanner.notes, scanner.decimal


class Scanner(Latex):
    """Reads a folded text sign by sign."""

    def run(self) -> None:
        """Reads it all."""
        while self.at < len(self.text):
            self.step()

    def step(self) -> None:
        """Reads what stands here."""
        char = self.text[self.at]
        if char.isspace() or char == "~":
            self.gap = True
            self.at += 1
        elif char == "$":
            self.at += 1
        elif char in "0123456789" or self.decimal_point():
            self.number()
        elif char.isascii() and char.isalpha():
            self.word()
        elif char in self.letters:
            self.greek()
        elif char == "\\":
            self.command()
        elif char in commands.SIGNS:
            name = commands.SIGNS[char]
            self.refuse(self.at, *self.refused_commands.get(name, commands.REFUSED[name]))
        elif script(char).startswith("super"):
            self.superscript()
        elif script(char).startswith("sub"):
            self.lowered()
        elif numeric(char):
            top, bottom = numeric(char) or (0, 1)
            self.emit(Kind.NUMBER, char, self.at, self.at + 1, Fraction(top, bottom))
        else:
            self.sign()

    def decimal_point(self) -> bool:
        """Whether a number begins with its point here, as .5 does."""
        return bool(re.match(r"\.[0-9]", self.text[self.at : self.at + 2]))

    def number(self) -> None:
        """A number, perhaps with a power of ten."""
        start = self.at
        found = _NUMBER.match(self.text, start)
        assert found is not None
        digits = found.group()
        limits.check_digits(digits, start + self.offset)
        if self.text[found.end() - 1] == "." and not self.text[found.end() :].strip(" $.,;"):
            digits = digits.rstrip(".")
        end = start + len(digits)
        value = Fraction(digits.rstrip(".") if digits.endswith(".") else digits)
        power = _SCIENTIFIC.match(self.text, end)
        if power:
            limits.check_scientific(power.group()[1:], start + self.offset)
            value *= Fraction(10) ** int(power.group()[1:])
            whole = digits + power.group()
            end = power.end()
            self.note(
                start,
                f"{whole} is read as {digits} times a power of ten; "
                f"write {digits}*e for a multiple of e.",
            )
        self.decimal = self.decimal or "." in digits.rstrip(".") or bool(power)
        number = value.numerator if value.denominator == 1 else value
        self.emit(Kind.NUMBER, self.text[start:end], start, end, number)

    def sign(self) -> None:
        """A sign of the table, the longest that fits."""
        start = self.at
        char = self.text[start]
        if char in self.refused_ascii:
            self.refuse(start, *self.refused_ascii[char])
        if self.text.startswith("...", start):
            self.refuse(start, *self.refused_commands["dots"])
        if self.text.startswith("||", start) and re.match(r"\s\|\|\s", self.text[start - 1 :]):
            # Between blanks it is the "or" of programming; touching something, it is a norm.
            self.emit(Kind.WORD, "or", start, start + 2)
            return
        if char == "&" and self.blocks <= 0 and not self.text.startswith("&&", start):
            if self.displayed:
                self.at = start + 1
            else:
                self.emit(Kind.WORD, "and", start, start + 1)
            return
        if self.text.startswith("__", start):
            self.refuse(start, "Two underscores have no meaning.", "Write x_1 for a variable.")
        for sign, kind, text in self.signs.get(char, ()):
            if self.text.startswith(sign, start):
                self.emit(kind, text, start, start + len(sign), DEGREES.get(sign, 0))
                return
        self.refuse(start, f"The sign {char} has no meaning in a formula.", "")
