"""You choose the rule: which rules apply, what is said of the others, and what is written."""

from __future__ import annotations

import json
import re

import pytest

from calc_core import (
    chain,
    directional,
    gradient,
    hessian,
    implicit,
    jacobian,
    matrix_gradient,
    parse,
    partial,
    quadratic,
)
from calc_core.certify import Certifier
from calc_core.derivation import Derivation
from calc_core.errors import InputError
from calc_core.exercises import EXERCISE_KINDS, generate
from calc_core.exercises.choosing import Choosing, offered, rule
from calc_core.exercises.choosing.phrases import described
from calc_core.exercises.choosing.rules import attempt, best
from calc_core.graph import ADD, DIV, LIMIT, MATRIX, MUL, D, Node, inert_parts, postorder, sym
from calc_core.printing import Text
from calc_core.rules import LAWS

TEXT = Text()
X = sym("x")

# Functions of every operator, and one or two of each special law.
FUNCTIONS = (
    "x^2 y + sin x", "3 x^2", "x^2 sin x", "x y z", "x^2/(1+x^2)", "3/(1+x^2)", "x^2/5", "sin x",
    "sin(2x)", "x^5", "(2x+1)^5", "2^x", "x^x", "e^(x y)", "e^x", "y^2 + 3", "x", "7", "ln(x^2+1)",
    "sqrt(x)", "-x^2", "-(x+1) sin x", "(1/x) sin x", "g(x,y)", "g(x^2)", "atan2(y,x)", "log_2(x)",
    "log_x(2)", "|x|", "ln|x y|", "max(x, y)", "piecewise((x^2, x > 0), (0, true))",
    "int(sin(t x), t, 0, x)", "root(x, 3)", "y^x", "x^y", "arctan(x/y)", "tan(x)^2",
)  # fmt: skip


def parts_of(text: str) -> Node:
    return D(parse(text).node, X)


def play(derivation: Derivation, automatic: tuple[str, ...] = ()) -> Choosing:
    """The derivation to its end, by the rules that the engine itself would use."""
    state = Choosing.begin(derivation, automatic)
    while not state.is_finished:
        choice = state.choose(best(state.parts[0]))
        assert choice.applies
        assert choice.why == ""
        assert choice.state is not state
        state = choice.state
    return state


# ── what is said ──────────────────────────────────────────────────────────────────────────────────

SAID = (
    ("x^2 y + sin x", "product", False,
     "The marked part is a sum of two terms; the product rule needs a product of factors that "
     "move."),
    ("x^2 y + sin x", "elementary:sin", False,
     "The marked part is a sum of two terms: the sum comes first, from outside to inside."),
    ("3 x^2", "product", True,
     "Right; the factor $3$ stands still, so the constant multiple rule is enough."),
    ("x y z", "product", True,
     "Right; the factors $y$ and $z$ stand still, so the constant multiple rule is enough."),
    ("x^2 sin x", "constant-multiple", False,
     "Every factor moves with $x$: none of them is a constant."),
    ("x^2 sin x", "quotient", False,
     "The marked part is a product of two factors that move with $x$; the quotient rule needs a "
     "fraction."),
    ("3/(1+x^2)", "quotient", True,
     "Right; only the denominator moves, so the reciprocal rule is shorter."),
    ("3/(1+x^2)", "constant-multiple", False,
     "The numerator stands still, but the denominator moves: the reciprocal rule and the quotient "
     "rule both apply."),
    ("x^2/(1+x^2)", "reciprocal", False,
     "The numerator moves with $x$ as well: then the quotient rule is needed."),
    ("x^2/5", "quotient", True,
     "Right; the denominator stands still, so the constant multiple rule is enough."),
    ("x^2/5", "reciprocal", False,
     "Only the numerator moves; the denominator is a constant factor."),
    ("sin(2x)", "elementary:sin", False,
     r"Inside stands $2\,x$, not $x$ itself: then the chain rule is needed."),
    ("sin x", "chain", True,
     "Right; inside stands $x$ itself, so this is enough: derivative of the sine."),
    ("sin x", "elementary:cos", False,
     "The marked part is the sine of $x$ itself; this rule is for the cosine."),
    ("2^x", "elementary:power", False,
     "Here the variable is in the exponent; the power rule is for a variable in the base."),
    ("x^5", "elementary:exponential", False,
     "Here the variable is in the base; the exponential rule is for one in the exponent."),
    ("e^x", "elementary:exponential", False,
     "The base is e: it has a rule of its own, without a logarithm."),
    ("x^x", "chain", False,
     "Base and exponent both move: neither of them is the outer function alone."),
    ("x^5", "logarithmic", False,
     "The exponent stands still: the power rule does it, without a logarithm."),
    ("2^x", "logarithmic", False, "The base stands still: the exponential rule does it."),
    ("x^5", "product", False,
     "The marked part is a power of $x$ itself, and not written as a product: the power rule does "
     "it at once."),
    ("x", "elementary:power", False,
     "$x$ alone has a rule of its own: the derivative is 1."),
    ("x", "constant", False, "The marked part moves with $x$, so it is no constant."),
    ("y^2 + 3", "sum", True,
     "Right; but nothing here moves with $x$: the derivative is 0 at once."),
    ("y^2 + 3", "chain", False,
     "Nothing in the marked part moves with $x$: its derivative is that of a constant."),
    ("-x^2", "elementary:power", False,
     "The minus sign in front comes first: it is a constant factor."),
    ("(1/x) sin x", "quotient", False,
     "The marked part is a product of two factors that move with $x$: the fraction is only one of "
     "its factors."),
)  # fmt: skip


