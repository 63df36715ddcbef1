"""From the boxes of a search to what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import numpy as np

from calc_core.evaluate import compile_numpy, evaluate
from calc_core.geometry.critical.branches import without_zero
from calc_core.geometry.critical.clusters import components
from calc_core.geometry.critical.exact import as_sympy, guess
from calc_core.geometry.critical.examine import examined
from calc_core.geometry.critical.newton import signature
from calc_core.geometry.critical.problem import Array, Bools, Boxes, Problem, together
from calc_core.geometry.critical.result import (
    PART,
    CriticalPoint,
    CriticalPoints,
    Interval,
    Kind,
    Place,
    share_covered,
)
from calc_core.geometry.critical.search import Search
from calc_core.geometry.numerals import numeral
from calc_core.graph import Node
from calc_core.printing import Text

# Small boxes this close together, as a part of the whole, are one place.
GAP = 2.0**-10
# Places up to this size are looked at as if they were a point.
POINT = 2.0**-8
# Heights this close together are said to be the same.
LEVEL = 1e-3
# Of more points than this the exact coordinates are not guessed: it takes a millisecond each.
MOST_GUESSED = 100
# So much of the time is for the search, the rest for a further look at what it leaves.
SEARCHING = 0.75

NOT_ISOLATED = "The critical points are not isolated here, or too close together to tell apart."
GIVEN_UP = "Not decided within the limit of work."
UNPROVED = "That there is a critical point here is not proved."
KINK = "The gradient does not exist on a part of this place, a corner of f."
EDGE = "f is not defined, or not continuous, on a part of this place."


class Report:
    """What a finished search has shown.

    ``whole``  the box that was asked for;
    ``until``  when to end, by the monotonic clock: groups of boxes that there is no time for by
               then are said to be undecided.
    """

    def __init__(self, search: Search, whole: Boxes, until: float) -> None:
        self.search, self.problem, self.whole = search, search.problem, whole
        self.until = until
        self.points = list(self._certified())
        self.undecided: list[Place] = []
        self.kinks: list[Place] = []
        for group in self._groups():
            self._sort(group)
        if len(search.given_up):
            self.undecided.append(self._unseen(search.given_up))

    def result(self) -> CriticalPoints:
        """Everything, the points in the order of their coordinates."""
        order = sorted(self.points, key=lambda p: [round(v, 9) + 0.0 for v in p.point.values()])
        return CriticalPoints(
            points=tuple(order),
            box=self._intervals(self.whole),
            complete=not self.undecided and all(p.certified for p in order),
            undecided_boxes=tuple(self.undecided),
            kinks=tuple(self.kinks),
            boundary_note=self._boundary_note(),
        )

    # ── proved ────────────────────────────────────────────────────────────────────────────────

    def _certified(self) -> Iterator[CriticalPoint]:
        zeros = self.search.zeros
        reached = (zeros.low <= self.whole.high) & (zeros.high >= self.whole.low)
        zeros = zeros[reached.all(axis=1)]
        if len(zeros):
            hessian = self.problem.hessian(zeros)
        for k in range(len(zeros)):
            signs = signature(hessian.low[k], hessian.high[k])
            yield self._point(zeros[k : k + 1], _kind(signs), signs is not None)

    def _point(self, box: Boxes, kind: Kind, certified: bool) -> CriticalPoint:
        enclosure = self._intervals(box)
        exact = guess(self.problem, enclosure) if len(self.search.zeros) < MOST_GUESSED else None
        middle = box.middle[0] if certified else self._nicest(box, exact)
        told = "" if certified else self._examined(middle, exact)
        point = {name: float(v) for name, v in zip(self.problem.names, middle, strict=True)}
        return CriticalPoint(
            point=point,
            enclosure=enclosure,
            kind=kind,
            certified=certified,
            value=float(evaluate(self.problem.f, point)),
            exact=as_sympy(exact) if exact and certified else None,
            examined=told,
        )

    def _examined(self, point: Array, exact: dict[str, Node] | None) -> str:
        look = examined(self.problem, point, self._spans, exact)
        if exact is None:
            return f"{look} {UNPROVED}"
        text = Text()
        where = ", ".join(f"{name} = {text(value)}" for name, value in exact.items())
        where = where.replace("-", "−")
        return f"The gradient is exactly 0 at {where}. {look}"

    def _nicest(self, box: Boxes, exact: dict[str, Node] | None) -> Array:
        if exact is None:
            return np.asarray(box.middle[0])
        return np.array([float(evaluate(exact[name], {})) for name in self.problem.names])

    @property
    def _spans(self) -> Array:
        return np.asarray(self.whole.width[0])

    # ── not proved ────────────────────────────────────────────────────────────────────────────

    def _groups(self) -> Iterator[Boxes]:
        """The boxes left, in groups."""
        n = self.problem.dimension
        regions = self.search.regions
        yield from regions
        for group in components(together(self.search.small, n), self.whole, GAP):
            if not any(_touch(group.hull(), region) for region in regions):
                yield group

    def _sort(self, group: Boxes) -> None:
        """What kind of place the group is: not smooth, as small as a point, or neither."""
        if monotonic() > self.until:
            self.undecided.append(self._unseen(group))
            return
        smooth = self.problem.hessian(group).smooth
        if not smooth.all():
            self._rough_place(group, smooth)
        elif self._is_small(group):
            self.points.append(self._point(group.hull(), "undecided", certified=False))
        else:
            self.undecided.append(self._place(group, NOT_ISOLATED))

    def _rough_place(self, group: Boxes, smooth: Bools) -> None:
        """Where f is not smooth, and may or may not have a critical point yet."""
        settled = without_zero(self.problem, group)
        needed = ~(settled & smooth)
        group, settled = group[needed], settled[needed]
        if self._is_small(group):
            settled = np.full(len(group), settled.all())
        for chosen, places in ((settled, self.kinks), (~settled, self.undecided)):
            for part in self._parts(group[chosen]):
                continuous = bool(np.all(self.problem.values(part).sure))
                places.append(self._place(part, KINK if continuous else EDGE))

    def _parts(self, boxes: Boxes) -> list[Boxes]:
        """What hangs together; all in one if there is no time to find that out."""
        if len(boxes) and monotonic() > self.until:
            return [boxes]
        return components(boxes, self.whole, GAP)

    def _place(self, group: Boxes, why: str) -> Place:
        box = self._intervals(group.hull())
        if self._is_small(group):
            middle = np.array([_roundest(*box[name]) for name in self.problem.names])
            told = examined(self.problem, middle, self._spans, None)
        else:
            told = self._level(group, share_covered(box, _cover(group)) < PART)
        return Place(box, why, told, _cover(group))

    def _unseen(self, group: Boxes) -> Place:
        return Place(self._intervals(group.hull()), GIVEN_UP, cover=_cover(group))

    def _level(self, group: Boxes, is_part: bool) -> str:
        """Whether f is the same all over the boxes, as it is on a connected critical set."""
        values = self.problem.values(group)
        low, high = float(np.min(values.low)), float(np.max(values.high))
        if not np.all(values.sure) or not high - low <= LEVEL * (1 + max(abs(low), abs(high))):
            return ""
        heights = compile_numpy(self.problem.f, self.problem.names)(*group.middle.T)
        where = "in all of these boxes" if is_part else "all over it"
        return f"f is about {numeral(round(float(np.median(heights)), 3) + 0.0)} {where}."

    def _is_small(self, group: Boxes) -> bool:
        return bool((group.hull().width <= POINT * self.whole.width).all())

    # ── words ─────────────────────────────────────────────────────────────────────────────────

    def _boundary_note(self) -> str:
        found = [*[p.enclosure for p in self.points], *[p.box for p in self.undecided]]
        sides = [
            f"{name} = {numeral(end)}"
            for k, name in enumerate(self.problem.names)
            for end in (float(self.whole.low[0, k]), float(self.whole.high[0, k]))
            if any(box[name][0] <= end <= box[name][1] for box in found)
        ]
        if not sides:
            return ""
        return f"A critical point may lie on the border of the box, {', '.join(sides)}."

    def _intervals(self, box: Boxes) -> dict[str, Interval]:
        return {
            name: (float(box.low[0, k]), float(box.high[0, k]))
            for k, name in enumerate(self.problem.names)
        }


def _kind(signs: tuple[int, int] | None) -> Kind:
    if signs is None:
        return "undecided"
    positive, negative = signs
    return "minimum" if not negative else "maximum" if not positive else "saddle"


def _cover(group: Boxes) -> Array:
    return np.stack([group.low, group.high], axis=2)


def _touch(box: Boxes, region: Boxes) -> bool:
    """Whether the box comes as near to the region as the region's boxes are large."""
    pad = region.width + box.width
    near = (box.low <= region.high + pad) & (box.high >= region.low - pad)
    return bool(near.all(axis=1).any())


def _roundest(low: float, high: float) -> float:
    """The number of the fewest digits between low and high."""
    for digits in range(17):
        value = round((low + high) / 2, digits)
        if low <= value <= high:
            return value + 0.0
    return (low + high) / 2


def solve(problem: Problem, box: Boxes, whole: Boxes, seconds: float) -> CriticalPoints:
    """Search the box, a part of the whole outside of which f is not defined, and report."""
    start = monotonic()
    search = Search(problem, box, start + SEARCHING * seconds)
    search.run()
    return Report(search, whole, start + seconds).result()
