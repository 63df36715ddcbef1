"""Text to tokens: the scanner of formulas with the vocabulary of matrices."""

from __future__ import annotations

import re
from fractions import Fraction

from calc_core.matrix.language import names, vocabulary
from calc_core.parse import commands
from calc_core.parse.characters import fold
from calc_core.parse.names import Piece
from calc_core.parse.scanner import Scanner
from calc_core.parse.signs import by_first
from calc_core.parse.tokens import Kind, Token

_MODULE = re.compile(r"(?:np|numpy|jnp|torch|tf|scipy|sp|math|LinearAlgebra|linalg)(?:\.linalg)?\.")
_BOLD = frozenset(("mathbf", "boldsymbol", "bm", "vec", "pmb", "bold", "textbf", "overrightarrow"))
_BOLD_ONE = re.compile(r"\s*(?:\{\s*1\s*\}|1)")
_BOLD_GREEK = re.compile(r"\s*\{?\s*\\?([A-Za-z]+|[α-ω])")
_POWER_OF_CALL = re.compile(r"\^\{?[0-9]|[²³]")
_DIGITS_AND_MORE = re.compile(r"([0-9]+)([A-Za-z]*)")
_CALLED = re.compile(r"\.?\(")
_LATEX = re.compile(r"\\[A-Za-z]{2,}|[_^]\{")


def scan(text: str) -> MatrixScanner:
    """The scanner after its work: its tokens (an END last), notes and bold names."""
    scanner = MatrixScanner(fold(text, vocabulary.KEPT))
    scanner.run()
    scanner.finish()
    return scanner


