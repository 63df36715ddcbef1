"""Checking a person's own working: each line against the one before, and against what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.verdict import Verdict
from calc_core.exercises.working.explain import named_otherwise
from calc_core.exercises.working.formulas import Formulas
from calc_core.exercises.working.instead import how_instead
from calc_core.exercises.working.report import LineReport, Status, WorkReport
from calc_core.graph import Node
from calc_core.parse.working_line import Side, Statement
from calc_core.printing.latex import symbol_latex

# More lines than this are no working on one exercise.
MOST_LINES = 60
# Of several things that can be said of one line the worst counts.
_WORST: tuple[Status, ...] = ("unread", "wrong", "carries", "mends", "follows", "aside", "empty")

_TOO_MANY = f"Only the first {MOST_LINES} lines are read."
_WANTED = "what is asked for"
_UNEQUAL = (
    "This is what is asked for, but the two sides of the sign = are not equal: begin a new line "
    "where you put something in or differentiate."
)


def check_work(exercise: Exercise, lines: Sequence[str]) -> WorkReport:
    """What is to be said of a derivation that a person wrote line by line.

    A line follows if it is equal to what the line before is equal to, inert derivatives in it
    included; so a line that skips ahead is accepted.  The first that does not follow is marked,
    with what was done.  Nothing is raised for what cannot be read: that is said of the line.

    >>> from calc_core.exercises import generate
    >>> exercise = generate("partial", 1, 0)
    >>> check_work(exercise, [f"= {exercise.answer.text()}"]).message
    'Every line follows, and the last one is the answer.'
    """
    if isinstance(exercise.answer, FormulaAnswer):
        return Sheet(Formulas(exercise, exercise.answer), exercise.answer).report(lines)
    instead = how_instead(exercise)
    return WorkReport(tuple([LineReport(text, "empty") for text in lines]), None, None, instead)


@dataclass(slots=True)
class _Thread:
    """Lines that are equal to one another: those about the goal, or about something else.

    ``last``    the line before, if there is one; ``broken`` whether it is not equal to the goal;
    ``others``  what the goal may mean as well;
    ``about``   its name in LaTeX, if it is another derivative than the one that is asked for.
    """

    goal: Node
    is_main: bool = False
    last: Node | None = None
    broken: bool = False
    others: tuple[Node, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found out about a part of a line."""

    status: Status
    message: str = ""
    verdict: Verdict | None = None


