"""What the server tells a live part of a page, and what it need not tell it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from calc_core.geometry import View
from pages.parts import laboratory, live


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict:
    state: dict = {}
    monkeypatch.setattr(live, "st", SimpleNamespace(session_state=state))
    return state


def mounted(session: dict, *keys: str) -> None:
    for key in keys:
        session[key] = {"state": None}


def test_a_part_is_told_its_state_once(session) -> None:
    first = live._told({"at": [1.0]}, "a")
    assert first == {"serial": 1, "state": {"at": [1.0]}}
    mounted(session, "a")
    assert live._told({"at": [1.0]}, "a") == first


def test_what_the_browser_has_reported_is_not_told_again(session) -> None:
    first = live._told({"at": [1.0]}, "a")
    session["a"] = {"state": {"at": [2.0]}}
    kept: list = []
    live._heard("a", kept.append)
    assert kept == [{"at": [2.0]}]
    assert live._told({"at": [2.0]}, "a") is first


def test_what_the_page_changes_is_told(session) -> None:
    live._told({"at": [1.0]}, "a")
    mounted(session, "a")
    assert live._told({"at": [3.0]}, "a") == {"serial": 2, "state": {"at": [3.0]}}
    # Back to where it was first, which the browser has left meanwhile.
    assert live._told({"at": [1.0]}, "a") == {"serial": 3, "state": {"at": [1.0]}}


def test_a_part_that_was_away_is_told_anew(session) -> None:
    live._told({"at": [1.0], "h": 0.5}, "a")
    session["a"] = {"state": {"at": [2.0], "h": 0.5}}
    live._heard("a", lambda _: None)
    del session["a"]
    assert live._told({"at": [2.0], "h": 0.5}, "a")["state"] == {"at": [2.0], "h": 0.5}


def test_two_parts_share_what_has_one_name(session) -> None:
    live._told({"at": [1.0]}, "a")
    second = live._told({"at": [1.0], "h": 0.5}, "b")
    mounted(session, "a", "b")
    session["a"] = {"state": {"at": [2.0]}}
    live._heard("a", lambda _: None)
    # The stages of a page pass the point on among themselves.
    assert live._told({"at": [2.0], "h": 0.5}, "b") is second


def test_with_another_function_every_part_is_told_anew(session) -> None:
    for key in ("a", "b"):
        live._told({"at": [1.0, 2.0]}, key, ("slope", "x", "y"))
    mounted(session, "a", "b")
    for key in ("a", "b"):
        told = live._told({"at": [1.0, 2.0, 3.0]}, key, ("slope", "x", "y", "z"))
        assert told == {"serial": 2, "state": {"at": [1.0, 2.0, 3.0]}}


def test_a_report_about_the_function_before_is_not_kept(monkeypatch) -> None:
    kept: list = []
    monkeypatch.setattr(laboratory, "go_to", kept.append)
    monkeypatch.setattr(laboratory, "put", lambda *_: None)
    view = View(("x", "y"), {"x": 0.0, "y": 0.0}, {"x": (0.0, 1.0), "y": (0.0, 1.0)})
    laboratory._keep({"at": [1.0, 2.0, 3.0]}, view, {})
    assert kept == []
    laboratory._keep({"at": [1.0, 2.0]}, view, {})
    assert kept == [{"x": 1.0, "y": 2.0}]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.25, "0.25"),
        (1e-7, "1e-07"),
        (True, "1"),
        (False, "0"),
        ("fxx", "fxx"),
        ([1.0, 2.5], "1 2.5"),
    ],
)
def test_a_value_comes_back_from_the_address(value, text) -> None:
    assert laboratory._text(value) == text
    assert laboratory._value(text, value) == value


@pytest.mark.parametrize("text", ["", "nan", "1e99", "x", "1 2", "inf", "--"])
def test_a_strange_value_in_the_address_is_refused(text) -> None:
    with pytest.raises(ValueError, match=r"."):
        laboratory._value(text, 1.0)
    assert laboratory._value("1 2 3", [0.0, 0.0]) == [0.0, 0.0]


def test_what_a_control_cannot_be_set_to_is_not_taken_from_the_address() -> None:
    slider = {"kind": "slider", "low": 0.1, "high": 2.0}
    assert laboratory._possible(7.0, 1.0, slider) == 2.0
    assert laboratory._possible(-7.0, 1.0, slider) == 0.1
    choice = {"kind": "choice", "options": (("up", "upwards"), ("down", "downwards"))}
    assert laboratory._possible("down", "up", choice) == "down"
    assert laboratory._possible("<b>", "up", choice) == "up"
    assert laboratory._possible([1.0], [2.0], None) == [1.0]
