"""Which bracket closes which; the errors a person makes most often are told here."""

from __future__ import annotations

from calc_core.errors import InputError
from calc_core.parse import limits
from calc_core.parse.tokens import Kind, Token

_CLOSERS = {
    "(": (")",), "[": ("]",), "{": ("}",), "\\{": ("\\}", "}"), "⟨": ("⟩",), "⌊": ("⌋",),
    "⌈": ("⌉",), "|": ("|",), "‖": ("‖",), "matrix": ("matrix",), "cases": ("cases",),
}  # fmt: skip
_SHOWN = {
    "matrix": "\\end{pmatrix}", "cases": "\\end{cases}", "|": "\\right|", "‖": "\\right\\|",
    "\\}": "\\right\\}",
}  # fmt: skip


def match_brackets(tokens: list[Token], text: str) -> dict[int, int]:
    """For the index of each opening bracket that of its closing one."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for i, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            waiting.append(i)
            limits.check_depth(len(waiting), token.start)
        elif token.kind is Kind.CLOSE:
            if not waiting:
                raise _nothing_to_close(token, tokens, i, text)
            opener = tokens[waiting[-1]]
            # \left. and \right. stand for "no bracket on this side" and go with any other.
            fits = token.text in _CLOSERS.get(opener.text, ()) or "." in (token.text, opener.text)
            if not fits:
                raise _wrong_kind(opener, token, text)
            pairs[waiting.pop()] = i
    if waiting:
        raise _never_closed(waiting[-1], tokens, text)
    return pairs


def closer_of(opener: Token) -> str:
    """The sign that closes it, as a person would type it."""
    if opener.text == ".":
        return "\\right)"
    sign = _CLOSERS[opener.text][0]
    return _SHOWN.get(sign, sign)


def _source(token: Token, text: str) -> str:
    return text[token.start : token.end] or token.text


def _nothing_to_close(token: Token, tokens: list[Token], i: int, text: str) -> InputError:
    shown = _source(token, text)
    if i and tokens[i - 1].kind is Kind.OPERATOR and tokens[i - 1].text == "^":
        return InputError(f"The exponent before {shown} is missing.", token.start, "Write x^2.")
    return InputError(f"This {shown} closes no bracket.", token.start,
                      "Delete it, or open a bracket before it.")  # fmt: skip


def _wrong_kind(opener: Token, token: Token, text: str) -> InputError:
    shown, needed = _source(opener, text), closer_of(opener)
    return InputError(
        f"The bracket {shown} is closed by {_source(token, text)}.", token.start, f"Write {needed}."
    )


def _never_closed(i: int, tokens: list[Token], text: str) -> InputError:
    opener = tokens[i]
    shown = _source(opener, text)
    before = tokens[i - 1] if i else None
    after = ""
    if before and before.kind in (Kind.FUNCTION, Kind.NAME, Kind.COMMAND):
        after = f" after {_source(before, text)}"
    last = tokens[-2]
    place = f" after {_source(last, text)}" if last is not opener else ""
    return InputError(
        f"The bracket {shown}{after} is never closed.",
        opener.start,
        f"Add {closer_of(opener)}{place}.",
    )
