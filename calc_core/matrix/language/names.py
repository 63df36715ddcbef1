"""Runs of letters: which are words, and which are one-letter names side by side."""

from __future__ import annotations

import re

from calc_core.errors import InputError
from calc_core.matrix.language.vocabulary import REFUSED, WORDS
from calc_core.parse import suggest
from calc_core.parse.characters import GREEK
from calc_core.parse.names import Piece
from calc_core.parse.tokens import Kind

_GREEK = {name: name for name in GREEK.values() if name != "pi"} | {
    "varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta", "eps": "epsilon",
    "lamda": "lambda", "lam": "lambda",
}  # fmt: skip
_LOWER = {word.lower(): name for word, name in WORDS.items() if len(word) > 2}
# In "detX" and "trAB" the word ends where the capital letters begin.
_BEFORE_CAPITALS = re.compile(r"(tr|Tr|ln|[a-z]{3,})([A-Z][A-Za-z]*)")
_GLUED = ("logdet", "log", "ln", "det", "exp", "sin", "cos", "tan", "tanh")
_LONGEST_PRODUCT = 8


def split_word(word: str, column: int, call: bool, applied: bool) -> list[Piece]:
    """The parts of a run of letters; InputError if it makes no sense.

    ``call``     a bracket follows directly;
    ``applied``  something that could be an argument follows.
    """
    if len(word) == 1:
        return [_letter(word)]
    whole = _whole(word, call, applied)
    if whole:
        return [whole]
    refused = REFUSED.get(word) or REFUSED.get(word.lower())
    if refused and (len(word) > 3 or (applied and not word.isupper()) or word in ("inf", "nan")):
        raise InputError(refused[0], column, refused[1])
    return _word_and_letters(word, column, applied) or _letters(word, column, call)


def _letter(letter: str) -> Piece:
    return Piece(Kind.CONSTANT if letter == "e" else Kind.NAME, letter, 1)


def _whole(word: str, call: bool, applied: bool) -> Piece | None:
    size = len(word)
    if word in ("pi", "Pi") and not call:
        return Piece(Kind.CONSTANT, "pi", size)
    if word in _GREEK:
        return Piece(Kind.NAME, _GREEK[word], size)
    name = WORDS.get(word)
    if not name and (call or not word.isupper()):
        name = _LOWER.get(word.lower())
    # Two letters are a product of names unless something follows that they can be applied to.
    if name and (applied or size > 2):
        return Piece(Kind.FUNCTION, name, size)
    return None


def _word_and_letters(word: str, column: int, applied: bool) -> list[Piece]:
    """A word with its argument behind it, as in detX, trAB, logdetX and sinx; else nothing."""
    found = _BEFORE_CAPITALS.fullmatch(word)
    head, rest = found.groups() if found else ("", "")
    if head not in WORDS:
        head = next((name for name in _GLUED if word.startswith(name)), "")
        rest = word[len(head) :]
        if len(rest) > 1 and rest not in WORDS:
            return []
    if not head or not rest:
        return []
    first = Piece(Kind.FUNCTION, WORDS[head], len(head))
    return [first, *split_word(rest, column + len(head), False, applied)]


def _letters(word: str, column: int, call: bool) -> list[Piece]:
    runs = re.findall("[a-z]+", word)
    longest = max(map(len, runs), default=0)
    a_function = call and word.islower() and len(word) > 2
    if a_function or longest > 3 or len(word) > _LONGEST_PRODUCT:
        raise _unknown(word, column)
    if len(word) > 3 and suggest.nearest(word, _guesses()) and not word.isupper():
        raise _unknown(word, column)
    return [_letter(letter) for letter in word]


def _guesses() -> frozenset[str]:
    return frozenset(word for word in WORDS if len(word) > 3)


def _unknown(word: str, column: int) -> InputError:
    shown = word if len(word) <= 24 else word[:24] + "…"
    meant = suggest.nearest(word, _guesses() | {"inv", "det", "vec", "sum", "exp", "sin", "cos"})
    hint = "Write * or blanks between letters that are multiplied."
    return InputError(
        f"The name “{shown}” is not known.", column, f"Did you mean {meant}?" if meant else hint
    )
