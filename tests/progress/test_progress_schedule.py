"""When a skill comes again, which one comes next, and at which level."""

import random
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from fsrs import Rating

from calc_core.progress import SkillState
from calc_core.progress.choice import next_level, next_skill
from calc_core.progress.schedule import rating, retrievability, reviewed
from tests.progress.attempts import NOON, attempt

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"score": 0.0}, Rating.Again),
        ({"score": 0.0, "seconds": 3.0}, Rating.Again),
        ({"score": 0.49}, Rating.Again),
        ({"score": 0.5}, Rating.Hard),
        ({"score": 0.9, "seconds": 3.0}, Rating.Hard),
        ({"hints": 1}, Rating.Hard),
        ({"tries": 2, "seconds": 3.0}, Rating.Hard),
        ({}, Rating.Good),
        ({"seconds": None}, Rating.Good),
        ({"score": 0.1 + 0.2 + 0.3 + 0.4 - 1e-12}, Rating.Good),
        ({"seconds": 19.0}, Rating.Easy),
        ({"seconds": 21.0}, Rating.Good),
        ({"seconds": 99.0, "level": 5}, Rating.Easy),
    ],
)
def test_the_rating_of_an_answer(fields: dict[str, Any], expected: Rating) -> None:
    assert rating(attempt(**fields)) == expected


def test_the_better_the_answer_the_later_it_comes_again() -> None:
    answers = ({"score": 0.0}, {"hints": 1}, {}, {"seconds": 5.0})
    cards = [reviewed(None, attempt(**fields)) for fields in answers]
    for worse, better in pairwise(cards):
        assert worse.due < better.due
        assert worse.stability < better.stability
    assert cards[0].due - NOON == MINUTE
    assert cards[-1].due - NOON > 5 * DAY


def test_the_intervals_grow_while_the_answers_are_right_and_shrink_after_a_wrong_one() -> None:
    card = reviewed(None, attempt())
    gaps = []
    for _ in range(4):
        at = card.due
        card = reviewed(card, attempt(at=at))
        gaps.append(card.due - at)
    assert gaps == sorted(gaps)
    assert gaps[-1] > 30 * DAY
    assert retrievability(card, card.due) == pytest.approx(0.9, abs=0.01)
    late = reviewed(card, attempt(at=card.due, score=0.0))
    assert late.due - card.due < DAY
    assert late.stability < card.stability


def test_nobody_waits_longer_than_a_year() -> None:
    card = reviewed(None, attempt(seconds=1.0))
    for _ in range(20):
        card = reviewed(card, attempt(at=card.due, seconds=1.0))
    assert card.due - card.last_review == 365 * DAY


def test_an_attempt_that_comes_late_does_not_turn_the_clock_back() -> None:
    card = reviewed(None, attempt(at=NOON))
    after = reviewed(card, attempt(at=NOON - 3 * DAY))
    assert after.last_review == NOON
    assert after.due > NOON


def state(skill: str, due: timedelta, known: float = 1.0, stability: float = 1.0) -> SkillState:
    return SkillState(skill, 1, 1, NOON - DAY, NOON + due, stability, known)


def choices(last: str | None, *states: SkillState, skills: str = "abcd") -> set[str]:
    """What can come next, whatever the lot says."""
    known = {each.skill: each for each in states}
    return {next_skill(known, list(skills), last, NOON, random.Random(seed)) for seed in range(30)}


def test_what_was_never_practised_comes_in_the_given_order() -> None:
    assert choices(None) == {"a"}
    assert choices("a", state("a", DAY)) == {"b"}
    assert choices(None, skills="ba") == {"b"}


def test_what_is_due_goes_before_what_is_new_the_weakest_first() -> None:
    weak, strong = state("b", -DAY, known=0.6), state("c", -2 * DAY, known=0.8)
    assert choices(None, strong, weak) == {"b"}
    assert choices(None, state("d", timedelta(0), known=0.9), state("a", MINUTE, 0.5)) == {"d"}
    shaky, firm = state("b", -MINUTE, stability=0.2), state("c", -MINUTE, stability=4)
    assert choices(None, firm, shaky) == {"b"}


def test_the_same_skill_comes_twice_in_a_row_only_if_no_other_is_due() -> None:
    weak, strong = state("b", -DAY, known=0.6), state("c", -DAY, known=0.8)
    assert choices("b", weak, strong) == {"c"}
    assert choices("b", weak, state("c", DAY)) == {"b"}


def test_when_nothing_is_due_or_new_the_least_certain_comes() -> None:
    states = [state("a", DAY, 0.95), state("b", DAY, 0.91), state("c", DAY, 0.93)]
    assert choices(None, *states, skills="abc") == {"b"}
    assert choices("b", *states, skills="abc") == {"c"}
    assert choices("b", *states, skills="b") == {"b"}


def test_equally_weak_skills_are_drawn_by_lot() -> None:
    states = [state(skill, -MINUTE) for skill in "abc"]
    assert choices("a", *states) == {"b", "c"}


def test_skills_that_are_not_offered_do_not_come() -> None:
    assert choices(None, state("z", -DAY, known=0.1)) == {"a"}
    with pytest.raises(ValueError, match="no skill"):
        next_skill({}, [], None, NOON, random.Random(1))


RIGHT: dict[str, Any] = {}
WRONG = {"score": 0.0}
HELPED = {"hints": 1}


@pytest.mark.parametrize(
    ("level", "newest_first", "expected"),
    [
        (2, [RIGHT], 2),
        (2, [RIGHT, RIGHT], 3),
        (2, [RIGHT, HELPED], 2),
        (2, [HELPED, RIGHT], 2),
        (2, [RIGHT, {"tries": 2}], 2),
        (2, [RIGHT, {"score": 0.7}], 2),
        (2, [RIGHT, {"level": 1}], 2),
        (2, [RIGHT, WRONG], 2),
        (2, [WRONG], 2),
        (2, [WRONG, WRONG], 1),
        (2, [WRONG, {**WRONG, "level": 3}], 2),
        (2, [WRONG, WRONG, RIGHT, RIGHT], 1),
        (1, [WRONG, WRONG], 1),
        (5, [RIGHT, RIGHT], 5),
        (0, [], 1),
    ],
)
def test_the_level_follows_the_answers(
    level: int, newest_first: list[dict[str, Any]], expected: int
) -> None:
    recent = [attempt(**{"level": level, **fields}) for fields in newest_first]
    assert next_level(recent) == expected
