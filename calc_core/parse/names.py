"""Words: which are functions, which are letters side by side, and which are neither."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.functions import SPELLINGS
from calc_core.parse import suggest
from calc_core.parse.characters import GREEK
from calc_core.parse.tokens import Kind

WORDS: dict[str, str] = {
    "if": "if", "when": "if", "falls": "if", "wenn": "if", "for": "if", "si": "if",
    "then": "then", "else": "else", "otherwise": "else", "sonst": "else", "sinon": "else",
    "elif": "elif", "elseif": "elif",
    "and": "and", "und": "and", "or": "or", "oder": "or", "not": "not",
    "true": "true", "True": "true", "false": "false", "False": "false",
}  # fmt: skip
"""Words of conditions."""
_ANY_CASE = frozenset(("if", "then", "else", "otherwise", "and", "or", "not", "true", "false"))

EXTRA: dict[str, str] = {
    "log": "log", "Log": "log", "lg": "lg", "lb": "lb", "ld": "lb", "sen": "sin", "senh": "sinh",
    "tang": "tan", "cotg": "cot", "tgh": "tanh", "ctgh": "coth", "cotgh": "coth",
    "arcsen": "asin", "arcosen": "acos", "arctang": "atan", "argsinh": "asinh",
    "argcosh": "acosh", "argtanh": "atanh", "arsh": "asinh", "arch": "acosh", "arth": "atanh",
    "asen": "asin", "cosech": "csch", "arccosec": "acsc", "arccotan": "acot", "arcctan": "acot",
    "cbrt": "cbrt", "root": "root", "nthroot": "root", "surd": "root", "nthRoot": "root",
    "pow": "pow", "power": "pow", "hypot": "hypot", "Heaviside": "heaviside",
    "HeavisideTheta": "heaviside", "UnitStep": "heaviside",
    "int": "int", "integral": "int", "integrate": "int", "Integrate": "int", "Int": "int",
    "piecewise": "piecewise", "Piecewise": "piecewise", "cases": "piecewise",
    "ifelse": "piecewise", "iif": "piecewise", "where": "piecewise",
    "loggamma": "loggamma", "lngamma": "loggamma", "LogGamma": "loggamma", "signum": "sign",
}  # fmt: skip
"""Spellings of functions that only the parser knows, beside functions.SPELLINGS."""

WITH_DIGITS: dict[str, str] = {
    "atan2": "atan2", "arctan2": "atan2", "Atan2": "atan2", "ATAN2": "atan2",
    "log2": "lb", "Log2": "lb", "log10": "lg", "Log10": "lg",
}  # fmt: skip
"""Functions whose name ends in digits."""

ALSO_GREEK = frozenset(("gamma", "beta", "psi"))
"""Functions whose name is a letter as well: the grammar decides by what follows."""

FUNCTIONS: dict[str, str] = {
    spelling: name
    for spelling, name in {**SPELLINGS, **EXTRA}.items()
    if spelling not in ALSO_GREEK and spelling.isalpha()
}
_LOWER = {spelling.lower(): name for spelling, name in FUNCTIONS.items()}

_GREEK_NAMES = {
    **{name: name for name in GREEK.values() if name not in ("Gamma", "Pi", "pi")},
    "varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta", "eps": "epsilon",
    "lamda": "lambda", "lam": "lambda",
}  # fmt: skip
_PI = ("pi", "Pi", "PI")

# "xsiny" may be taken apart, but only at names that nobody reads as a product of letters.
_GLUED: dict[str, tuple[Kind, str]] = {
    **{
        spelling: (Kind.FUNCTION, FUNCTIONS[spelling])
        for spelling in (
            "sin", "cos", "tan", "sec", "csc", "cot", "cosec", "sinh", "cosh", "tanh", "coth",
            "arcsin", "arccos", "arctan", "arccot", "asin", "acos", "atan", "arctg", "tg", "ctg",
            "exp", "ln", "log", "lg", "sqrt", "cbrt", "arsinh", "arcosh", "artanh", "asinh",
            "acosh", "atanh", "sen", "erf",
        )
    },
    **{
        name: (Kind.NAME, name)
        for name in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "theta", "kappa",
                     "lambda", "sigma", "omega", "phi", "psi", "rho", "tau")
    },
    "pi": (Kind.CONSTANT, "pi"),
}  # fmt: skip
_LONGEST = max(map(len, _GLUED))
_TWO_LETTER_CALLS = frozenset(("sh", "ch", "th", "lb", "ld"))
_MAYBE_A_SLIP = ("sin", "cos", "tan", "exp", "log", "sqrt", "abs", "sec", "csc", "cot", "min",
                 "max", "erf", "sinh", "cosh", "tanh")  # fmt: skip
_LETTERS_OF_LONG_PRODUCTS = frozenset("xyzwtuvabc")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word: what it is, and how many characters it takes."""

    kind: Kind
    text: str
    length: int


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
    refused = suggest.REFUSED.get(word.lower())
    # A short word may be a product of letters: it is one unless something is applied to it.
    if refused and (applied or len(word) > 3 or word in ("inf", "nan")):
        raise InputError(refused[0], column, refused[1])
    if word.lower() in suggest.MEANT and (applied or len(word) > 3):
        raise _unknown(word, column)
    pieces = _apart(word)
    _must_be_plausible(word, pieces, column, call or applied)
    return pieces


