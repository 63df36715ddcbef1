"""Equations where a formula was asked for: what stands in front of the sign =, and behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_EQUALS = re.compile(r":=|≈|\\approx(?![A-Za-z])|(?<![<>=!:])=(?!=)")
_OPEN, _CLOSE = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in front of a formula, from ``start`` to behind the last sign = at ``end``."""

    left: str
    start: int
    end: int

    @property
    def has_sign(self) -> bool:
        """Whether there is a sign =."""
        return self.end > self.start


def parts(text: str) -> Iterator[Part]:
    """What stands in front, of each of several equations or of the whole."""
    spans = list(_spans(text))
    signs = [list(_signs(text, *span)) for span in spans]
    if not all(signs):
        spans, signs = [(0, len(text))], [list(_signs(text, 0, len(text)))]
    for (start, _), found in zip(spans, signs, strict=True):
        first, last = found[-1] if found else (start, start)
        yield Part(text[start:first].strip(), start, last)


def right_sides(text: str, found: Iterable[Part]) -> str:
    """The text without what is in front, blanks in its place: columns in messages still fit."""
    bare = list(text)
    for part in found:
        bare[part.start : part.end] = " " * (part.end - part.start)
        if part.start:
            bare[part.start - 1] = ","
    return "".join(bare)


def unwrapped(text: str) -> str:
    """The text without brackets around several equations: (f_x = …, f_y = …)."""
    inside = text.strip()
    is_whole = inside[:1] in ("(", "[") and not list(_outside(inside))[:-1]
    if not is_whole or not list(_signs(inside[1:-1], 0, len(inside) - 2)):
        return text
    return text.replace(inside, f" {inside[1:-1]} ")


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The pieces between commas outside all brackets."""
    start = 0
    for i in _outside(text):
        if text[i] in ",;":
            yield start, i
            start = i + 1
    yield start, len(text)


def _signs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where signs = stand outside all brackets."""
    outside = set(_outside(text))
    for found in _EQUALS.finditer(text, start, end):
        if found.start() in outside:
            yield found.span()


def _outside(text: str) -> Iterator[int]:
    """The places outside all brackets, that of the last closing one included."""
    depth = 0
    for i, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth == 0:
            yield i
