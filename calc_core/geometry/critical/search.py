"""Branch and bound: a box is discarded, holds exactly one critical point, or is halved.

Sources: R. B. Kearfott, *Rigorous Global Search: Continuous Problems* (1996), ch. 5; Moore,
Kearfott, Cloud, *Introduction to Interval Analysis* (SIAM 2009), ch. 8.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

import numpy as np

from calc_core.geometry.critical.clusters import components
from calc_core.geometry.critical.newton import guesses, krawczyk, narrowed, widest_unique
from calc_core.geometry.critical.problem import Array, Bools, Boxes, Problem, together

# A box this small beside the whole is not halved any more.
FINEST = 2.0**-24
# Tests are made on a box a little larger, so that a zero on the border of two is inside.
INFLATION = 0.125
# Not in the middle: there people put their critical points.
CUT = 0.4871
# So many boxes that hang together and become more, where the whole is cut as finely as this, are no
# single point.
MANY = {1: 200, 2: 3000}
MANY_BEYOND = 8000
GROWING = 1.4
# Of these a group is given up that has such a share.
SHARE = 0.125
FINE = {1: 2.0**-10, 2: 2.0**-10, 3: 2.0**-7}
FINE_BEYOND = 2.0**-4
# At once, and in all.
MOST_AT_ONCE = 60_000
MOST = 400_000
MOST_ZEROS = 1000
# Boxes are looked at in pieces, so many at first and then as many as take so many seconds: between
# two pieces the search can be stopped.  Fewer boxes take no less time.
FEW = 500
PIECE = 0.05
# Newton's method is started from so many places, and boxes of these sizes tried around its limits.
STARTS = 1500
RADII = (1e-3, 1e-5, 1e-7)
# Boxes that are compared with all zones at once, to spare the memory.
BLOCK = 4096


@dataclass
class Search:
    """The state of a search in one box, which ends at ``until`` of the monotonic clock.

    ``zeros``    narrow boxes, each with exactly one critical point;
    ``zones``    around each a larger box that has no other;
    ``small``    boxes as small as they get that are neither discarded nor proved to have one;
    ``regions``  groups of boxes that hang together and do not become a point;
    ``given_up`` boxes that there was no time for, or that are too many.
    """

    problem: Problem
    box: Boxes
    until: float
    zeros: Boxes = field(init=False)
    zones: Boxes = field(init=False)
    given_up: Boxes = field(init=False)
    small: list[Boxes] = field(default_factory=list)
    regions: list[Boxes] = field(default_factory=list)
    looked_at: int = 0
    _sought: bool = False
    _count: int = 1
    _pace: float = PIECE / FEW

    def __post_init__(self) -> None:
        self.zeros = self.zones = self.given_up = together([], self.problem.dimension)

    def run(self) -> None:
        """Decide about the whole box, as far as that goes."""
        frontier = self.box
        while len(frontier):
            frontier = self._set_aside(frontier)
            if self._too_much(len(frontier)):
                self.given_up = frontier
                return
            frontier = self._next(frontier)

    def _next(self, frontier: Boxes) -> Boxes:
        """The boxes of the next level; none where there was no time for all, which are given up."""
        found: list[Boxes] = []
        begun, n = 0, self.problem.dimension
        while begun < len(frontier):
            start = monotonic()
            if start > self.until:
                self.given_up = together([*found, frontier[begun:]], n)
                return together([], n)
            piece = frontier[begun : begun + max(FEW, int(PIECE / self._pace))]
            found.append(self._level(piece))
            self._pace = (monotonic() - start) / max(len(piece), FEW)
            begun += len(piece)
        return together(found, n)

    def _too_much(self, count: int) -> bool:
        too_many = count > MOST_AT_ONCE or self.looked_at > MOST
        return too_many or len(self.zeros) > MOST_ZEROS

    def _relative(self, boxes: Boxes) -> Array:
        return np.asarray((boxes.width / self.box.width).max(axis=1))

    def _set_aside(self, frontier: Boxes) -> Boxes:
        """Without the boxes that are small enough, or part of something large."""
        relative = self._relative(frontier)
        done = relative <= FINEST
        if done.any():
            self.small.append(frontier[done])
            frontier, relative = frontier[~done], relative[~done]
        growing = len(frontier) > GROWING * self._count
        self._count = len(frontier)
        n = self.problem.dimension
        fine, many = FINE.get(n, FINE_BEYOND), MANY.get(n, MANY_BEYOND)
        if len(frontier) < many or relative.max() > fine or not growing:
            return frontier
        if not self._sought:
            self._sought = True
            self._seek(frontier)
            frontier = frontier[self._open(frontier)]
        groups = components(frontier, self.box)
        self.regions += [group for group in groups if len(group) >= many * SHARE]
        return together([g for g in groups if len(g) < many * SHARE], n)

    def _seek(self, boxes: Boxes) -> None:
        """Isolated points in what is about to be given up, by Newton's method; then proved."""
        scale = self.box.width[0]
        starts = boxes.middle[:: max(1, len(boxes) // STARTS)]
        places = guesses(self.problem, starts, scale)[:MOST_ZEROS]
        places = places[((places > self.box.low) & (places < self.box.high)).all(axis=1)]
        for radius in RADII:
            around = Boxes(places - radius * scale, places + radius * scale)
            around = around[self._open(around)]
            if not len(around):
                return
            test = krawczyk(self.problem, around)
            if test.proved.any():
                self._keep(around[test.proved], test.image[test.proved])
            places = around.middle[~test.proved]

    def _level(self, boxes: Boxes) -> Boxes:
        """One look at every box: what is left of them, halved."""
        self.looked_at += len(boxes)
        boxes = boxes[self._open(boxes)]
        if not len(boxes):
            return boxes
        gradient = self.problem.gradient(boxes)
        zero_inside = ((gradient.low <= 0) & (gradient.high >= 0)).all(axis=1)
        boxes = boxes[zero_inside & ~gradient.void]
        if not len(boxes):
            return boxes
        test = krawczyk(self.problem, boxes.inflated(INFLATION))
        if test.proved.any():
            self._keep(boxes.inflated(INFLATION)[test.proved], test.image[test.proved])
        low = np.maximum(boxes.low, test.image.low)
        high = np.minimum(boxes.high, test.image.high)
        left = ~test.absent & ~test.proved & (low <= high).all(axis=1)
        before, boxes = boxes[left], Boxes(low[left], high[left])
        return self._halved(before, boxes)

    def _open(self, boxes: Boxes) -> Bools:
        """Which boxes do not lie in a region whose one critical point is known."""
        known = np.full(len(boxes), False)
        if len(self.zones):
            for k in range(0, len(boxes), BLOCK):
                known[k : k + BLOCK] = boxes[k : k + BLOCK].within(self.zones).any(axis=1)
        return ~known

    def _keep(self, zones: Boxes, images: Boxes) -> None:
        """Take in zeros that are proved, each once."""
        zeros = narrowed(self.problem, images)
        zones = widest_unique(self.problem, zeros, zones)
        for k in range(len(zeros)):
            zero = zeros[k : k + 1]
            # A zone has one zero only: what lies in it is the one that is known.
            if not zero.within(self.zones).any():
                self.zeros = together([self.zeros, zero], self.problem.dimension)
                self.zones = together([self.zones, zones[k : k + 1]], self.problem.dimension)

    def _halved(self, before: Boxes, boxes: Boxes) -> Boxes:
        """The boxes cut along their longer sides; not those that the test has narrowed enough."""
        boxes_open = self._open(boxes)
        before, boxes = before[boxes_open], boxes[boxes_open]
        if not len(boxes):
            return boxes
        waits = self._relative(boxes) <= 0.5 * self._relative(before)
        ready, rest = boxes[waits], boxes[~waits]
        for k in range(self.problem.dimension):
            relative = rest.width / self.box.width
            rest = _cut(rest, k, relative[:, k] >= 0.5 * relative.max(axis=1))
        return together([ready, rest], self.problem.dimension)


def _cut(boxes: Boxes, axis: int, chosen: Bools) -> Boxes:
    """The chosen boxes in two parts each along one axis."""
    place = boxes.low[:, axis] + CUT * boxes.width[:, axis]
    first, second = boxes.high.copy(), boxes.low.copy()
    first[:, axis], second[:, axis] = place, place
    return Boxes(
        np.concatenate([boxes.low[~chosen], boxes.low[chosen], second[chosen]]),
        np.concatenate([boxes.high[~chosen], first[chosen], boxes.high[chosen]]),
    )
