"""The practice page, driven by Streamlit's own tester."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from calc_core.exercises import EXERCISE_KINDS, generate, grade
from calc_core.progress import open_store
from pages.parts.practice import memory

from test_pages import problem, visit, written  # isort: skip


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A data base of its own for each test."""
    url = f"sqlite:///{tmp_path}/progress.sqlite3"
    monkeypatch.setenv("NABLA_DATABASE", url)
    memory.open_memory.clear()
    yield url
    memory.open_memory().close()
    memory.open_memory.clear()


def practise(**parameters: str) -> AppTest:
    return visit("practice", **({"kind": "partial", "difficulty": "3", "seed": "5"} | parameters))


def field(app: AppTest, name: str = "line"):  # type: ignore[no-untyped-def]
    return next(e for e in app.text_input if e.key and e.key.endswith(f"_{name}"))


def button(app: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(e for e in app.button if e.label == label)


def answer(app: AppTest, text: str) -> AppTest:
    field(app).set_value(text).run()
    button(app, "Check").click().run()
    assert not app.exception
    return app


def asked(app: AppTest, name: str) -> str:
    """What the address says."""
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def code_of(app: AppTest) -> str:
    return asked(app, "learner")


def test_the_address_names_the_exercise() -> None:
    assert generate("partial", 3, 5).task in written(practise())


def test_without_an_address_an_exercise_is_chosen_and_named() -> None:
    app = visit("practice")
    assert asked(app, "kind") in EXERCISE_KINDS
    assert asked(app, "seed").isdecimal()


def test_a_right_answer_is_right_and_leads_on() -> None:
    app = answer(practise(), generate("partial", 3, 5).answer.text())
    assert 'class="nb-verdict nb-right"' in written(app)
    button(app, "Next exercise →").click().run()
    assert asked(app, "seed") != "5"
    assert 'class="nb-verdict' not in written(app)


def test_a_wrong_answer_is_named_with_the_law_that_was_meant() -> None:
    exercise = generate("partial", 3, 5)
    doubled = f"2({exercise.answer.text()})"
    app = answer(practise(), doubled)
    verdict = grade(exercise, doubled)
    assert not verdict.is_right
    assert verdict.message in written(app)


def test_an_answer_that_cannot_be_read_is_pointed_at_and_kept() -> None:
    app = answer(practise(), "2x +* 3")
    assert "+" in problem(app)
    assert field(app).value == "2x +* 3"


def test_an_answer_is_kept_under_a_new_code(database: str) -> None:
    app = answer(practise(), "0")
    with open_store(database) as store:
        (attempt,) = store.history(code_of(app))
    assert (attempt.kind, attempt.level, attempt.seed, attempt.text) == ("partial", 3, 5, "0")


def test_nothing_is_kept_before_an_answer() -> None:
    assert "learner" not in practise().query_params


def test_who_comes_back_finds_what_was_typed() -> None:
    app = answer(practise(), "x + 1")
    field(app).set_value("x + 2").run()
    again = practise(learner=code_of(app))
    assert field(again).value == "x + 2"


def test_who_comes_back_without_an_exercise_goes_on_with_the_last() -> None:
    app = answer(practise(), "x + 1")
    again = visit("practice", learner=code_of(app))
    assert asked(again, "seed") == "5"


def test_the_solution_is_a_derivation() -> None:
    app = practise()
    button(app, "Show the solution").click().run()
    assert "every step checked" in written(app)
    assert "nb-line" in written(app)


def test_who_has_seen_the_solution_gets_no_points_for_it(database: str) -> None:
    app = practise()
    button(app, "Show the solution").click().run()
    answer(app, generate("partial", 3, 5).answer.text())
    with open_store(database) as store:
        (attempt,) = store.history(code_of(app))
    assert attempt.score == 0


def test_the_record_shows_what_was_practised_and_can_be_deleted(database: str) -> None:
    app = answer(practise(), "0")
    mine = code_of(app)
    page = visit("practice", learner=mine, mode="My progress")
    assert mine in [e.value for e in page.code]
    button(page, "Delete it for good").click().run()
    assert not page.exception
    with open_store(database) as store:
        assert not store.knows(mine)


def test_an_unknown_code_is_said_kindly() -> None:
    page = visit("practice", mode="My progress", kind="partial", seed="1")
    page.text_input(key="other_code_field").set_value("AAAA-BBBB")
    button(page, "Use this code").click().run()
    assert "Nothing is kept under this code" in page.warning[0].value


def test_without_a_data_base_the_page_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    memory.open_memory.clear()
    monkeypatch.setenv("NABLA_DATABASE", "sqlite:////dev/null/progress.sqlite3")
    app = answer(practise(), generate("partial", 3, 5).answer.text())
    assert 'class="nb-verdict nb-right"' in written(app)
    assert "nothing is kept" in written(app)
    monkeypatch.setenv("NABLA_DATABASE", "sqlite://")


@pytest.mark.parametrize("bad", [{"kind": "none"}, {"difficulty": "9"}, {"seed": "-x"}])
def test_a_bad_address_leads_to_some_exercise(bad: dict[str, str]) -> None:
    assert not practise(**bad).exception