class Sheet:
    """One sheet of working, read from top to bottom."""

    def __init__(self, language: Formulas, answer: FormulaAnswer) -> None:
        self.language, self.answer = language, answer
        self.main = self.current = _Thread(language.goal, is_main=True)
        self.final: Side | None = None
        self.is_open = False
        self.has_failed = self.is_mended = False

    # ── lines ─────────────────────────────────────────────────────────────────────────────────

    def report(self, lines: Sequence[str]) -> WorkReport:
        """What is to be said of the lines; the language then knows the letters that they define."""
        reports = tuple([self._line(text) for text in lines[:MOST_LINES]])
        reports += tuple([LineReport(text, "unread", _TOO_MANY) for text in lines[MOST_LINES:]])
        marked = next((k for k, line in enumerate(reports) if line.is_bad), None)
        answer = self._answer()
        return WorkReport(reports, marked, answer, self._message(reports, marked, answer))

    def _line(self, text: str) -> LineReport:
        if not text.strip():
            return LineReport(text, "empty")
        try:
            statements = self.language.read(text)
            found = [part for statement in statements for part in self._statement(statement)]
        except InputError as error:
            return LineReport(text, "unread", str(error), column=error.column)
        worst = min(found, key=lambda part: _WORST.index(part.status), default=_Found("empty"))
        verdict = worst.verdict
        parts = [worst] if verdict else found
        said = dict.fromkeys(part.message for part in parts if part.message)
        return LineReport(
            text,
            worst.status,
            " ".join(said),
            self._latex(statements),
            verdict.mistakes if verdict else (),
            verdict.wrong if verdict else (),
        )

    def _latex(self, statements: Sequence[Statement]) -> str:
        written = []
        for statement in statements:
            sides = [
                _named(side) if side.node is None else self.language.latex(side.node)
                for side in statement.sides
            ]
            written.append(("= " if statement.goes_on else "") + " = ".join(sides))
        return r",\quad ".join(written)

    # ── statements ────────────────────────────────────────────────────────────────────────────

    def _statement(self, statement: Statement) -> list[_Found]:
        sides = [side for side in statement.sides if side.node is not None]
        values = self._values(sides)
        if not statement.goes_on and statement.sides[0].node is None:
            return self._named(statement.sides[0].letter, sides, values)
        if statement.goes_on:
            return self._follow(self._going_on(values[0]), sides, values)
        if len(values) == 1:
            return self._bare(sides[0], values[0])
        return self._equation(sides, values)

    def _values(self, sides: list[Side]) -> list[Node]:
        """What the sides mean, in the reading in which they agree, if there are several."""
        found = [list(values) for values in zip(*map(self._readings, sides), strict=True)]
        return next((values for values in found[:-1] if self._agrees(values)), (found or [[]])[-1])

    def _readings(self, side: Side) -> list[Node]:
        assert side.node is not None
        readings = range(self.language.readings)
        return [self.language.meaning(side.node, side.column, reading) for reading in readings]

    def _agrees(self, values: list[Node]) -> bool:
        first, *rest = values
        if rest:
            return all(self.language.same(first, value) for value in rest)
        return self._is_goal(first) or self._fits(self.current, first)

    def _named(self, letter: str, rest: list[Side], values: list[Node]) -> list[_Found]:
        """A name on the left: a letter that is given a meaning, or what is asked for."""
        if not rest:
            self.current = self.main
            return []
        about_goal = any(self._is_goal(value) for value in values)
        if self.language.may_be_defined(letter) and not about_goal:
            thread = self.current = _Thread(values[0])
            self.language.define(letter, values[0])
            found = self._follow(thread, rest, values)
            return [_Found("aside") if part.status == "follows" else part for part in found]
        return self._follow(self.main, rest, values)

    def _going_on(self, value: Node) -> _Thread:
        """The thread that a line with = in front goes on with."""
        thread = self.current
        if not thread.about and not self._fits(thread, value) and self._is_goal(value):
            return self.main
        return thread

    def _bare(self, side: Side, value: Node) -> list[_Found]:
        """A formula without anything said of it."""
        about = self.language.names.beside(value)
        if about:
            self.current = _Thread(value, about=about)
            return [self._beside(about)]
        if self._fits(self.current, value):
            return self._follow(self.current, [side], [value])
        if not self._is_goal(value) and self.language.part_of_goal(value):
            self.current = _Thread(value, last=value)
            return [_Found("aside")]
        if not self.current.is_main and not self.current.broken:
            self.current = self.main
        return self._follow(self.main if self._is_goal(value) else self.current, [side], [value])

    def _equation(self, sides: list[Side], values: list[Node]) -> list[_Found]:
        """Two sides or more; what stands on the left says what the line is about."""
        left = values[0]
        about = self.language.names.beside(left)
        if about:
            thread = _Thread(left, others=tuple(self._readings(sides[0])), about=about)
            return [*self._follow(thread, sides[1:], values[1:]), self._beside(about)]
        if self._is_goal(left):
            return self._follow(self.main, sides[1:], values[1:], left)
        if self._fits(self.current, left):
            return self._follow(self.current, sides[1:], values[1:], left)
        if self.language.is_given(left, values[-1]):
            return [_Found("aside")]
        if not self.language.is_open(left) and not self.language.same(left, values[1]):
            return self._follow(self.current, sides, values)
        thread = _Thread(left, others=tuple(self._readings(sides[0])))
        return self._follow(thread, sides[1:], values[1:])

    def _beside(self, about: str) -> _Found:
        """A line about another derivative than the one that is asked for."""
        asked = self.language.asked
        wanted = f"${asked}$ is asked for" if asked else "something else is asked for"
        return _Found("aside", f"This is ${about}$; {wanted}.")

    def _fits(self, thread: _Thread, value: Node) -> bool:
        """Whether a side goes on with a thread, rightly or with its mistake."""
        goes_on = self._is_right(thread, value)
        if thread.broken and thread.last is not None:
            goes_on = goes_on or self.language.same(value, thread.last)
        return goes_on

    def _is_right(self, thread: _Thread, value: Node) -> bool:
        if self.language.same(value, thread.goal):
            return True
        if thread.is_main:
            return False
        there = self.language.at_point(thread.goal)
        # The derivative at any point may be named for its value at the point of the exercise.
        for other in (*thread.others, *([] if there is None else [there])):
            if self.language.same(value, other):
                thread.goal = other
                return True
        return False

    def _is_goal(self, value: Node) -> bool:
        return self.language.same(value, self.language.goal)

    # ── comparing ─────────────────────────────────────────────────────────────────────────────

    def _follow(
        self, thread: _Thread, sides: list[Side], values: list[Node], left: Node | None = None
    ) -> list[_Found]:
        """Each side against the one before, from the left side of the equation on."""
        if left is not None and not thread.broken and not self.language.names.is_asked(left):
            thread.last = left
        found = []
        for side, value in zip(sides, values, strict=True):
            if not thread.is_main and self._turns_to_goal(thread, value):
                found.append(_Found("follows", self._about_turn(thread)))
                thread = self.main
            found.append(self._compared(thread, side, value))
            if thread.is_main:
                self.final = side
        self.current = thread
        self.is_open = bool(values) and self.language.is_open(values[-1])
        return found

    def _turns_to_goal(self, thread: _Thread, value: Node) -> bool:
        """Whether a side is not what the thread is about, but what is asked for."""
        if thread.about:
            return False
        return not self.language.same(value, thread.goal) and self._is_goal(value)

    def _about_turn(self, thread: _Thread) -> str:
        """What is to be said where the goal follows on something else, by a sign =."""
        there = self.language.at_point(thread.goal)
        return "" if there is not None and self._is_goal(there) else _UNEQUAL

    def _compared(self, thread: _Thread, side: Side, value: Node) -> _Found:
        before, was_broken = thread.last, thread.broken
        is_right = self._is_right(thread, value) or (
            thread.is_main and self.language.accepts(side.text)
        )
        carries = was_broken and before is not None and self.language.same(value, before)
        thread.last, thread.broken = value, not is_right
        if is_right:
            if was_broken or self._mends(thread, value):
                self.is_mended = True
                return _Found("mends", "Right again: the mistake is mended.")
            return _Found("follows" if thread.is_main else "aside")
        if carries:
            return _Found("carries", "This follows, but from a line that is not right.")
        if self.has_failed:
            return _Found("wrong", "This does not follow from the line before.")
        self.has_failed = True
        if thread.about and self._is_goal(value):
            verdict = named_otherwise(thread.about, self.language.asked)
            return _Found("wrong", verdict.message, verdict)
        start = before if thread.is_main or before is not None else thread.goal
        verdict = self.language.explain(start, value)
        return _Found("wrong", verdict.message, verdict)

    def _mends(self, thread: _Thread, value: Node) -> bool:
        """Whether a right result follows on a mistake that was made beside it."""
        is_result = thread.is_main and not self.language.is_open(value)
        return is_result and self.has_failed and not self.is_mended

    # ── the outcome ───────────────────────────────────────────────────────────────────────────

    def _answer(self) -> Verdict | None:
        """The verdict on the last line as an answer, if it is about the goal and finished."""
        if self.final is None or not self.current.is_main or self.is_open:
            return None
        try:
            verdict = self.answer.grade(self.final.text)
        except InputError:
            # Such as f_x(1, 2).
            return None
        has_letters = any(found.mistake == "foreign-letter" for found in verdict.mistakes)
        return None if has_letters else verdict

    def _message(
        self, reports: tuple[LineReport, ...], marked: int | None, answer: Verdict | None
    ) -> str:
        if all(line.status == "empty" for line in reports):
            return "Nothing has been written yet."
        if marked is not None:
            return self._message_of_bad(reports, marked)
        if not self.current.is_main:
            return self._message_of_aside()
        if self.is_open:
            return "Every line follows so far; not everything is differentiated yet."
        if answer is None:
            return "Every line follows so far; put in what the letters stand for."
        if answer.is_right:
            return "Every line follows, and the last one is the answer."
        return f"Every line follows. {answer.message}"

    def _message_of_aside(self) -> str:
        """Where the last line is true, but not the answer."""
        wanted = f"what is asked for, ${self.language.asked}$," if self.language.asked else _WANTED
        if self.main.last is None or self.language.is_open(self.main.last):
            return f"Every line is true; {wanted} is still to come."
        return f"Every line is true, and {wanted} is among them: end with it."

    def _message_of_bad(self, reports: tuple[LineReport, ...], marked: int) -> str:
        if reports[marked].status == "unread":
            return f"Line {marked + 1} cannot be read."
        mended = next((k for k, line in enumerate(reports) if line.status == "mends"), None)
        after = "" if mended is None else f" It is mended in line {mended + 1}."
        return f"Line {marked + 1} does not follow.{after}"


def _named(side: Side) -> str:
    """A name in LaTeX: a letter, or words as they were typed."""
    return symbol_latex(side.letter) if side.letter else _words(side.text)


def _words(text: str) -> str:
    return r"\text{" + re.sub(r"[\\{}_^&%$#~]", " ", text).strip() + "}"
