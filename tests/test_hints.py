"""Hints: three for each line, in the order in which they are shown."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from calc_core import hessian, partial
from calc_core.exercises import EXERCISE_KINDS, Exercise, generate
from calc_core.exercises.choice import ChoiceAnswer
from calc_core.exercises.hints import hints
from calc_core.labels import rule_ids

CHOICE = ChoiceAnswer(("yes", "no"), 0, ("", ""))


@dataclass(frozen=True)
class Told(ChoiceAnswer):
    """A choice that says how it is found."""

    def hints(self) -> tuple[str, ...]:
        return ("Look at the sign.", "It is positive.")


def exercise(answer=CHOICE, solution=None, remark="") -> Exercise:
    return Exercise("k", 1, 0, "s", "?", answer, solution, remark)


def test_the_hints_of_a_derivation():
    found = hints(exercise(solution=lambda: partial("x^2 sin(x y)", "x")))
    assert [(hint.step, hint.stage) for hint in found] == [
        (step, stage) for step in (1, 2) for stage in ("next", "law", "line")
    ]
    assert [hint.text for hint in found] == [
        "What is to be differentiated is a product of two factors that move with $x$.",
        "Product rule; power rule.",
        "",
        r"The marked part is the sine of $x\,y$.",
        "Chain rule, outside: the sine; constant multiple rule.",
        "",
    ]
    assert found[0].latex == (
        r"\frac{\partial }{\partial x}\left[x^{2}\,\sin\left(x\,y\right)\right]"
    )
    assert found[1].latex == r"(u\,v)' = u'\,v + u\,v'"
    assert found[2].latex.startswith(r"\frac{\partial  f}{\partial x} = 2\,x\,")
    assert r"\textcolor" in found[3].latex
    assert r"\textcolor" not in found[5].latex


def test_the_last_hint_is_the_answer():
    derivation = partial("x^2/(1 + y)", "y")
    assert hints(exercise(solution=lambda: derivation))[-1].latex == derivation.latex()


def test_inner_work_comes_before_what_uses_it():
    texts = [hint.text for hint in hints(exercise(solution=lambda: hessian("x^2 y")))]
    first, second, last = (
        texts.index("Constant multiple rule; power rule."),
        texts.index("Put in what was worked out above."),
        texts.index("The function is to be differentiated twice, in every way."),
    )
    assert first < second < last


@pytest.mark.parametrize("kind", EXERCISE_KINDS)
def test_every_exercise_has_hints_that_read_well(kind):
    for level in (1, 4):
        made = generate(kind, level, 0)
        found = hints(made)
        if made.solution is None:
            continue
        assert found
        assert [hint.step for hint in found] == sorted(hint.step for hint in found)
        assert {hint.stage for hint in found} >= {"next", "law", "line"}
        for hint in found:
            assert hint.text.count("$") % 2 == 0
            assert hint.text == "" or hint.text.rstrip().endswith((".", "!", "?"))
            assert hint.text not in rule_ids()
            assert hint.latex.count("{") == hint.latex.count("}")
            assert hint.text or hint.latex


def test_without_a_derivation_the_answer_or_the_remark_speaks():
    said = hints(exercise(Told(("yes", "no"), 0, ("", "")), remark="No matter."))
    assert [(hint.step, hint.stage, hint.text) for hint in said] == [
        (1, "line", "Look at the sign."),
        (2, "line", "It is positive."),
    ]
    assert [hint.text for hint in hints(exercise(remark="A saddle."))] == ["A saddle."]
    assert hints(exercise()) == ()


def test_what_the_answer_says_follows_the_derivation():
    told = Told(("yes", "no"), 0, ("", ""))
    found = hints(exercise(told, lambda: partial("x^2 y", "x")))
    assert [hint.step for hint in found] == [1, 1, 1, 2, 3]


def test_hints_are_plain_data():
    for hint in hints(exercise(solution=lambda: partial("x^2 y", "x"))):
        assert json.loads(json.dumps(hint.to_dict())) == hint.to_dict()
