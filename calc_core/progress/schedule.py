"""When a skill is practised again: FSRS, the Free Spaced Repetition Scheduler.

A skill has a card with two numbers. Its *stability* S is the number of days after which the chance
of still knowing it has fallen to 90 %; its *difficulty* lies between 1 and 10. After t days that
chance, the retrievability, is R(t) = (1 + c·t/S)^(−d), with d fitted to data and c such that
R(S) = 0.9. Each review, rated by how the answer went, moves both numbers.

Source: J. Ye and others, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
Scheduling" (KDD 2022), and the description of FSRS-6 at
https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm, with its default weights.
"""

from __future__ import annotations

from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler

from calc_core.progress.records import Attempt

#: From this score on an answer counts as right. (A sum of parts may miss 1 by its rounding.)
RIGHT = 1 - 1e-9
#: Below this score it counts as wrong; between the two, as right with an effort.
WRONG_BELOW = 0.5
#: Who needs less than this for each level of the exercise answers quickly.
QUICK_SECONDS_PER_LEVEL = 20.0

# Few skills with many exercises each: a year is long enough, and there is no pile of cards that
# would have to be spread by chance.
_SCHEDULER = Scheduler(maximum_interval=365, enable_fuzzing=False)


def is_right(score: float) -> bool:
    """Return whether a score means a right answer."""
    return score >= RIGHT


def is_wrong(score: float) -> bool:
    """Return whether a score means a wrong answer."""
    return score < WRONG_BELOW


def is_right_at_once(attempt: Attempt) -> bool:
    """Return whether the first answer was right, and found without a hint."""
    return is_right(attempt.score) and attempt.hints == 0 and attempt.tries == 1


def rating(attempt: Attempt) -> Rating:
    """Return how well the skill was known, on the scale of FSRS.

    Wrong is Again; right with hints, after wrong tries or in part is Hard; right is Good; right
    at once and quickly is Easy.
    """
    if is_wrong(attempt.score):
        return Rating.Again
    if not is_right_at_once(attempt):
        return Rating.Hard
    quick = QUICK_SECONDS_PER_LEVEL * max(1, attempt.level)
    if attempt.seconds is not None and attempt.seconds < quick:
        return Rating.Easy
    return Rating.Good


def reviewed(card: Card | None, attempt: Attempt) -> Card:
    """Return the card of a skill after an attempt; None stands for a skill not practised before."""
    card = card or Card(card_id=0, due=attempt.at)
    at = attempt.at
    if card.last_review is not None:
        # An attempt that arrives late, after a newer one, must not turn the clock back.
        at = max(at, card.last_review)
    card, _ = _SCHEDULER.review_card(card, rating(attempt), review_datetime=at)
    return card


def retrievability(card: Card, now: datetime) -> float:
    """Return the chance, from 0 to 1, that the skill is still known; FSRS counts whole days."""
    return float(_SCHEDULER.get_card_retrievability(card, now.astimezone(UTC)))