def _letter(letter: str) -> Piece:
    return Piece(Kind.CONSTANT if letter == "e" else Kind.NAME, letter, 1)


def _whole(word: str, call: bool, applied: bool) -> Piece | None:
    size = len(word)
    condition = WORDS.get(word) or (WORDS[word.lower()] if word.lower() in _ANY_CASE else "")
    if condition:
        return Piece(Kind.WORD, condition, size)
    if word in _PI:
        return Piece(Kind.CONSTANT, "pi", size)
    if word in _GREEK_NAMES:
        return Piece(Kind.NAME, _GREEK_NAMES[word], size)
    if word in _TWO_LETTER_CALLS and not (call or applied):
        return None
    # Phone keyboards capitalise, and Mathematica writes Sin: case is free in longer words.
    name = FUNCTIONS.get(word) or _LOWER.get(word.lower())
    return Piece(Kind.FUNCTION, name, size) if name else None


def _apart(word: str) -> list[Piece]:
    pieces = []
    at = 0
    while at < len(word):
        for size in range(min(_LONGEST, len(word) - at), 1, -1):
            known = _GLUED.get(word[at : at + size])
            if known:
                pieces.append(Piece(*known, size))
                break
        else:
            pieces.append(_letter(word[at]))
        at += pieces[-1].length
    return pieces


def _must_be_plausible(word: str, pieces: list[Piece], column: int, applied: bool) -> None:
    at = 0
    run = ""
    for piece in [*pieces, Piece(Kind.END, "", 0)]:
        if piece.length == 1:
            run += word[at]
        else:
            if not _plausible(run, applied and run == word):
                raise _unknown(word, column)
            run = ""
        at += piece.length


def _plausible(run: str, applied: bool) -> bool:
    if "o" in run.lower() and len(run) > 1:
        return False
    if len(run) > 3:
        return len(run) <= 6 and _LETTERS_OF_LONG_PRODUCTS.issuperset(run)
    if len(run) == 3 and applied:
        return not any(suggest.one_slip_apart(run, name) for name in _MAYBE_A_SLIP)
    return True


def _unknown(word: str, column: int) -> InputError:
    shown = word if len(word) <= 24 else word[:24] + "…"
    meant = suggest.nearest(word, FUNCTIONS)
    if meant:
        hint = f"Did you mean {meant}?"
    else:
        hint = "Write * or blanks between letters that are multiplied."
    return InputError(f"The name “{shown}” is not known.", column, hint)
