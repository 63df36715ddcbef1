"""What is said of a person's own working, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from calc_core.exercises.verdict import Diagnosis, Verdict

#: ``"aside"`` is a true line about something else; ``"mends"`` is right again after a mistake,
#: ``"carries"`` follows from a line with a mistake in it.
Status = Literal["empty", "follows", "aside", "wrong", "unread", "mends", "carries"]
BAD: frozenset[Status] = frozenset(("wrong", "unread"))


@dataclass(frozen=True, slots=True)
class LineReport:
    """What is said of one line.

    ``text``      the line as it was typed;
    ``status``    whether it follows;
    ``message``   one sentence or two in Markdown, or nothing;
    ``latex``     how the line was read;
    ``mistakes``  what was done, for the first line that does not follow;
    ``wrong``     the entries that are wrong, counted from 1, if some are right;
    ``column``    where it could not be read, counted from 0.
    """

    text: str
    status: Status
    message: str = ""
    latex: str = ""
    mistakes: tuple[Diagnosis, ...] = ()
    wrong: tuple[tuple[int, ...], ...] = ()
    column: int | None = None

    @property
    def is_bad(self) -> bool:
        """Whether the line does not follow, or cannot be read."""
        return self.status in BAD


@dataclass(frozen=True, slots=True)
class WorkReport:
    """What is said of all the lines.

    ``lines``    one for each line that was given;
    ``marked``   the index of the first bad one, or None;
    ``answer``   the verdict on the last line as an answer, if it is one;
    ``message``  the outcome in one sentence or two, in Markdown.
    """

    lines: tuple[LineReport, ...]
    marked: int | None
    answer: Verdict | None
    message: str

    @property
    def is_right(self) -> bool:
        """Whether every line follows and the last one is the answer, in the form asked for."""
        return self.marked is None and self.answer is not None and self.answer.is_right

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return {
            "message": self.message,
            "marked": self.marked,
            "right": self.is_right,
            "score": None if self.answer is None else self.answer.score,
            "lines": [
                {
                    "text": line.text,
                    "status": line.status,
                    "message": line.message,
                    "latex": line.latex,
                    "mistakes": [[m.mistake, m.sentence, m.law] for m in line.mistakes],
                    "wrong": [list(place) for place in line.wrong],
                    "column": line.column,
                }
                for line in self.lines
            ],
        }
