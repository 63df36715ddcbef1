"""What people write in front of an answer, f_x = …, and whether that is what is asked for."""

from __future__ import annotations

from dataclasses import replace

from calc_core.errors import InputError
from calc_core.exercises.equations import Part, parts, right_sides, unwrapped
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.verdict import Verdict, diagnosis, judged
from calc_core.exercises.working.formulas import Formulas
from calc_core.graph import Node, entries

# A longer name is not said.
LONGEST_NAME = 120
# What stands in no name of a derivative, but in an equation such as 2x + 3y - z = 0.
_OF_SUMS = "+-−"
# An answer with these mistakes only has the right value.
_OF_FORM = {"unsimplified", "not-worked-out", "column-for-row", "row-for-column"}


def graded(exercise: Exercise, answer: FormulaAnswer, text: str) -> Verdict:
    """The verdict on a formula with something in front of it.  Raises InputError.

    What is in front may be a name of what is asked for, in any notation, or a formula that is equal
    to it; of several equations, f_x = …, f_y = …, each is an entry.
    """
    text = unwrapped(text)
    found = tuple(parts(text))
    if not any(part.has_sign for part in found):
        return answer.grade(text)
    right = right_sides(text, found)
    verdict = answer.grade(right)
    given = answer.read(right).node
    pairs = [(answer.node, given)]
    if len(found) > 1:
        pairs = list(zip(entries(answer.node), entries(given), strict=False))
        if len(pairs) != len(found) or not has_right_value(verdict):
            return verdict
    reader = _Reader(exercise, answer, verdict)
    said = (reader.judged(part, *pair) for part, pair in zip(found, pairs, strict=True))
    other = next((each for each in said if each is not None), verdict)
    return replace(other, read=verdict.read)


def has_right_value(verdict: Verdict) -> bool:
    """Whether nothing but the form of an answer is to be mended."""
    return {found.mistake for found in verdict.mistakes} <= _OF_FORM


class _Reader:
    """What stands in front of an answer, read as a line of working would be."""

    def __init__(self, exercise: Exercise, answer: FormulaAnswer, verdict: Verdict) -> None:
        self._language = Formulas(exercise, answer)
        self._answer, self._verdict = answer, verdict

    def judged(self, part: Part, goal: Node, given: Node) -> Verdict | None:
        """What is to be said of a left side, if it is something else than what is asked for."""
        if goal.free and not given.free and any(sign in part.left for sign in _OF_SUMS):
            raise InputError(
                "This is an equation.", part.end - 1, "Solve it, and type only the formula."
            )
        for values in self._sides(part):
            is_open = self._language.is_open(values[0])
            if any(self._is_goal(value, goal) for value in values):
                if not is_open and not has_right_value(self._verdict):
                    raise InputError(
                        "The two sides of the sign = are not equal.",
                        part.end - 1,
                        "Type the answer alone.",
                    )
            elif is_open or not self._answer.approximates:
                return self._of_other(values, given)
        return None

    def _sides(self, part: Part) -> list[list[Node]]:
        """What each side in front means, in every reading; mere names mean nothing."""
        if not part.left or self._is_called(part.left):
            return []
        try:
            # A right side of its own, for it is no sentence without one.
            statements = self._language.read(f"{part.left} = 0")
            sides = [side for statement in statements for side in statement.sides][:-1]
            return [self._values(side.node) for side in sides if side.node is not None]
        except InputError:
            raise InputError(
                "What stands on the left of the sign = cannot be read.",
                part.start,
                "Type the answer alone.",
            ) from None

    def _is_called(self, text: str) -> bool:
        return bool(self._language.asked) and self._language.names.is_called(text)

    def _values(self, node: Node) -> list[Node]:
        known = self._language.with_own_letter(node)
        readings = range(self._language.readings)
        return [self._language.meaning(known, 0, reading) for reading in readings]

    def _is_goal(self, value: Node, goal: Node) -> bool:
        return not self._language.names.beside(value) and self._is_same(value, goal)

    def _is_same(self, value: Node, goal: Node) -> bool:
        """Whether a side is equal to another, or is so at the point of the exercise."""
        there = self._language.at_point(value)
        return any(self._language.same(v, goal) for v in (value, there) if v is not None)

    def _of_other(self, values: list[Node], given: Node) -> Verdict:
        """The verdict where the left side names something else."""
        asked = self._language.asked
        wanted = f"${asked}$ is asked for" if asked else "something else is asked for"
        written = self._language.names.of(values[0])
        named = f"${written}$" if len(written) <= LONGEST_NAME else "something else"
        if has_right_value(self._verdict):
            sentence = f"The right side is what is asked for, but the left side names {named}."
            return judged(replace(diagnosis("other-name"), sentence=sentence))
        if any(self._is_same(value, given) for value in values):
            sentence = f"This is right for {named}, but {wanted}."
            return judged(replace(diagnosis("other-derivative"), sentence=sentence))
        message = f"The left side names {named}; {wanted}. {self._verdict.message}"
        return replace(self._verdict, message=message)