@pytest.mark.parametrize(("text", "rule_id", "applies", "said"), SAID)
def test_what_is_said_of_a_rule(text, rule_id, applies, said):
    found = attempt(rule_id, parts_of(text))
    assert (found.after is not None) == applies
    assert found.said == said


@pytest.mark.parametrize("text", FUNCTIONS)
def test_every_rule_applies_or_says_why_not(text):
    goal = parts_of(text)
    rules = offered(goal)
    assert len({each.id for each in rules}) == len(rules)
    assert best(goal) in {each.id for each in rules}
    certifier = Certifier(goal)
    for each in rules:
        found = attempt(each.id, goal)
        if found.after is None:
            assert_reads_well(found.said)
        else:
            # Whatever the learner chooses is right, or is not written.
            assert certifier.equal(goal, found.after).confirmed, (text, each.id)
            assert found.said == "" or found.said.startswith("Right; ")
            assert (found.said == "") == (each.id == best(goal))


def assert_reads_well(sentence: str) -> None:
    """One sentence for people: no names of the program in it."""
    assert sentence
    assert sentence[0].isupper() or sentence[0] == "$"
    assert sentence.endswith(".")
    assert sentence.count("$") % 2 == 0
    words = re.sub(r"\$[^$]*\$", "", sentence)
    assert "_" not in words
    assert "None" not in words
    assert "elementary" not in words
    assert not any(law.id in words for law in LAWS if "-" in law.id)
    for op in (ADD, MUL, DIV, "pow", "fn", "app", "num"):
        assert not re.search(rf"\b{op}\b", words)


def test_what_stands_there_is_described():
    x = X
    seen = {text: described(parse(text).node, x) for text in FUNCTIONS}
    assert seen["x^2 sin x"] == "a product of two factors that move with $x$"
    assert seen["3 x^2"] == "a product of the still factor $3$ and one that moves with $x$"
    assert seen["x^2/5"] == "a quotient of which only the numerator moves"
    assert seen["x"] == "the variable $x$ itself"
    assert seen["7"] == "a number"
    assert seen["-x^2"] == "something with a minus sign in front"
    assert seen["max(x, y)"].startswith("the function $")
    assert "it" in described(parse("sin(" + "+".join(["x^2 y z"] * 20) + ")").node, x).split()


def test_rules_have_names_and_laws():
    for each in offered(parts_of("x^2 sin(y x) + g(x)")):
        assert each.name
        assert each.law or each.id == "elementary:unknown-function"
    assert rule("elementary:sin").name == "derivative of the sine"
    for unknown in ("", "elementary", "elementary:nothing", "product:sin", "known"):
        with pytest.raises(LookupError):
            rule(unknown)


# ── whole derivations ─────────────────────────────────────────────────────────────────────────────

DERIVATIONS = {
    "partial": partial("x^2 sin(x y)", "x"),
    "second partial": partial("x^2 y^3", "x", "y"),
    "gradient": gradient("x^2 y + e^(x y)"),
    "jacobian": jacobian("(x y, x/y)"),
    "hessian": hessian("x^2 y + sin(x y)"),
    "chain": chain("x^2 + y^2", {"x": "cos t", "y": "t"}),
    "directional": directional("x^2 y", (3, 4), at=(1, 2)),
    "implicit": implicit("x^2 + y^2 = 25", "y", "x"),
    "quadratic": quadratic("e^(x y)", (0, 0)),
    "power tower": partial("x^x", "x"),
    "pieces": gradient("max(x^2, y)"),
    "unknown": partial("g(x^2 y) h(x)", "x"),
    "integral": partial("int(sin(t x), t, 0, x)", "x"),
}


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_rules_of_the_engine_lead_to_the_end(name):
    derivation = DERIVATIONS[name]
    state = play(derivation)
    assert state.lines
    assert all(line.check.confirmed for line in state.lines)
    assert inert_parts(state.line) == []
    assert Certifier(derivation.node).equal(derivation.node, state.line).confirmed


@pytest.mark.parametrize("kind", EXERCISE_KINDS)
def test_every_exercise_that_is_derived_by_rules_can_be_played(kind):
    for level in (1, 3, 5):
        exercise = generate(kind, level, 0)
        if exercise.solution is None:
            continue
        derivation = exercise.solution()
        try:
            state = play(derivation)
        except InputError:
            step = derivation.step
            assert any(u.op in (LIMIT, MATRIX) for u in postorder(step.goal, step.after))
            continue
        assert all(line.check.confirmed for line in state.lines), (kind, level)


