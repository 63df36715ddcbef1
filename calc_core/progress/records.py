"""What goes into the store and what comes out, as plain values."""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from calc_core.errors import InputError

#: The longest answer, and the longest exercise of a teacher, in characters.
LONGEST_TEXT = 20_000
#: The longest name of a kind, a skill or a mistake.
LONGEST_NAME = 100
HIGHEST_LEVEL = 5

_SEEDS = range(-(1 << 63), 1 << 63)  # what a column for big integers holds
_SMALL = range(1 << 31)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to one exercise.

    ``id``        a UUID made by the caller; an attempt that is sent twice is kept once;
    ``kind``, ``level``, ``seed``  what generates the exercise again;
    ``skill``     what it practises;
    ``text``      what the learner gave, as JSON;
    ``score``     from 0 (wrong) to 1 (right);
    ``mistakes``  the ids of the mistakes that were recognised, each once;
    ``hints``     how many were shown;
    ``tries``     which answer to this exercise it is, counted from 1;
    ``seconds``   how long it took, if that is known;
    ``at``        when, with a time zone; kept in UTC, in whole seconds;
    ``source``    the exercise itself if a teacher typed it, otherwise empty.

    Raises:
        InputError: a text is longer than can be kept.
        ValueError: a field is out of its range.
    """

    id: str
    kind: str
    level: int
    seed: int
    skill: str
    text: str
    score: float
    mistakes: tuple[str, ...]
    hints: int
    tries: int
    seconds: float | None
    at: datetime
    source: str = ""

    def __post_init__(self) -> None:
        for name in (self.kind, self.skill, *self.mistakes):
            check_name(name)
        _within("level", 0 <= self.level <= HIGHEST_LEVEL)
        _within("seed", self.seed in _SEEDS)
        _within("score", 0 <= self.score <= 1)
        _within("hints", self.hints in _SMALL)
        _within("tries", self.tries >= 1 and self.tries in _SMALL)
        _within("seconds", self.seconds is None or 0 <= self.seconds < math.inf)
        _within("at", self.at.tzinfo is not None)
        keep = object.__setattr__  # the class is frozen for everybody else
        keep(self, "id", str(uuid.UUID(self.id)))
        keep(self, "text", _storable(self.text))
        keep(self, "source", _storable(self.source))
        keep(self, "mistakes", tuple(dict.fromkeys(self.mistakes)))
        keep(self, "at", self.at.astimezone(UTC).replace(microsecond=0))


@dataclass(frozen=True, slots=True)
class SkillState:
    """How a learner stands with one skill.

    ``stability``       in how many days the chance of knowing it falls to 90 %;
    ``retrievability``  that chance now.
    """

    skill: str
    attempts: int
    right: int
    last: datetime
    due: datetime
    stability: float
    retrievability: float


@dataclass(frozen=True, slots=True)
class MistakeCount:
    """How often a mistake was made: in all, and in the last 20 attempts."""

    mistake: str
    count: int
    recent: int
    last: datetime


def check_name(name: str) -> str:
    """Return the name of a kind, a skill or a mistake if it can be kept.

    Raises:
        ValueError: it is empty, too long or not printable.
    """
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise ValueError(f"This name cannot be kept: {name[:LONGEST_NAME]!r}")
    return name


def _within(field: str, fine: bool) -> None:
    if not fine:
        raise ValueError(f"Attempt.{field} is out of its range.")


def _storable(text: str) -> str:
    """Return the text without the few characters that no data base takes: NUL, lone surrogates."""
    if len(text) > LONGEST_TEXT:
        raise InputError(
            "This is too long to be kept.", hint=f"At most {LONGEST_TEXT:,} characters are."
        )
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return clean.replace("\0", "\N{REPLACEMENT CHARACTER}")
