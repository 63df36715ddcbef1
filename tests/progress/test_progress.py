"""The store: what is kept comes back, under its own code only, on both data bases."""

import json
import random
import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from calc_core.errors import InputError
from calc_core.progress import Attempt, MistakeCount, Store, open_store
from tests.progress.attempts import NOON, attempt

pytest_plugins = ["tests.progress.databases"]

MINUTE = timedelta(minutes=1)
UNKNOWN = "0000-1111-2222-3333-4444"


def test_what_is_recorded_comes_back_newest_first(store: Store, code: str) -> None:
    odd = attempt(
        id="7B0C1A52-4C39-4AE4-9D1A-0A1C5D3F8A11",
        kind="matrix",
        level=5,
        seed=-(1 << 63),
        text=json.dumps("∂f/∂x = 2x·√y; '); DROP TABLE attempts; -- \0"),
        source="f(x, y) = x² + \U0001d453",
        score=1 / 3,
        mistakes=("order-lost", "sign", "order-lost"),
        hints=2,
        tries=3,
        seconds=0.1 + 0.2,
        at=datetime(2026, 3, 1, 1, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=2))),
    )
    plain = attempt(seconds=None, at=NOON)
    for one in (odd, plain):
        store.record(code, one)
    assert store.history(code) == (plain, odd)
    assert odd.at == datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)
    assert odd.mistakes == ("order-lost", "sign")
    assert odd.id == "7b0c1a52-4c39-4ae4-9d1a-0a1c5d3f8a11"


def test_characters_that_no_data_base_takes_are_replaced(store: Store, code: str) -> None:
    store.record(code, attempt(text="a\0b\ud800c", source="\udfff"))
    (kept,) = store.history(code)
    assert (kept.text, kept.source) == ("a\ufffdb?c", "?")


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "first"},
        {"level": 6},
        {"seed": 1 << 63},
        {"score": 1.5},
        {"score": float("nan")},
        {"hints": -1},
        {"tries": 0},
        {"seconds": float("inf")},
        {"skill": ""},
        {"mistakes": ("x" * 101,)},
        {"kind": "a\nb"},
        {"at": datetime(2026, 3, 1)},
    ],
)
def test_an_attempt_out_of_range_cannot_be_made(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"out of its range|cannot be kept|badly formed"):
        attempt(**fields)


def test_a_text_that_is_too_long_is_refused_in_a_sentence() -> None:
    with pytest.raises(InputError, match=r"too long to be kept. At most 20,000 characters"):
        attempt(text="x" * 20_001)


def test_history_can_be_cut_short_and_limited_to_a_kind(store: Store, code: str) -> None:
    rows = [attempt(kind="ab"[k % 2], at=NOON + k * MINUTE) for k in range(6)]
    for row in random.Random(3).sample(rows, len(rows)):
        store.record(code, row)
    assert store.history(code, limit=2) == (rows[5], rows[4])
    assert store.history(code, kind="a") == (rows[4], rows[2], rows[0])
    assert store.history(code, limit=1, kind="a") == (rows[4],)
    assert store.history(code, limit=None) == tuple(reversed(rows))
    assert store.history(code, kind="c") == ()


def test_the_same_attempt_counts_once(store: Store, code: str) -> None:
    once = attempt(mistakes=("sign",), score=0.0)
    store.record(code, once)
    before = store.export(code)
    store.record(code, once)
    store.record(code, attempt(id=once.id.upper(), score=1.0, text="another"))
    assert store.export(code) == before


def test_learners_do_not_see_each_other(store: Store) -> None:
    ada, bob = store.new_learner(), store.new_learner()
    shared = str(uuid.uuid4())
    store.record(ada, attempt(id=shared, skill="a", mistakes=("sign",)))
    store.record(bob, attempt(id=shared, skill="b"))
    store.save_draft(ada, {"answer": "2x"})
    assert [each.skill for each in store.history(bob)] == ["b"]
    assert [each.skill for each in store.skills(ada)] == ["a"]
    assert store.mistakes(bob) == ()
    assert store.draft(bob) == {}
    store.delete(ada)
    assert len(store.history(bob)) == 1


def test_skills_say_how_the_learner_stands(store: Store, code: str) -> None:
    store.record(code, attempt(skill="chain", at=NOON))
    store.record(code, attempt(skill="chain", at=NOON + 10 * MINUTE))
    store.record(code, attempt(skill="product", score=0.0, at=NOON + 11 * MINUTE))
    store.record(code, attempt(skill="chain", hints=1, at=NOON + 20 * MINUTE))
    product, chain = store.skills(code, now=NOON + timedelta(days=10))
    assert (product.skill, product.attempts, product.right) == ("product", 1, 0)
    assert (chain.skill, chain.attempts, chain.right) == ("chain", 3, 3)
    assert product.due == NOON + 12 * MINUTE
    assert product.last == NOON + 11 * MINUTE
    assert chain.due > NOON + timedelta(days=1)
    assert product.stability < 1 < chain.stability
    assert product.retrievability < chain.retrievability < 1
    (_, fresh) = store.skills(code, now=NOON + 21 * MINUTE)
    assert fresh.retrievability == 1


