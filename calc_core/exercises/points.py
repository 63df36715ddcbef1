"""Answers that are sets of points, each with its kind where that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from calc_core.errors import InputError
from calc_core.exercises.exercise import Field
from calc_core.exercises.values import Values
from calc_core.exercises.verdict import Diagnosis, Verdict, diagnosis, right
from calc_core.graph import ZERO, Node, entries, substitute, sym
from calc_core.parse import parse
from calc_core.printing import Latex, Text
from calc_core.tidy import Tidier

MINIMUM, MAXIMUM, SADDLE = "minimum", "maximum", "saddle point"
#: The kinds as they are shown; what people type is read more kindly.
KINDS = (MINIMUM, MAXIMUM, SADDLE)
EXACTLY = "exactly"
# What a right point is worth whose kind is wrong, or all of them with coordinates exchanged.
HALF = 0.5
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


@dataclass(frozen=True)
class PointsAnswer:
    """The points at which all partial derivatives are 0, perhaps with their kinds.

    ``names``     the variables;
    ``points``    all of the points, with their kinds;
    ``partials``  the partial derivatives, in the order of the variables;
    ``kinds``     whether the kinds are asked for.

    An answer is a list such as "(1, 2) minimum; (0, 0) saddle"; see :func:`read_points`.
    """

    names: tuple[str, ...]
    points: tuple[Point, ...]
    partials: tuple[Node, ...]
    kinds: bool = False

    @property
    def field(self) -> Field:
        """A table with a row for each point."""
        return Field("points", self.names, options=KINDS if self.kinds else ())

    def text(self) -> str:
        """The right answer as a person would type it."""
        return "; ".join(self._shown(point).text() for point in self.points)

    def latex(self) -> str:
        """The right answer in LaTeX."""
        return r",\quad ".join(self._shown(point).latex() for point in self.points)

    def grade(self, text: str) -> Verdict:
        """What is to be said of a list of points.  Raises InputError for what is none."""
        return _Comparison(self, read_points(text, len(self.names))).verdict()

    def _shown(self, point: Point) -> Point:
        return point if self.kinds else Point(point.place)


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


def read_points(text: str, count: int) -> list[Point]:
    """The points of a list, each once; separated by ; or a new line, or by their brackets.

    Raises InputError for what cannot be read, and for a point of another number of coordinates.

    >>> [point.text() for point in read_points("min at (1, 2); saddle: (0, 1/2)", 2)]
    ['(1, 2) minimum', '(0, 1/2) saddle point']
    """
    plain = _plain(text)
    if _NOTHING.match(plain.lower()):
        return []
    found: dict[tuple[Node, ...], Point] = {}
    for segment in _SEPARATORS.split(plain):
        for inside, words in _pieces(segment):
            point = Point(_place(inside, count), _kind(words))
            known = found.get(point.place)
            if known is None or not known.kind:
                found[point.place] = point
    if not found:
        raise InputError("There is no point here.", hint="Write points such as (1, 2); (0, 0).")
    if len(found) > MOST_POINTS:
        raise InputError("These are too many points.", hint="Give each point once.")
    return list(found.values())


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


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────


class _Comparison:
    """Given points beside the right ones."""

    def __init__(self, answer: PointsAnswer, given: list[Point]) -> None:
        self.answer, self.given = answer, given
        self.partner = [self._found(point.place) for point in given]
        self.extra = [p for p, k in zip(given, self.partner, strict=True) if k is None]
        self.pairs = [
            (p, answer.points[k]) for p, k in zip(given, self.partner, strict=True) if k is not None
        ]
        self.missing = len(answer.points) - len({k for k in self.partner if k is not None})

    def _found(self, place: Sequence[Node]) -> int | None:
        points = enumerate(self.answer.points)
        return next((k for k, point in points if _same(place, point.place)), None)

    def verdict(self) -> Verdict:
        """What is wrong with points first, then what is wrong with kinds."""
        mistakes = self._of_points() + self._of_kinds()
        if not mistakes:
            return right(EXACTLY)
        said = " ".join(mistake.sentence for mistake in mistakes)
        message = f"{self._counted()} {said}".strip()
        return Verdict(self._score(), message, tuple(mistakes), self._wrong(), EXACTLY)

    def _of_points(self) -> list[Diagnosis]:
        found = []
        if self._is_exchanged:
            return [diagnosis("points-exchanged")]
        if self.extra:
            found.append(self._not_critical())
        if self.missing:
            found.append(diagnosis("point-missing"))
        return found

    @cached_property
    def _is_exchanged(self) -> bool:
        """Whether all points are right once their two coordinates have changed places."""
        turned = [self._found(point.place[::-1]) for point in self.given]
        return bool(self.extra) and None not in turned and len(self.answer.names) == 2

    def _not_critical(self) -> Diagnosis:
        shown = [_zeros(self.answer, point) for point in self.extra]
        for k, name in enumerate(self.answer.names):
            if all(zeros[k] for zeros in shown):
                found = diagnosis("one-equation-only")
                where = f" $\\partial f/\\partial {name}$ is 0 there, but not the other one."
                return Diagnosis(found.mistake, found.sentence + where, found.law)
        return diagnosis("gradient-not-zero")

    def _of_kinds(self) -> list[Diagnosis]:
        if not self.answer.kinds or not self.pairs:
            return []
        wrong = [(p.kind, q.kind) for p, q in self.pairs if p.kind != q.kind]
        if not wrong:
            return []
        if any(not given for given, _ in wrong):
            return [diagnosis("kind-not-said")]
        return [diagnosis(kind_mistake(wrong))]

    def _counted(self) -> str:
        n = len(self.pairs)
        if not n or n == len(self.given) == len(self.answer.points):
            return ""
        return "One point is right." if n == 1 else f"{n} of these points are right."

    def _score(self) -> float:
        if self._is_exchanged:
            return HALF
        worth = [HALF if self.answer.kinds and p.kind != q.kind else 1.0 for p, q in self.pairs]
        most = max(len(self.answer.points), len(self.given), 1)
        return round(min(sum(worth) / most, 0.95), 2)

    def _wrong(self) -> tuple[tuple[int, ...], ...]:
        """The rows that are not right, counted from 1."""
        rows = zip(self.given, self.partner, strict=True)
        return tuple((i + 1,) for i, (point, k) in enumerate(rows) if not self._is_right(point, k))

    def _is_right(self, point: Point, k: int | None) -> bool:
        if k is None:
            return False
        return not self.answer.kinds or point.kind == self.answer.points[k].kind


def kind_mistake(wrong: Sequence[tuple[str, str]]) -> str:
    """The mistake behind pairs of (a given kind, the right one) that differ."""
    if all({*pair} == {MINIMUM, MAXIMUM} for pair in wrong):
        return "extrema-exchanged"
    if all(good == SADDLE for _, good in wrong):
        return "saddle-as-extremum"
    if all(given == SADDLE for given, _ in wrong):
        return "extremum-as-saddle"
    return "kind-wrong"


def _same(left: Sequence[Node], right: Sequence[Node]) -> bool:
    values = Values(())
    pairs = zip(left, right, strict=True)
    return all(a is b or values.equality(a, b).is_equal for a, b in pairs)


def _zeros(answer: PointsAnswer, point: Point) -> list[bool]:
    """Which of the partial derivatives are 0 at a point."""
    here = dict(zip([sym(name) for name in answer.names], point.place, strict=True))
    values = Values(())
    return [values.equality(substitute(u, here), ZERO).is_equal for u in answer.partials]
