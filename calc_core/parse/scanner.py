"""Text to tokens.  Plain text, Unicode and LaTeX are one language here, told apart sign by sign."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from calc_core.errors import InputError
from calc_core.expression import Note
from calc_core.functions import FUNCTIONS
from calc_core.parse import commands, limits, names, suggest
from calc_core.parse.characters import GREEK, fold, numeric, script
from calc_core.parse.tokens import Kind, Token

_NUMBER = re.compile(r"[0-9]+(?:\.(?![*/^.])[0-9]*)?|\.[0-9]+")
_SCIENTIFIC = re.compile(r"[eE][+-]?[0-9]+")
_LETTERS = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"[0-9]+")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.|$)", re.DOTALL)
_BRACED = re.compile(r"\s*\{([^{}]*)\}")
_BRACED_TWICE = re.compile(r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
# Formula editors set the names of functions upright twice: \operatorname{\mathrm{abs}}.
_UPRIGHT_AGAIN = re.compile(r"\s*\{\s*\\(?:operatorname|mathrm|textrm|text|rm)\s*\{([^{}]*)\}\s*\}")
_ONE_LETTER = re.compile(r"\s*(?:\{\s*(\\[A-Za-z]+|[^\W\d_])\s*\}|(\\[A-Za-z]+|[^\W\d_]))")
_ARGUMENT = re.compile(r"\s*(?:\\left\s*)?[\w(\[{\\|√∛∜.‖]")
_CALL = re.compile(r"\s*(?:\\left\s*)?[(\[{]")
_SUBSCRIPT_WORDS = frozenset(
    ("max", "min", "in", "out", "tot", "avg", "ref", "new", "old", "eff", "obs", "hat", "bar",
     "tilde", "mean")
)  # fmt: skip
_INDICES = frozenset("ijklmn")
_FUNCTIONS_WITH_INDEX = frozenset("fghFGH")

# Longest first, so that "<=" is not read as "<" and "=".
Sign = tuple[str, Kind, str]
SIGNS: tuple[Sign, ...] = (
    ("===", Kind.RELATION, "eq"), ("!==", Kind.RELATION, "ne"), ("<->", Kind.OPERATOR, "<->"),
    ("<=", Kind.RELATION, "le"), (">=", Kind.RELATION, "ge"), ("=<", Kind.RELATION, "le"),
    ("==", Kind.RELATION, "eq"), ("!=", Kind.RELATION, "ne"), ("<>", Kind.RELATION, "ne"),
    (":=", Kind.OPERATOR, ":="), ("->", Kind.OPERATOR, "→"), ("=>", Kind.OPERATOR, "↦"),
    ("|->", Kind.OPERATOR, "↦"), ("&&", Kind.WORD, "and"), ("**", Kind.OPERATOR, "^"),
    (".*", Kind.OPERATOR, "*"), ("./", Kind.OPERATOR, "/"), (".^", Kind.OPERATOR, "^"),
    ("+", Kind.OPERATOR, "+"), ("-", Kind.OPERATOR, "-"), ("*", Kind.OPERATOR, "*"),
    ("/", Kind.OPERATOR, "/"), ("^", Kind.OPERATOR, "^"), ("!", Kind.OPERATOR, "!"),
    ("=", Kind.RELATION, "eq"), ("<", Kind.RELATION, "lt"), (">", Kind.RELATION, "gt"),
    (",", Kind.OPERATOR, ","), (";", Kind.OPERATOR, ";"), (":", Kind.OPERATOR, ":"),
    ("?", Kind.OPERATOR, "?"), ("&", Kind.OPERATOR, "&"), (".", Kind.OPERATOR, "."),
    ("@", Kind.OPERATOR, "@"), ("_", Kind.OPERATOR, "_"),
    ("(", Kind.OPEN, "("), (")", Kind.CLOSE, ")"), ("[", Kind.OPEN, "["), ("]", Kind.CLOSE, "]"),
    ("{", Kind.OPEN, "{"), ("}", Kind.CLOSE, "}"), ("|", Kind.BAR, "|"), ("‖", Kind.BAR, "‖"),
    ("⟨", Kind.OPEN, "⟨"), ("⟩", Kind.CLOSE, "⟩"), ("⌊", Kind.OPEN, "⌊"), ("⌋", Kind.CLOSE, "⌋"),
    ("⌈", Kind.OPEN, "⌈"), ("⌉", Kind.CLOSE, "⌉"), ("≤", Kind.RELATION, "le"),
    ("≥", Kind.RELATION, "ge"), ("≠", Kind.RELATION, "ne"), ("∧", Kind.WORD, "and"),
    ("∨", Kind.WORD, "or"), ("¬", Kind.WORD, "not"), ("∫", Kind.COMMAND, "int"),
    ("√", Kind.COMMAND, "radical"), ("∛", Kind.COMMAND, "radical"),
    ("∜", Kind.COMMAND, "radical"), ("↦", Kind.OPERATOR, "↦"), ("→", Kind.OPERATOR, "→"),
    ("ℝ", Kind.NAME, "R"),
)  # fmt: skip


def by_first(signs: Iterable[Sign]) -> dict[str, list[Sign]]:
    """The signs by their first character, the longest first."""
    table: dict[str, list[Sign]] = {}
    for row in sorted(signs, key=lambda row: -len(row[0])):
        table.setdefault(row[0][0], []).append(row)
    return table


_DEGREES = {"√": 2, "∛": 3, "∜": 4}
_LEFT = {"(": "(", "[": "[", "|": "|", ".": ".", "<": "⟨", "‖": "|", "{": "{"}
_RIGHT = {")": ")", "]": "]", "|": "|", ".": ".", ">": "⟩", "‖": "|", "}": "}"}
_ASCII_REFUSED: dict[str, tuple[str, str]] = {
    "'": commands.REFUSED["prime"],
    '"': ("Quotation marks have no meaning in a formula.", "Type only the formula."),
    "%": ("The sign % has no meaning in a formula.", "Write 0.05 for 5 percent."),
    "#": ("The sign # has no meaning in a formula.", ""),
    "`": ("The sign ` has no meaning in a formula.", ""),
}


def scan(text: str) -> tuple[list[Token], list[Note], bool]:
    """The tokens (an END last), the choices that were made, and whether there are decimals."""
    scanner = Scanner(fold(text))
    scanner.run()
    scanner.finish()
    return scanner.tokens, scanner.notes, scanner.decimal


class Scanner:
    """Reads a folded text sign by sign.

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

    def split(self, word: str, column: int, call: bool, applied: bool) -> list[names.Piece]:
        """The parts of a run of letters."""
        return names.split_word(word, column, call, applied)

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
            self._word()
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

    # What every part uses

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

    # Numbers

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

    # Letters and words

    def _word(self) -> None:
        start = self.at
        found = _LETTERS.match(self.text, start)
        assert found is not None
        word, end = found.group(), found.end()
        self.check_attribute(word, end)
        if self.with_digits(word, start, end):
            return
        call = bool(_CALL.match(self.text, end))
        applied = bool(_ARGUMENT.match(self.text, end))
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
        digits = _DIGITS.match(self.text, end)
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

    # Subscripts

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
        found = _DIGITS.match(self.text, at) if digits else None
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
        found = _DIGITS.match(self.text, at)
        if found:
            return found.group(), found.end()
        found = _LETTERS.match(self.text, at)
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
        found = _COMMAND.match(self.text, at)
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

    # LaTeX

    def command(self) -> None:
        """What begins with a backslash."""
        start = self.at
        found = _COMMAND.match(self.text, start)
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
        call = bool(_ARGUMENT.match(self.text, found.end()))
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

    # Signs

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
                self.emit(kind, text, start, start + len(sign), _DEGREES.get(sign, 0))
                return
        self.refuse(start, f"The sign {char} has no meaning in a formula.", "")


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
