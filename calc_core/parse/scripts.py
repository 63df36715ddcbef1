"""What stands lower or higher than its neighbours: subscripts and exponents."""

from __future__ import annotations

import re

from calc_core.parse import limits
from calc_core.parse.characters import GREEK, script
from calc_core.parse.tape import Tape
from calc_core.parse.tokens import Kind, Token

LETTERS = re.compile(r"[A-Za-z]+")
DIGITS = re.compile(r"[0-9]+")
COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.|$)", re.DOTALL)
_BRACED_TWICE = re.compile(r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_SUBSCRIPT_WORDS = frozenset(
    ("max", "min", "in", "out", "tot", "avg", "ref", "new", "old", "eff", "obs", "hat", "bar",
     "tilde", "mean")
)  # fmt: skip
_INDICES = frozenset("ijklmn")
_FUNCTIONS_WITH_INDEX = frozenset("fghFGH")


class Scripts(Tape):
    """Reads what stands below and above a letter."""

    def subscript(self, digits: bool) -> None:
        """Joins what follows the name just emitted to it, if that is a subscript."""
        index, end = self.find_subscript(self.at, digits)
        if not end:
            return
        name = self.tokens[-1]
        if "_" in name.text:
            self.refuse(self.at, "One subscript is enough.", "Write both as one: x_{12}.")
        if len(index) > 12:
            self.refuse(self.at, "This subscript is too long.", "Write a short one, such as x_1.")
        text = f"{name.text}_{index}" if index else name.text
        stop = end + self.offset
        self.tokens[-1] = Token(name.kind, text, name.start, stop, name.gap, name.soft)
        self.at = end
        if self.text[end : end + 1] == "_":
            self.refuse(end, "One subscript is enough.", "Write both as one: x_{12}.")

    def find_subscript(self, at: int, digits: bool) -> tuple[str, int]:
        """The subscript that begins here and where it ends; 0 if there is none."""
        following = self.text[at : at + 1]
        if following == "_":
            return self.after_underscore(at + 1)
        if following and script(following).startswith("sub"):
            return self.lowered_run(at)
        found = DIGITS.match(self.text, at) if digits else None
        if found:
            self.note_index(at, found)
            return found.group(), found.end()
        return "", 0

    def note_index(self, at: int, found: re.Match[str]) -> None:
        """Tells that x2 may be a slip for x^2, unless there is an x1 as well."""
        letter, index = self.text[at - 1], found.group()
        if self.indices is None:
            self.indices = {}
            for other, digits in re.findall(r"(\w)([0-9]+)", self.text):
                self.indices.setdefault(other, set()).add(digits)
        if index not in ("0", "1") and len(self.indices.get(letter, ())) < 2:
            self.note(
                at - 1,
                f"{letter}{index} is read as the variable {letter} with the index {index}; "
                f"write {letter}^{index} for a power.",
            )

    def after_underscore(self, at: int) -> tuple[str, int]:
        """The subscript behind an underscore, and where it ends."""
        braced = _BRACED_TWICE.match(self.text, at)
        if braced:
            inside = re.sub(r"\\(?:mathrm|text|textrm|operatorname|rm)\b", "", braced.group(1))
            index = re.sub(r"[\s,{}\\$]", "", "".join(self.plain_index(c) for c in inside))
            if not (index.isascii() and index.isalnum()):
                self.refuse(at, "A subscript can only hold letters and digits.", "Write x_{12}.")
            return index, braced.end()
        found = DIGITS.match(self.text, at)
        if found:
            return found.group(), found.end()
        found = LETTERS.match(self.text, at)
        if found:
            word = found.group()
            # f_xy is one name (a partial derivative, as many write it), but x_iy_i is two.
            partial = self.tokens[-1].text in _FUNCTIONS_WITH_INDEX and set(word) <= set("xyzt")
            whole = (
                partial
                or word in _SUBSCRIPT_WORDS
                or _INDICES.issuperset(word)
                or word in GREEK.values()
            )
            return (word, found.end()) if whole else (word[0], at + 1)
        found = COMMAND.match(self.text, at)
        if found and self.command_tokens.get(found.group()[1:], (Kind.END,))[0] is Kind.NAME:
            return self.command_tokens[found.group()[1:]][1], found.end()
        if self.text[at : at + 1] in GREEK:
            return GREEK[self.text[at]], at + 1
        if self.text[at : at + 1] and self.text[at] in ",)]":
            return "", at  # the pattern x_ of Mathematica, on the left of :=
        if self.text[at : at + 1] == "_":
            self.refuse(at, "Two underscores have no meaning.", "Write x_1 for a variable.")
        self.refuse(at - 1, "A subscript is missing after _.", "Write x_1 or x_{12}.")
        raise AssertionError

    @staticmethod
    def plain_index(char: str) -> str:
        """A letter of a subscript, in plain writing."""
        return GREEK.get(char) or (script(char)[4:] if script(char).startswith("sub") else char)

    def lowered_run(self, at: int) -> tuple[str, int]:
        """The lowered letters that begin here, and where they end."""
        end = at
        index = ""
        while end < len(self.text) and script(self.text[end]).startswith("sub"):
            plain = script(self.text[end])[4:]
            index += GREEK.get(plain, plain)
            end += 1
        if not index.isalnum():
            self.refuse(at, "A subscript can only hold letters and digits.", "Write x_{12}.")
        return index, end

    def lowered(self) -> None:
        """Lowered signs after something that is no name: the base of log₂, the limits of ∫₀ˣ."""
        start = self.at
        index, end = self.lowered_run(start)
        self.emit(Kind.OPERATOR, "_", start, start)
        self.group(index, start, end)

    def superscript(self) -> None:
        """Raised signs: an exponent."""
        start = end = self.at
        content = ""
        while end < len(self.text) and script(self.text[end]).startswith("super"):
            content += script(self.text[end])[6:]
            end += 1
        self.emit(Kind.OPERATOR, "^", start, start)
        self.group(content, start, end)

    def group(self, content: str, start: int, end: int) -> None:
        """The content as if it stood in braces."""
        self.emit(Kind.OPEN, "{", start, start)
        inner = type(self)(content, start + self.offset)
        inner.run()
        for token in inner.tokens:
            limits.check_tokens(len(self.tokens), token.start)
            self.tokens.append(token)
        self.notes += inner.notes
        self.decimal = self.decimal or inner.decimal
        self.emit(Kind.CLOSE, "}", end, end)
