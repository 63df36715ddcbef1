"""A choice made of the right option and of wrong ones, each with the mistake that it is."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from calc_core.exercises.catalogue import MISTAKES
from calc_core.exercises.choice import ChoiceAnswer


def choice_of(rng: Random, right: str, wrong: Sequence[tuple[str, str]]) -> ChoiceAnswer:
    """The options in an order of their own; ``wrong`` are options with the ids of mistakes."""
    options = [(right, ""), *wrong]
    rng.shuffle(options)
    return choice_in_order(options)


def choice_in_order(options: Sequence[tuple[str, str]]) -> ChoiceAnswer:
    """The options as they come, each with the id of a mistake; the right one has none."""
    mistakes = tuple(mistake for _, mistake in options)
    return ChoiceAnswer(
        tuple(option for option, _ in options),
        mistakes.index(""),
        tuple(said_of(mistake) if mistake else "" for mistake in mistakes),
        mistakes,
    )


def said_of(mistake: str) -> str:
    """The sentence on a mistake, with the law that was meant."""
    known = MISTAKES[mistake]
    sentence = known.sentence.replace("{where}", "")
    return f"{sentence} The law: ${known.law}$." if known.law else sentence
