"""Why one line does not follow from another: wrong laws, wrong algebra, or what is nearly right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.exercises.diagnosing import Sought, diagnose, of_this_shape
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.mistakes.answers import ANSWERS
from calc_core.exercises.mistakes.working import WORKING
from calc_core.exercises.values import agree
from calc_core.exercises.verdict import LONGEST_SPOT, Diagnosis, Verdict
from calc_core.exercises.work import Recipe, Work
from calc_core.exercises.working.meaning import settled
from calc_core.exercises.working.slips import slips
from calc_core.graph import Node
from calc_core.printing import Latex
from calc_core.shapes import Shape

Places = tuple[tuple[int, ...], ...]

# What is seen from the two values alone, and could have come about in other ways.
VAGUE = frozenset(ANSWERS) - {"rounded", "narrower", "undefined", "transposed", "order"}


def said(mistake: str, spot: Node | None = None) -> Diagnosis:
    """What is said of a slip between two lines, at the place where it happened."""
    known = WORKING[mistake]
    written = "" if spot is None else str(Latex()(spot))
    where = f" at ${written}$" if 0 < len(written) <= LONGEST_SPOT else ""
    return Diagnosis(mistake, known.sentence.replace("{where}", where), known.law)


def named_otherwise(named: str, asked: str) -> Verdict:
    """The verdict on a side that is what is asked for, under the name of something else."""
    found = said("named-otherwise")
    wanted = f"${asked}$, which is asked for" if asked else "what is asked for"
    sentence = f"The right side is {wanted}; the left side names ${named}$."
    return _judged(replace(found, sentence=sentence))


class Explanation:
    """Explains one side that is wrong, though the one before is right.

    ``written``  lines that could stand before a first one.
    """

    def __init__(
        self, answer: FormulaAnswer, engine: Engine, written: tuple[Node, ...] = ()
    ) -> None:
        self._answer = answer
        self._written = written
        self._values = answer.values
        self._engine = engine

    def of(self, before: Node | None, given: Node) -> Verdict:
        """The simplest explanation; ``before`` is None for a first line.

        The answer's own wrong plans are looked at as well, for a line may skip ahead.
        """
        given = settled(given, self._engine)
        if before is None:
            return self._of_first(given)
        right = settled(before, self._engine)
        if given.shape != right.shape:
            return self._of_other_shape(given, right.shape)
        looks: tuple[Callable[[], Verdict | None], ...] = (
            lambda: self._by_laws(before, right, given) if before.inert else None,
            lambda: self._by_slips(before, given),
            lambda: self._of_step_ahead(right, given) if right.free or before.inert else None,
            lambda: self._by_laws(right, right, given, vague=True),
        )
        for look in looks:
            found = look()
            if found is not None:
                return found
        return _judged(said("does-not-follow"))

    def _of_first(self, given: Node) -> Verdict:
        """A first line: a wrong answer, or a slip in what the first step leads to."""
        found = self._of_answer(given)
        if VAGUE.isdisjoint([each.mistake for each in found.mistakes]):
            return found
        for line in self._written:
            slip = self._by_slips(line, given)
            if slip is not None:
                return slip
        return found

    def _of_answer(self, given: Node) -> Verdict:
        if given.shape != self._answer.shape:
            return self._of_other_shape(given, self._answer.shape)
        return diagnose(self._answer.work, given, self._answer.sought)

    def _of_other_shape(self, given: Node, wanted: Shape) -> Verdict:
        found = of_this_shape(self._answer.work, given, self._values)
        if found is not None:
            return found
        sentence = f"This is {_shape(given.shape)}, where {_shape(wanted)} is needed."
        return _judged(Diagnosis("shape", sentence))

    def _by_laws(
        self, before: Node, right: Node, given: Node, vague: bool = False
    ) -> Verdict | None:
        """A wrong law for what was still to be differentiated; or what the values show."""
        sought = Sought(right, self._values, self._answer.roots)
        found = diagnose(Work(_recipe(before)), given, sought)
        mistakes = {each.mistake for each in found.mistakes}
        if "unknown" in mistakes or not (vague or VAGUE.isdisjoint(mistakes)):
            return None
        return found

    def _by_slips(self, before: Node, given: Node) -> Verdict | None:
        """One piece of wrong algebra, or something lost while copying."""
        goal = self._values(given)
        for mistake, node, spot in slips(before):
            made = self._settled(node)
            if made is None or made.shape != given.shape or not self._values.knows(made):
                continue
            if agree(self._values(made), goal).all():
                return _judged(said(mistake, spot), wrong=self._wrong(before, given))
        return None

    def _wrong(self, before: Node, given: Node) -> Places:
        """The entries that differ, counted from 1; none where all do."""
        good = agree(self._values(given), self._values(settled(before, self._engine)))
        if good.all() or not good.any():
            return ()
        found = np.unravel_index(np.flatnonzero(~good), given.shape)
        return tuple([tuple(int(i) + 1 for i in place) for place in zip(*found, strict=True)])

    def _settled(self, node: Node) -> Node | None:
        try:
            return settled(node, self._engine)
        except InputError:
            return None

    def _of_step_ahead(self, right: Node, given: Node) -> Verdict | None:
        """The answer with a mistake in it: a line that skipped ahead and went wrong."""
        if right.shape != self._answer.shape or not self._is_answer(right):
            return None
        found = self._of_answer(given)
        return None if {each.mistake for each in found.mistakes} & VAGUE else found

    def _is_answer(self, right: Node) -> bool:
        return bool(agree(self._values(right), self._values(self._answer.node)).all())


def _recipe(before: Node) -> Recipe:
    """What is still to be differentiated in a line, carried out by the laws of an engine."""
    return lambda engine: settled(before, engine)


def _shape(shape: Shape) -> str:
    if not shape:
        return "a single number or formula"
    if len(shape) == 1:
        return f"a vector of {shape[0]}"
    return f"a matrix of {shape[0]} × {shape[1]}"


def _judged(*found: Diagnosis, wrong: Places = ()) -> Verdict:
    message = " ".join(each.sentence for each in found)
    return Verdict(0.0, message, found, wrong)
