"""What one wrong entry shows by itself: a sign, a factor, one number, one term, one inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calc_core.exercises.diagnosing.arranged import is_plain_factor
from calc_core.exercises.diagnosing.insides import INSIDE, Mended, with_right_insides
from calc_core.exercises.diagnosing.nearly import has_constant, nearly
from calc_core.exercises.diagnosing.sought import Sought
from calc_core.exercises.values import Array, agree
from calc_core.exercises.verdict import Diagnosis, diagnosis
from calc_core.graph import DIV, Node, sym


@dataclass(frozen=True)
class Entry:
    """One entry of an answer beside the right one.

    ``sought``       the right entry, and points at which it has values;
    ``here``         those of the points at which the answer has values, too;
    ``has_letters``  whether the answer has any, in this entry or another;
    ``is_alone``     whether all other entries are right.
    """

    given: Node
    sought: Sought
    here: NDArray[np.bool_]
    has_letters: bool
    is_alone: bool

    @cached_property
    def at(self) -> Array:
        """The values of the given entry, (1, point)."""
        return self._values(self.given)

    @cached_property
    def goal(self) -> Array:
        """The values of the right entry."""
        return self._values(self.sought.node)

    def _values(self, node: Node) -> Array:
        return self.sought.values(node)[:, self.here]

    def seen(self, is_sure: bool) -> tuple[Diagnosis, ...]:
        """What is wrong with it; ``is_sure`` only what could hardly be anything else."""
        if not self.at.size:
            return ()
        found = self._of_whole(is_sure)
        if found or (is_sure and not self.given.free and not self.is_alone):
            return found
        return self._inside_changed() or nearly(
            self.given, self.sought.node, self.sought.values, is_sure
        )

    def _of_whole(self, is_sure: bool) -> tuple[Diagnosis, ...]:
        """What is wrong with the entry as a whole."""
        if agree(-self.at, self.goal).all() and self.goal.any():
            return (diagnosis("sign"),)
        if self.has_letters and is_plain_factor(self.at, self.goal):
            return (diagnosis("factor"),)
        if self.has_letters and not is_sure and is_plain_factor(-self.at, self.goal):
            return diagnosis("factor"), diagnosis("sign")
        if self.has_letters and self._is_constant_off() and not has_constant(self.sought.node):
            return (diagnosis("added-constant"),)
        letter = self._letter_off()
        if letter is not None:
            return (diagnosis("letter-factor", letter),)
        return (diagnosis("denominator-missing"),) if self._is_top_alone() else ()

    def _is_constant_off(self) -> bool:
        shifted = self.at - self.at[:, :1] + self.goal[:, :1]
        return self.at.shape[1] > 1 and bool(agree(shifted, self.goal).all())

    def _letter_off(self) -> Node | None:
        """The letter x where the answer is right but for a factor x or x², above or below."""
        if not np.any(self.goal):
            return None
        for name, value in self.sought.values.point.items():
            for n in (-2, -1, 1, 2):
                with np.errstate(all="ignore"):
                    if agree(self.at * value[self.here] ** n, self.goal).all():
                        return sym(name)
        return None

    def _is_top_alone(self) -> bool:
        right = self.sought.node
        return right.op == DIV and bool(agree(self.at, self._values(right.args[0])).all())

    def _inside_changed(self) -> tuple[Diagnosis, ...]:
        for mended, at in self.mended(INSIDE):
            if agree(at, self.goal).all():
                return (diagnosis(INSIDE, mended.spot),)
        return ()

    def mended(self, mistake: str) -> Iterator[tuple[Mended, Array]]:
        """The entry with another inside, if that is the mistake, and its values then."""
        if self.given.free:
            for mended in with_right_insides(self.given, self.sought.node, self.sought.functions):
                if mended.mistake == mistake:
                    yield mended, self._values(mended.node)
