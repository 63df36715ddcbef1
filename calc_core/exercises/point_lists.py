"""Lists of points as people write them: coordinates, and perhaps the kind of each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.graph import Node, entries
from calc_core.parse import parse
from calc_core.printing import Latex, Text
from calc_core.tidy import Tidier

MINIMUM, MAXIMUM, SADDLE = "minimum", "maximum", "saddle point"
#: The kinds as they are shown; what people type is read more kindly.
KINDS = (MINIMUM, MAXIMUM, SADDLE)
LONGEST_TEXT, MOST_POINTS = 2000, 40

_KIND_WORDS = (
    (SADDLE, re.compile(r"\bsaddles?([ -]?points?)?\b")),
    (MINIMUM, re.compile(r"\b(min(imum|ima|imal)?)\b\.?")),
    (MAXIMUM, re.compile(r"\b(max(imum|ima|imal)?)\b\.?")),
)
_FILLERS = re.compile(
    r"\b(local|relative|strict|is|an?|the|at|and|with|points?|critical|kind|type)\b"
)
_NOTHING = re.compile(r"^\W*(none|no (critical )?points?|there (are|is) none)\W*$")
_LATEX = ((r"\\left|\\right|\\[,;: !]", ""), (r"\\(text|mathrm)\{([^{}]*)\}", r" \2 "))
_SEPARATORS = re.compile(r"[;\n]|\\\\")


@dataclass(frozen=True, slots=True)
class Point:
    """A point with exact coordinates; the kind is one of :data:`KINDS`, or "" if it is not said."""

    place: tuple[Node, ...]
    kind: str = ""

    def text(self) -> str:
        """(1, 2) minimum."""
        inside = ", ".join(Text()(value) for value in self.place)
        return f"({inside}) {self.kind}".rstrip()

    def latex(self) -> str:
        """The same in LaTeX."""
        inside = ", ".join(Latex()(value) for value in self.place)
        said = rf"\ \text{{{self.kind}}}" if self.kind else ""
        return rf"\left({inside}\right){said}"


def read_points(text: str, count: int) -> list[Point]:
    """The points of a list, as they stand; separated by ; or a new line, or by their brackets.

    Raises InputError for what cannot be read, for a point of another number of coordinates, and for
    one that is given two kinds.

    >>> [point.text() for point in read_points("min at (1, 2); saddle: (0, 1/2)", 2)]
    ['(1, 2) minimum', '(0, 1/2) saddle point']
    """
    plain = _plain(text)
    if _NOTHING.match(plain.lower()):
        return []
    pieces = [piece for segment in _SEPARATORS.split(plain) for piece in _pieces(segment)]
    if not pieces:
        raise InputError("There is no point here.", hint="Write points such as (1, 2); (0, 0).")
    if len(pieces) > MOST_POINTS:
        raise InputError("These are too many points.", hint="Give each point once.")
    found = [Point(_place(inside, count), _kind(words)) for inside, words in pieces]
    _check_kinds(found)
    return found


def _check_kinds(points: list[Point]) -> None:
    kinds: dict[tuple[Node, ...], str] = {}
    for point in points:
        known = kinds.setdefault(point.place, point.kind)
        if known and point.kind and point.kind != known:
            raise InputError(
                f"The point {Point(point.place).text()} is given as a {known} and as a "
                f"{point.kind}.",
                hint="A point has one kind.",
            )
        kinds[point.place] = known or point.kind


def _plain(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise InputError("The text is too long.", hint="Write points such as (1, 2); (0, 0).")
    for pattern, replacement in _LATEX:
        text = re.sub(pattern, replacement, text)
    return _unwrapped(text.strip())


def _unwrapped(text: str) -> str:
    """The points inside a list such as [(0, 0), (1, 2)]."""
    inside = text[1:-1]
    is_whole = bool(text) and text[0] in "([{" and _bracketed(text) == [(0, len(text))]
    return inside if is_whole and _bracketed(inside) else text


def _pieces(segment: str) -> list[tuple[str, str]]:
    """(coordinates, words) of each point in a segment."""
    spans = _bracketed(segment)
    if not spans:
        words, rest = _words(segment)
        return [(rest, words)] if rest.strip(" .,:") else []
    between = [0, *[i for span in spans for i in span], len(segment)]
    outside = [segment[a:b] for a, b in zip(between[::2], between[1::2], strict=True)]
    groups = [segment[a + 1 : b - 1] for a, b in spans]
    if len(groups) == 1:
        return [(groups[0], " ".join(outside))]
    comes_first = bool(_words(outside[0])[0]) and not _words(outside[-1])[0]
    said = outside[:-1] if comes_first else outside[1:]
    return list(zip(groups, said, strict=True))


def _bracketed(segment: str) -> list[tuple[int, int]]:
    """Where pairs of brackets with a comma in them stand, that are not of a function."""
    found, depth, start, has_comma = [], 0, 0, False
    for i, char in enumerate(segment):
        if char in "([{":
            if not depth:
                start, has_comma = i, False
            depth += 1
        elif char in ")]}" and depth:
            depth -= 1
            if not depth and has_comma:
                found.append((start, i + 1))
        elif char == "," and depth == 1:
            has_comma = True
    return found


def _words(piece: str) -> tuple[str, str]:
    """(the kind and what is said around it, the rest)."""
    rest = piece.lower()
    said = []
    for _, pattern in _KIND_WORDS:
        said += [match.group() for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return " ".join(said), _FILLERS.sub(" ", rest)


def _kind(words: str) -> str:
    said, rest = _words(words)
    if re.search(r"[a-z0-9]", rest):
        raise InputError(
            f"“{rest.strip()}” is not understood.",
            hint="The kinds are minimum, maximum and saddle point.",
        )
    kinds = [kind for kind, pattern in _KIND_WORDS if pattern.search(said)]
    if len(kinds) > 1:
        raise InputError("A point has one kind.", hint="Separate points by a semicolon.")
    return kinds[0] if kinds else ""


def _place(inside: str, count: int) -> tuple[Node, ...]:
    bare = re.sub(r"[A-Za-z]\w*\s*=(?!=)", "", inside).strip(" .:")
    node = parse(f"({bare})").node
    if node.shape != (count,):
        raise InputError(f"A point has {count} coordinates here.", hint="For example (1, 2).")
    if node.free:
        raise InputError(
            "The coordinates of a point are numbers.",
            hint=f"The letter {min(node.free)} should not occur.",
        )
    return tuple([Tidier()(value)[0] for value in entries(node)])
