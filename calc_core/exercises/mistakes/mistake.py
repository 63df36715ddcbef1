"""What a mistake that is known by name is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    r"""A mistake that is known by name.

    ``sentence``  what is said, in Markdown; ``{where}`` is filled with the place, if one is known;
    ``law``       the law that was meant, in LaTeX, or nothing;
    ``worth``     the part of the score that an answer with this mistake still earns;
    ``among``     what is said among several, where the sentence says that all else is right.
    """

    sentence: str
    law: str = ""
    worth: float = 0.3
    among: str = ""