class MatrixScanner(Scanner):
    """Adds transposes, norms and the operators of matrices."""

    signs = by_first(vocabulary.MATRIX_SIGNS)
    command_tokens = vocabulary.COMMANDS
    refused_commands = vocabulary.REFUSED_COMMANDS
    refused_ascii = vocabulary.REFUSED_ASCII
    letters = vocabulary.LETTERS
    words_with_digits = vocabulary.WITH_DIGITS
    upright_letters = vocabulary.UPRIGHT_LETTERS
    known_words = frozenset((*commands.ALL, *vocabulary.COMMANDS))

    def __init__(self, text: str, offset: int = 0) -> None:
        super().__init__(text, offset)
        self.bold: set[str] = set()  # Greek letters in bold: vectors
        self.open_bars = [0]  # for every bracket that is open, whether a single bar is
        self.plain = not _LATEX.search(text)  # no LaTeX: a backslash may solve

    def emit(self, kind: Kind, text: str, start: int, end: int, value: int | Fraction = 0) -> None:
        """Hands out a token, and keeps count of the bars that are open."""
        super().emit(kind, text, start, end, value)
        if kind is Kind.OPEN:
            self.open_bars.append(0)
        elif kind is Kind.CLOSE and len(self.open_bars) > 1:
            self.open_bars.pop()

    def split(self, word: str, column: int, call: bool, applied: bool) -> list[Piece]:
        """The parts of a run of letters."""
        # In x^TAx the exponent is the T alone.
        if word.startswith("T") and len(word) > 1 and self._is_raised():
            at = column - self.offset + 1
            following = self.text[at + len(word) - 1 :]
            rest = word[1:]
            applied_rest = bool(following.strip())
            more = names.split_word(rest, column + 1, following[:1] == "(", applied_rest)
            return [Piece(Kind.NAME, "T", 1), *more]
        # tr^2(X) is a trace, as tr(X) is.
        end = column - self.offset + len(word)
        applied = applied or bool(_POWER_OF_CALL.match(self.text, end))
        return names.split_word(word, column, call, applied)

    def _is_raised(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].is_a(Kind.OPERATOR, "^")

    def note_apart(self, word: str, pieces: list[Piece], start: int) -> None:
        """Words are taken apart only where that is plain."""

    def with_digits(self, word: str, start: int, end: int) -> bool:
        """A word with digits in it, such as atan2, log1p and l2norm; some are refused by name."""
        found = _DIGITS_AND_MORE.match(self.text, end)
        if found is None:
            return False
        if not _CALLED.match(self.text, found.end()):
            return super().with_digits(word, start, end)
        whole = word + found.group()
        refused = vocabulary.REFUSED_WITH_DIGITS.get(whole.lower())
        if refused:
            self.refuse(start, *refused)
        known = self.words_with_digits.get(whole) or self.words_with_digits.get(whole.lower())
        if known:
            self.emit(Kind.FUNCTION, known, start, found.end())
            return True
        if len(word) > 2 and word in vocabulary.WORDS and not found.group(2):
            digits = found.group(1)
            self.note(start, f"{whole}(…) is read as {word}({digits}·(…)).")
        return False

    def check_attribute(self, word: str, end: int) -> None:
        """A dot behind a name may be that of A.T: the grammar decides."""

    def step(self) -> None:
        """Reads what stands here; the name of a module before a word says nothing."""
        if self.text[self.at] == "∞":
            self.emit(Kind.CONSTANT, "infinity", self.at, self.at + 1)
            return
        module = _MODULE.match(self.text, self.at)
        before = self.text[self.at - 1 : self.at]
        if module and not before.isalnum():
            self.at = module.end()
        else:
            super().step()

    def unknown_command(self, name: str, start: int) -> None:
        r"""A\b in plain text solves a system."""
        if self.plain and len(name) == 1:
            self.emit(Kind.OPERATOR, "\\", start, start + 1)
        else:
            super().unknown_command(name, start)

    def command(self) -> None:
        r"""A command; A \ b in plain text solves a system."""
        following = self.text[self.at + 1 : self.at + 2]
        if self.plain and (following.isspace() or following == "("):
            self.emit(Kind.OPERATOR, "\\", self.at, self.at + 1)
        else:
            super().command()

    def decorated(self, name: str, start: int, end: int) -> None:
        """A letter in another style: 1 in bold is a vector, and so is a Greek letter."""
        if name == "vec" and self.text[end:].lstrip()[:1] == "(":
            self.emit(Kind.FUNCTION, "vec", start, end)
            return
        one = _BOLD_ONE.match(self.text, end)
        if one and (name in _BOLD or name == "mathbb"):
            self.emit(Kind.CONSTANT, "1", start, one.end())
            return
        known = len(self.tokens)
        super().decorated(name, start, end)
        if name in _BOLD and len(self.tokens) > known:
            self._note_bold(self.tokens[-1])

    def _note_bold(self, token: Token) -> None:
        letter = token.text.partition("_")[0]
        if token.kind is Kind.NAME and len(letter) > 1 and letter.islower():
            self.bold.add(token.text)

    def determinant(self, name: str, start: int, end: int) -> None:
        """A matrix between bars."""
        begins = name == "begin"
        kind, text = (Kind.OPEN, "|") if begins else (Kind.CLOSE, "matrix")
        other = "matrix" if begins else "|"
        self.blocks += 1 if begins else -1
        self.emit(kind, text, start, end)
        self.emit(kind, other, end, end)

    def delimiter(self, start: int, end: int, left: bool) -> None:
        """A bracket with left or right before it; two bars are a norm."""
        found = re.compile(r"\s*(\\\||\\[lr]?Vert\b|‖|\|\|)").match(self.text, end)
        if found:
            self.emit(Kind.OPEN if left else Kind.CLOSE, "‖", start, found.end())
        else:
            super().delimiter(start, end, left)

    def sign(self) -> None:
        """A sign; two bars are a norm, unless one bar closes and the next one opens."""
        start = self.at
        if self.text[start] == "|":
            if self.text.startswith("||", start) and not self.open_bars[-1]:
                self.emit(Kind.BAR, "‖", start, start + 2)
            else:
                self.open_bars[-1] ^= 1
                self.emit(Kind.BAR, "|", start, start + 1)
        else:
            super().sign()
