"""The commands of LaTeX."""

from __future__ import annotations

import re

from calc_core.parse import commands, limits, suggest
from calc_core.parse.characters import GREEK
from calc_core.parse.scripts import COMMAND
from calc_core.parse.tokens import Kind, Token
from calc_core.parse.words import ARGUMENT, Words

_BRACED = re.compile(r"\s*\{([^{}]*)\}")
# Formula editors set the names of functions upright twice: \operatorname{\mathrm{abs}}.
_UPRIGHT_AGAIN = re.compile(r"\s*\{\s*\\(?:operatorname|mathrm|textrm|text|rm)\s*\{([^{}]*)\}\s*\}")
_ONE_LETTER = re.compile(r"\s*(?:\{\s*(\\[A-Za-z]+|[^\W\d_])\s*\}|(\\[A-Za-z]+|[^\W\d_]))")
_LEFT = {"(": "(", "[": "[", "|": "|", ".": ".", "<": "⟨", "‖": "|", "{": "{"}
_RIGHT = {")": ")", "]": "]", "|": "|", ".": ".", ">": "⟩", "‖": "|", "}": "}"}


class Latex(Words):
    """Reads what begins with a backslash."""

    def command(self) -> None:
        """What begins with a backslash."""
        start = self.at
        found = COMMAND.match(self.text, start)
        assert found is not None
        name, end = found.group()[1:], found.end()
        if name.endswith("*") and name != "operatorname*" and name != "*":
            name, end = name[:-1], end - 1
        if name == "":
            self.refuse(start, "A command is missing after the backslash.", "Write \\frac, \\sqrt…")
        if name in ("mleft", "left", "mright", "right"):
            self.delimiter(start, end, name.endswith("left"))
        elif name == "\\":
            skip = re.compile(r"\s*\[[0-9.]*\s*[a-z]{2}\]").match(self.text, end)
            self.emit(Kind.OPERATOR, "\\\\", start, skip.end() if skip else end)
        elif name in self.command_tokens:
            self.known_command(name, start, end)
        elif name.isspace() or name in commands.SPACES:
            self.gap, self.after_word, self.at = True, False, end
        elif name in commands.SILENT or name in commands.SIZES:
            self.at = end
        elif name in self.refused_commands:
            self.refuse(start, *self.refused_commands[name])
        elif name in ("begin", "end"):
            self.environment(name, start, end)
        elif name in commands.UPRIGHT or name == "operatorname*":
            self.upright(name, start, end)
        elif name in commands.DECORATIONS or name in commands.ACCENTS:
            self.decorated(name, start, end)
        else:
            self.unknown_command(name, start)

    def known_command(self, name: str, start: int, end: int) -> None:
        """A command of the table."""
        kind, text = self.command_tokens[name]
        value = 2 if text == "radical" else 0
        self.emit(kind, text, start, end, value)
        if kind is Kind.NAME:
            self.subscript(digits=False)
        # A blank ends the name of a command: it is no gap that a reader would see.
        self.after_word = name[-1:].isalpha()

    def unknown_command(self, name: str, start: int) -> None:
        """Refuses a command, and guesses what was meant."""
        if len(name) == 1 and not name.isalnum():
            self.refuse(start, f"The command \\{name} is not known.", "")
        shown = name[:24]
        known = self.known_words
        meant = suggest.MEANT.get(name, "").lstrip("\\") or suggest.nearest(name, known)
        hint = f"Did you mean \\{meant}?" if meant else "Write the function in plain text."
        self.refuse(start, f"The command \\{shown} is not known.", hint)

    def delimiter(self, start: int, end: int, left: bool) -> None:
        """A bracket with left or right before it."""
        found = re.compile(r"\s*(\\[A-Za-z]+|\\.|\S)").match(self.text, end)
        sign = found.group(1) if found else ""
        text = (_LEFT if left else _RIGHT).get(sign)
        if sign.startswith("\\"):
            known = self.command_tokens.get(sign[1:])
            if known and known[0] is Kind.BAR:
                text = "|"
            elif known and known[0] is (Kind.OPEN if left else Kind.CLOSE):
                text = known[1]
        elif sign in ("⟨", "⌊", "⌈") if left else sign in ("⟩", "⌋", "⌉"):
            text = sign
        if text is None or found is None:
            word = "\\left" if left else "\\right"
            self.refuse(start, f"A bracket is missing after {word}.", f"Write {word}(.")
            return
        self.emit(Kind.OPEN if left else Kind.CLOSE, text, start, found.end())

    def environment(self, name: str, start: int, end: int) -> None:
        """The begin or end of an environment."""
        found = _BRACED.match(self.text, end)
        if not found:
            self.refuse(start, f"A name in braces is missing after \\{name}.", "")
            return
        kind, end = found.group(1).strip().rstrip("*"), found.end()
        if kind in commands.PLAIN_ENVIRONMENTS:
            self.at, self.displayed = end, name == "begin"
        elif kind in ("vmatrix", "Vmatrix"):
            self.determinant(name, start, end)
        elif kind in commands.MATRIX_ENVIRONMENTS or kind in commands.CASES_ENVIRONMENTS:
            if kind == "array" and name == "begin":
                columns = _BRACED.match(self.text, end)
                end = columns.end() if columns else end
            text = "cases" if kind in commands.CASES_ENVIRONMENTS else "matrix"
            self.blocks += 1 if name == "begin" else -1
            self.emit(Kind.OPEN if name == "begin" else Kind.CLOSE, text, start, end)
        else:
            self.refuse(start, f"The environment “{kind[:24]}” is not known.",
                        "Write \\begin{pmatrix} or \\begin{cases}.")  # fmt: skip

    def determinant(self, name: str, start: int, end: int) -> None:
        """A matrix between bars, from its begin or end on."""
        del name, end
        self.refuse(start, *self.refused_commands["det"])

    def upright(self, name: str, start: int, end: int) -> None:
        """Words in upright letters."""
        found = _BRACED.match(self.text, end) or _UPRIGHT_AGAIN.match(self.text, end)
        if not found:
            # \rm and the like without braces, or with something nested: read what follows as it is.
            self.at = end
            return
        content = found.group(1).replace("\\,", "  ")
        inside = found.start(1)
        upright = name in ("operatorname", "operatorname*", "mathrm")
        if upright and content.strip() in self.upright_letters:
            letter = self.upright_letters[content.strip()]
            self.emit(Kind.FUNCTION, letter, start, found.end())
            return
        call = bool(ARGUMENT.match(self.text, found.end()))
        known = self.words_with_digits.get(content.strip())
        if known:
            self.emit(Kind.FUNCTION, known, start, found.end())
            return
        inner = type(self)(content, inside + self.offset)
        if content.strip().isalpha() and content.isascii() and len(content.strip()) > 1:
            lead = len(content) - len(content.lstrip())
            column = inside + lead + self.offset
            for piece in self.split(content.strip(), column, call, call):
                inner.emit(piece.kind, piece.text, inner.at or lead,
                           (inner.at or lead) + piece.length)  # fmt: skip
        else:
            inner.run()
        gap = self.gap
        for i, token in enumerate(inner.tokens):
            limits.check_tokens(len(self.tokens), token.start)
            first = Token(token.kind, token.text, start + self.offset, token.end,
                          gap or token.gap, False, token.value)  # fmt: skip
            self.tokens.append(first if i == 0 else token)
        self.notes += inner.notes
        self.decimal = self.decimal or inner.decimal
        self.at, self.gap = found.end(), name.startswith("t") and content.endswith(" ")
        self.after_word = bool(inner.tokens)
        if len(inner.tokens) == 1 and inner.tokens[0].kind is Kind.NAME:
            self.subscript(digits=False)

    def decorated(self, name: str, start: int, end: int) -> None:
        """A letter in another style, or with a mark above it."""
        found = _ONE_LETTER.match(self.text, end)
        letter = (found.group(1) or found.group(2)) if found else ""
        if letter.startswith("\\"):
            kind, text = self.command_tokens.get(letter[1:], (Kind.END, ""))
        elif letter in GREEK:
            kind, text = Kind.NAME, GREEK[letter]
        else:
            kind, text = Kind.NAME, letter
        if not found or kind is not Kind.NAME or not text.isascii():
            if name in commands.ACCENTS:
                self.refuse(start, f"\\{name} can only stand on one letter.", "Write \\hat{x}.")
            self.at = end
            return
        if name in commands.ACCENTS:
            if "_" in text:
                self.refuse(start, "One mark on a letter is enough.", "Write x_hat.")
            text = f"{text}_{commands.ACCENTS[name]}"
        if text == "e" and name not in commands.ACCENTS:
            kind = Kind.CONSTANT
        self.emit(kind, text, start, found.end())
        if kind is Kind.NAME:
            self.subscript(digits=False)
