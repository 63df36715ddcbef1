"""Answers that are sets of points, each with its kind where that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from calc_core.exercises.exercise import Field
from calc_core.exercises.point_lists import KINDS, MAXIMUM, MINIMUM, SADDLE, Point, read_points
from calc_core.exercises.values import Values
from calc_core.exercises.verdict import Diagnosis, Verdict, diagnosis, right
from calc_core.graph import ZERO, Node, substitute, sym

EXACTLY = "exactly"
# What a right point is worth whose kind is wrong, or all of them with coordinates exchanged.
HALF = 0.5


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
        points = read_points(text, len(self.names))
        read = r",\quad ".join(point.latex() for point in points)
        return replace(_Comparison(self, points).verdict(), read=read)

    def _shown(self, point: Point) -> Point:
        return point if self.kinds else Point(point.place)


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────


class _Comparison:
    """Given points beside the right ones."""

    def __init__(self, answer: PointsAnswer, rows: list[Point]) -> None:
        self.answer, self.rows = answer, rows
        self.given = _each_once(rows)
        self.partner = [self._found(point.place) for point in self.given]
        self.extra = [p for p, k in zip(self.given, self.partner, strict=True) if k is None]
        self.pairs = [
            (p, answer.points[k])
            for p, k in zip(self.given, self.partner, strict=True)
            if k is not None
        ]
        self.missing = len(answer.points) - len({k for k in self.partner if k is not None})

    def _found(self, place: Sequence[Node]) -> int | None:
        points = enumerate(self.answer.points)
        return next((k for k, point in points if _same(place, point.place)), None)

    def verdict(self) -> Verdict:
        """What is wrong with points first, then what is wrong with kinds."""
        mistakes = self._of_points() + self._of_kinds()
        if not mistakes:
            known = right(EXACTLY)
            return replace(known, message=f"{known.message} {self._repeated()}".rstrip())
        said = [mistake.sentence for mistake in mistakes]
        message = " ".join(part for part in (self._counted(), *said, self._repeated()) if part)
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

    def _repeated(self) -> str:
        """What is to be said of points that are given more than once."""
        found = [p for p in self.given if sum(_same(p.place, q.place) for q in self.rows) > 1]
        if not found:
            return ""
        if len(found) == 1:
            place = Point(found[0].place).latex()
            return f"The point ${place}$ is given more than once; once is enough."
        return "Some points are given more than once; once is enough."

    def _score(self) -> float:
        if self._is_exchanged:
            return HALF
        worth = [HALF if self.answer.kinds and p.kind != q.kind else 1.0 for p, q in self.pairs]
        most = max(len(self.answer.points), len(self.given), 1)
        return round(min(sum(worth) / most, 0.95), 2)

    def _wrong(self) -> tuple[tuple[int, ...], ...]:
        """The rows that are not right, counted from 1."""
        pairs = zip(self.given, self.partner, strict=True)
        wrong = [point for point, k in pairs if not self._is_right(point, k)]
        first = [next(i for i, row in enumerate(self.rows) if row.place is p.place) for p in wrong]
        return tuple((i + 1,) for i in first)

    def _is_right(self, point: Point, k: int | None) -> bool:
        if k is None:
            return False
        return not self.answer.kinds or point.kind == self.answer.points[k].kind


def _each_once(rows: Sequence[Point]) -> list[Point]:
    """Every point once, with its kind if that is said anywhere."""
    found: list[Point] = []
    for row in rows:
        k = next((k for k, known in enumerate(found) if _same(row.place, known.place)), None)
        if k is None:
            found.append(row)
        elif not found[k].kind:
            found[k] = Point(found[k].place, row.kind)
    return found


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