def test_a_derivation_as_it_is_written():
    state = play(DERIVATIONS["partial"])
    assert [(TEXT(line.node), line.name) for line in state.lines] == [
        ("∂/∂x[x²]·sin(x·y) + x²·∂/∂x[sin(x·y)]", "product rule"),
        ("2x·sin(x·y) + x²·∂/∂x[sin(x·y)]", "power rule"),
        ("2x·sin(x·y) + x²·cos(x·y)·∂/∂x[x·y]", "chain rule, outside: the sine"),
        ("2x·sin(x·y) + x²·cos(x·y)·y·∂x/∂x", "constant multiple rule"),
        ("2x·sin(x·y) + x²·cos(x·y)·y", "derivative of the variable itself"),
        ("2x·sin(x·y) + x²·y·cos(x·y)", "put the factors in order"),
    ]
    assert [line.by_itself for line in state.lines] == [False] * 5 + [True]


def test_mastered_rules_are_applied_automatically():
    easy = ("constant", "variable", "constant-multiple", "elementary:power", "sum")
    state = Choosing.begin(partial("x^2 sin(x y) + 3x^2", "x"), easy)
    assert [TEXT(line.node) for line in state.lines] == [
        "∂/∂x[x²·sin(x·y)] + ∂/∂x[3x²]",
        "∂/∂x[x²·sin(x·y)] + 3·∂/∂x[x²]",
        "∂/∂x[x²·sin(x·y)] + 6x",
    ]
    assert all(line.by_itself for line in state.lines)
    assert [best(part) for part in state.parts] == ["product"]
    assert play(DERIVATIONS["gradient"], easy).line is play(DERIVATIONS["gradient"]).line


def test_rules_can_be_mastered_on_the_way():
    state = Choosing.begin(DERIVATIONS["partial"]).choose("product").state
    more = state.with_automatic(["elementary:power"])
    assert len(more.lines) == len(state.lines) + 1
    assert more.lines[-1].by_itself
    assert state.automatic == frozenset()
    assert Choosing.from_dict(more.to_dict(), DERIVATIONS["partial"]) == more


def test_everything_automatic_is_a_worked_solution():
    derivation = DERIVATIONS["hessian"]
    everything = [each.id for each in offered(derivation.step.after)]
    state = Choosing.begin(derivation, everything)
    assert state.is_finished
    assert Certifier(derivation.node).equal(derivation.node, state.line).confirmed


def test_another_part_can_be_picked():
    state = Choosing.begin(DERIVATIONS["partial"]).choose("product").state
    assert [TEXT(part) for part in state.parts] == ["∂/∂x[x²]", "∂/∂x[sin(x·y)]"]
    chosen = state.choose("chain", part=1)
    assert TEXT(chosen.state.line) == "∂/∂x[x²]·sin(x·y) + x²·cos(x·y)·∂/∂x[x·y]"
    power = state.choose("elementary:power", part=0)
    assert TEXT(power.state.line) == "2x·sin(x·y) + x²·∂/∂x[sin(x·y)]"
    assert r"\textcolor" in state.latex(0)
    assert state.latex(0) != state.latex(1)


def test_a_wrong_choice_changes_nothing():
    state = Choosing.begin(DERIVATIONS["partial"])
    choice = state.choose("sum")
    assert not choice.applies
    assert choice.state is state
    assert "needs a sum" in choice.why


def test_a_state_is_given_back_by_its_record():
    for name, derivation in DERIVATIONS.items():
        state = play(derivation, ("constant", "variable"))
        data = json.loads(json.dumps(state.to_dict()))
        assert Choosing.from_dict(data, derivation) == state, name
        assert data["finished"]
        assert len(data["lines"]) == len(state.lines)
        assert data["parts"] == data["marked"] == data["rules"] == []
    half_way = Choosing.begin(DERIVATIONS["partial"]).choose("product").state
    data = half_way.to_dict()
    assert len(data["marked"]) == len(data["parts"]) == 2
    assert ["product", "product rule", r"(u\,v)' = u'\,v + u\,v'"] in data["rules"]
    assert data["goal"] == DERIVATIONS["partial"].symbol[0]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"start": ["nonsense"], "events": []},
        {"start": [], "events": [{"rule": "product"}]},
        {"start": [], "events": [{"rule": "product", "part": 7}]},
        {"start": [], "events": [{"rule": "product", "part": "x"}]},
        {"start": [], "events": [3]},
        {"start": 3, "events": []},
    ],
)
def test_a_record_that_is_none_is_refused(data):
    with pytest.raises(InputError):
        Choosing.from_dict(data, DERIVATIONS["partial"])


def test_what_cannot_be_chosen_is_refused():
    state = Choosing.begin(DERIVATIONS["partial"])
    with pytest.raises(InputError, match="no rule 'magic'"):
        state.choose("magic")
    with pytest.raises(InputError, match="no such part"):
        state.choose("product", part=1)
    with pytest.raises(InputError, match="Everything is differentiated"):
        play(DERIVATIONS["partial"]).choose("sum")
    with pytest.raises(InputError, match="no rule"):
        Choosing.begin(DERIVATIONS["partial"], ["magic"])
    with pytest.raises(InputError, match="not derived by the rules"):
        Choosing.begin(matrix_gradient("x' B x", "x"))
