"""The practice page, driven by Streamlit's own tester."""

from __future__ import annotations

import json
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


def test_what_was_said_outlives_a_reload() -> None:
    app = answer(practise(), "x + 1")
    said = written(app)[written(app).index('class="nb-verdict') :]
    again = practise(learner=code_of(app))
    assert said in written(again)


def test_a_grid_is_found_again_with_what_was_said() -> None:
    app = practise(kind="gradient", difficulty="1", seed="1")
    field(app, "cell_0_0").set_value("1").run()
    field(app, "cell_0_1").set_value("y^2").run()
    field(app, "cell_1_0").set_value("0").run()
    field(app, "cell_1_1").set_value("0").run()
    button(app, "Check").click().run()
    again = practise(kind="gradient", difficulty="1", seed="1", learner=code_of(app))
    assert 'class="nb-verdict nb-wrong"' in written(again)


def test_the_same_answer_again_is_the_same_try(database: str) -> None:
    app = answer(answer(practise(), "x + 1"), "x + 1")
    answer(answer(app, "x + 2"), "x + 1")
    with open_store(database) as store:
        kept = store.history(code_of(app))
    assert sorted((attempt.tries, attempt.text) for attempt in kept) == [
        (1, "x + 1"),
        (2, "x + 2"),
        (3, "x + 1"),
    ]


def test_who_comes_back_without_an_exercise_goes_on_with_the_last() -> None:
    app = answer(practise(), "x + 1")
    again = visit("practice", learner=code_of(app))
    assert asked(again, "seed") == "5"


def test_the_solution_is_a_derivation() -> None:
    app = practise()
    button(app, "Show the solution").click().run()
    assert "every step checked" in written(app)
    assert "nb-line" in written(app)


@pytest.mark.parametrize("mode", ["Answer", "Check my working", "Choose the rule"])
@pytest.mark.parametrize("kind", ["partial", "bilinear-form"])
def test_there_is_help_in_every_way_to_work(kind: str, mode: str) -> None:
    app = practise(kind=kind, mode=mode)
    button(app, "A hint").click().run()
    assert 'class="nb-hints"' in written(app)
    button(app, "Show the solution").click().run()
    assert "every step checked" in written(app)


def test_it_is_said_how_an_answer_was_read() -> None:
    app = answer(practise(), "x^2/2 e^y")
    assert r"\frac{x^{2}}{2}\,e^{y}" in written(app)


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


def test_a_code_in_the_address_that_is_not_known_is_said() -> None:
    app = practise(learner="AAAA-BBBB-CCCC-DDDD-EEEE")
    assert "Nothing is kept under the code" in problem(app)
    answer(app, "x + 1")
    assert "Your record has begun" in app.toast[0].value
    assert code_of(app) != "AAAA-BBBB-CCCC-DDDD-EEEE"
    assert "Nothing is kept" not in written(app.run())


@pytest.mark.parametrize(
    ("bad", "said"), [({"kind": "none"}, "called “none”"), ({"difficulty": "9"}, "no level “9”")]
)
def test_what_the_address_asks_for_in_vain_is_said(bad: dict[str, str], said: str) -> None:
    assert said in problem(practise(**bad))


# ── working and rules ─────────────────────────────────────────────────────────────────────────────


def test_an_empty_sheet_is_said() -> None:
    app = practise(mode="Check my working")
    button(app, "Check the lines").click().run()
    assert "The sheet is empty" in problem(app)


def test_a_sheet_is_the_same_in_both_editors() -> None:
    exercise = generate("product-rule", 3, 0)
    where = {"kind": "product-rule", "difficulty": "3", "seed": "0"}
    app = practise(mode="Check my working", **where)
    lines = [
        "u = e^x",
        "f_x = 4(3x^2 u + (x^3 + t) d/dx[u])",
        "= what",
        f"= {exercise.answer.text()}",
    ]
    app.text_area[0].set_value("\n".join(lines)).run()
    before = written(app).split("nb-sheet")[1:]
    app.toggle(key="sheet_is_visual").set_value(True).run()
    assert not app.exception
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    told = [p["told"]["state"][p["name"]] for p in parts if p["module"] == "math_field"]
    assert told[0] == "u = e^{x}"
    assert told[1].startswith("f_{x} = 4")
    assert len(told) == 5  # what cannot be read stays as text; two more lines are empty
    assert written(app).split("nb-sheet")[1:] == before
    app.toggle(key="sheet_is_visual").set_value(False).run()
    assert app.text_area[0].value == "\n".join(lines)


def test_at_the_end_of_the_rules_the_next_exercise_is_offered() -> None:
    app = practise(kind="power-rule", difficulty="1", seed="1", mode="Choose the rule")
    for _ in range(20):
        if "Everything is differentiated" in written(app):
            break
        for rule in [e for e in app.button if (e.key or "").startswith("rule_")]:
            lines = written(app).count("nb-line")
            rule.click().run()
            if written(app).count("nb-line") > lines:
                break
    button(app, "Next exercise →").click().run()
    assert asked(app, "seed") != "1"


# ── for others ────────────────────────────────────────────────────────────────────────────────────


def opened(app: AppTest) -> AppTest:
    """With the fold for those who hand out exercises open."""
    app.session_state["own_exercise"] = True
    return app.run()


def test_an_exercise_is_handed_out_without_ones_record() -> None:
    app = opened(answer(practise(), "x + 1"))
    (address,) = [e.value for e in app.code]
    assert address.endswith("?kind=partial&difficulty=3&seed=5")


@pytest.mark.parametrize(
    ("task", "text", "beside", "address"),
    [
        ("partial", "x^2 y", "y", {"task": "partial", "f": "x^2 y", "by": "y"}),
        ("gradient", "x^2 y", "", {"task": "gradient", "f": "x^2 y"}),
        ("chain", "x y", "x = t^2, y = t", {"task": "chain", "by": "x = t^2, y = t"}),
        ("matrix", "x' A x", "x", {"task": "matrix", "f": "x' A x", "by": "x"}),
    ],
)
def test_a_teacher_sets_an_exercise(
    task: str, text: str, beside: str, address: dict[str, str]
) -> None:
    app = opened(practise())
    next(e for e in app.selectbox if e.label == "Task").select(task).run()
    next(e for e in app.text_input if e.label == "Function").set_value(text).run()
    if beside:
        own = [e for e in app.text_input if e.key.startswith("own_")]
        next(e for e in own if e.label != "Function").set_value(beside).run()
    button(app, "Set it").click().run()
    assert not app.exception
    assert not problem(app)
    assert address.items() <= {name: asked(app, name) for name in app.query_params}.items()
    assert "kind" not in app.query_params


def test_a_teacher_is_told_what_is_missing() -> None:
    app = opened(practise())
    button(app, "Set it").click().run()
    assert "There is no function yet" in problem(app)
    next(e for e in app.text_input if e.label == "Function").set_value("x +").run()
    button(app, "Set it").click().run()
    assert "missing after +" in problem(app)
    assert next(e for e in app.text_input if e.label == "Function").value == "x +"


@pytest.mark.parametrize("bad", [{"kind": "none"}, {"difficulty": "9"}, {"seed": "-x"}])
def test_a_bad_address_leads_to_some_exercise(bad: dict[str, str]) -> None:
    assert not practise(**bad).exception