def test_mistakes_are_counted_in_all_and_of_late(store: Store, code: str) -> None:
    for k in range(30):
        made = ("old",) if k < 8 else ("sign", "inner") if k % 3 == 0 else ()
        store.record(code, attempt(mistakes=made, at=NOON + k * MINUTE))
    last = NOON + 27 * MINUTE
    assert store.mistakes(code) == (
        MistakeCount("inner", count=7, recent=6, last=last),
        MistakeCount("sign", count=7, recent=6, last=last),
        MistakeCount("old", count=8, recent=0, last=NOON + 7 * MINUTE),
    )


def test_the_next_skill_and_level_come_from_what_is_kept(store: Store, code: str) -> None:
    skills = ["chain", "product", "sum"]
    assert store.choose(code, skills, now=NOON) == "chain"
    assert store.level(code, "chain") == 1
    store.record(code, attempt(skill="chain", score=0.0, at=NOON))
    assert store.choose(code, skills, now=NOON) == "product"
    store.record(code, attempt(skill="product", score=0.0, at=NOON))
    later = NOON + 5 * MINUTE
    assert store.choose(code, skills, now=later) == "chain"
    for k in range(2):
        store.record(code, attempt(skill="chain", at=later + k * MINUTE))
    assert store.level(code, "chain") == 2
    assert store.level(code, "product") == 1
    assert store.choose(code, skills, now=later + 2 * MINUTE) == "product"
    assert store.choose(code, ["chain"]) == "chain"


def test_drafts_and_settings_are_kept_until_others_take_their_place(
    store: Store, code: str
) -> None:
    assert (store.draft(code), store.settings(code)) == ({}, {})
    draft = {"attempt": str(uuid.uuid4()), "seed": 7, "answer": ["2x", "\0 ∂ \ud800"], "t": None}
    store.save_draft(code, draft)
    store.save_settings(code, {"rules applied automatically": ["sum"]})
    assert store.draft(code) == draft
    store.save_draft(code, {})
    assert store.draft(code) == {}
    assert store.settings(code) == {"rules applied automatically": ["sum"]}


def test_a_draft_that_cannot_be_kept_leaves_the_one_before(store: Store, code: str) -> None:
    store.save_draft(code, {"answer": "2x"})
    with pytest.raises(InputError, match="too long"):
        store.save_draft(code, {"answer": "x" * 64_001})
    with pytest.raises(InputError, match="too long"):
        store.save_settings(code, {"all": "x" * 16_001})
    with pytest.raises(ValueError, match="JSON"):
        store.save_draft(code, {"answer": float("nan")})
    with pytest.raises(TypeError):
        store.save_draft(code, {"answer": {1, 2}})
    assert store.draft(code) == {"answer": "2x"}


def test_the_export_holds_everything_and_is_json(store: Store, code: str) -> None:
    rows = [attempt(mistakes=("sign",), at=NOON), attempt(seconds=None, at=NOON + MINUTE)]
    for row in rows:
        store.record(code, row)
    store.save_draft(code, {"answer": "∂"})
    store.save_settings(code, {"hints": False})
    kept = json.loads(json.dumps(store.export(code), allow_nan=False))
    assert (kept["format"], kept["version"]) == ("nabla-progress", 1)
    assert (kept["draft"], kept["settings"]) == ({"answer": "∂"}, {"hints": False})
    again = [
        Attempt(
            **one | {"mistakes": tuple(one["mistakes"]), "at": datetime.fromisoformat(one["at"])}
        )
        for one in kept["attempts"]
    ]
    assert again == rows
    (card,) = kept["skills"]
    assert card["skill"] == "chain-rule"
    assert datetime.fromisoformat(card["last"]) == NOON + MINUTE
    assert code not in json.dumps(kept)


def test_what_is_deleted_is_gone(store: Store, code: str) -> None:
    store.record(code, attempt(mistakes=("sign",)))
    store.delete(code)
    assert not store.knows(code)
    with pytest.raises(InputError, match="Nothing is kept under this code"):
        store.record(code, attempt())
    with pytest.raises(InputError):
        store.delete(code)


def test_an_unknown_code_is_refused_everywhere(store: Store, code: str) -> None:
    calls = [
        lambda who: store.record(who, attempt()),
        store.history,
        store.skills,
        store.mistakes,
        lambda who: store.choose(who, ["a"]),
        lambda who: store.level(who, "a"),
        store.draft,
        lambda who: store.save_draft(who, {}),
        store.settings,
        lambda who: store.save_settings(who, {}),
        store.export,
        store.delete,
    ]
    for call in calls:
        for wrong in (UNKNOWN, "no code at all"):
            with pytest.raises(InputError):
                call(wrong)
        call(code)


def test_a_code_is_known_however_it_is_typed(store: Store, code: str) -> None:
    assert store.knows(code)
    assert store.knows(f" {code.lower().replace('-', ' ')}")
    for wrong in (UNKNOWN, "", "hello", code[:-1]):
        assert not store.knows(wrong)
    store.record(code.lower(), attempt())
    assert len(store.history(code)) == 1


def test_everything_is_there_after_a_restart(store: Store, url: str, code: str) -> None:
    store.record(code, attempt(mistakes=("sign",)))
    store.save_draft(code, {"answer": "2x"})
    before = store.export(code)
    store.close()
    with open_store(url) as later:
        assert later.export(code) == before
