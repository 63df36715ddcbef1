"""What the scanner hands to the grammar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from calc_core.graph import Number


class Kind(Enum):
    """The kinds of token; ``Token.text`` says which one of its kind."""

    NUMBER = auto()
    NAME = auto()  # a letter, with its subscript: canonical, as in "theta_1"
    CONSTANT = auto()  # "e" or "pi"
    FUNCTION = auto()  # a row of FUNCTIONS, or what calls.py builds of others
    OPERATOR = auto()  # + - * / ^ ! , ; : ? & \\ _ := ↦ →
    RELATION = auto()  # lt le gt ge eq ne
    WORD = auto()  # if then else and or not true false
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()  # | or ‖, which may open or close
    COMMAND = auto()  # frac root int over begin end
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text from ``start`` to ``end``.

    ``gap``   a blank stands before it that a reader would notice;
    ``soft``  a blank stands before it that was needed to end the word before it (``omega t``);
    ``value`` of a NUMBER; the degree of a radical sign.
    """

    kind: Kind
    text: str
    start: int
    end: int
    gap: bool = False
    soft: bool = False
    value: Number = 0

    def is_a(self, kind: Kind, *texts: str) -> bool:
        """Whether it is of this kind, and one of these (any, when none is named)."""
        return self.kind is kind and (not texts or self.text in texts)
