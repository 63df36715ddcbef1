"""The contract of every derivation, over the corpus: right, complete, readable, linear."""

from __future__ import annotations

import gc
import pickle
import re
from functools import cache, lru_cache
from itertools import pairwise, product
from math import log2

import numpy as np
import pytest
import sympy as sp
from mpmath import mp, workdps

from calc_core import (
    Derivation,
    Expression,
    chain,
    directional,
    gradient,
    hessian,
    implicit,
    parse,
    partial,
    quadratic,
)
from calc_core.derive import Step
from calc_core.graph import (
    D,
    Node,
    add,
    entries,
    fn,
    inert_parts,
    mul,
    num,
    postorder,
    sym,
)
from calc_core.labels import label, rewrite_label, rule_ids
from calc_core.lines import LEVELS, Block
from calc_core.outer import OUTER
from calc_core.printing import Text
from calc_core.rules import LAWS
from calc_core.tidy import REWRITES
from tests.corpus import Entry, oracle
from tests.corpus import entries as corpus
from tests.lots import in_lots

SEED = 7
by_function = in_lots("entry", corpus(), ids=lambda entry: entry.text)


@lru_cache(maxsize=4)
def derived(entry: Entry) -> tuple[Derivation, ...]:
    return entry.derivations()


def test_the_corpus_is_large_and_various():
    assert len(corpus()) >= 230
    assert len({entry.text for entry in corpus()}) == len(corpus())
    assert {len(entry.variables) for entry in corpus()} == {1, 2, 3, 4, 6}
    shapes = {entry.expression.node.shape for entry in corpus()}
    assert {(), (1,), (2,), (3,), (6,)} - shapes == {(1,)}


# ── right ─────────────────────────────────────────────────────────────────────────────────────────


@by_function
def test_the_result_agrees_with_differences(entry):
    """Where the stated conditions hold, f is defined and the result is its derivative there."""
    with workdps(oracle.DIGITS):
        for d in derived(entry):
            _compare_with_differences(d, entry.unknown)


def _compare_with_differences(d: Derivation, unknown: bool) -> None:
    f = d.expression
    order = 2 if d.symbol[1].startswith("H_") else 1
    goals = list(product(f.components, *[f.variables] * order))
    results = entries(d.node)
    assert len(results) == len(goals)
    for point in oracle.points(f.node, d.conditions, wanted=2, seed=SEED):
        at = f"seed {SEED}, at {{ {', '.join(f'{k}: {mp.nstr(v)}' for k, v in point.items())} }}"
        values = [oracle.value(entry, point) for entry in results]
        for (component, *names), found in zip(goals, values, strict=True):
            expected = oracle.derivative(component, tuple(names), point)
            assert abs(found - expected) <= 1e-12 * (1 + abs(expected)), f"by {names}, {at}"
        if not unknown:
            floats = d.evaluate({name: float(v) for name, v in point.items()})
            np.testing.assert_allclose(
                floats.ravel(), np.array(values, dtype=float), rtol=1e-7, atol=1e-9, err_msg=at
            )


@by_function
def test_every_step_is_confirmed_and_the_shape_law_holds(entry):
    for d in derived(entry):
        assert d.certificate.confirmed, d.certificate.summary()
        assert set(d.certificate.checks) == set(d.steps)
        assert not d.node.inert
        goal = d.step.goal
        assert d.node.shape == goal.shape == goal.args[0].shape + goal.args[1].shape
        for step in d.steps:
            assert step.result.shape == step.goal.shape
            assert not step.result.inert
            assert set(inert_parts(step.after)) == {child.goal for child in step.children}
        if not entry.unknown:
            grid = {name: np.full((2, 3), 0.5) for name in d.expression.node.free}
            assert d.evaluate(grid).shape == d.node.shape + ((2, 3) if grid else ())


@by_function
def test_sympy_gets_the_same_result(entry):
    """The result as SymPy has the value of the result as a graph (checked at one point)."""
    if entry.unknown:
        # SymPy has no values either: the same names must be in it.
        for d in derived(entry):
            assert {s.name for s in d.result.free_symbols} == d.node.free
        return
    d = derived(entry)[0]
    with workdps(20):
        (point, *_) = oracle.points(d.expression.node, d.conditions, wanted=1, seed=SEED)
        values = {s: sp.Float(point[s.name], 20) for s in d.result.free_symbols}
        for found, node in zip(d.result, entries(d.node), strict=True):
            expected = oracle.value(node, point)
            assert abs(found.subs(values).evalf(15) - expected) <= 1e-9 * (1 + abs(expected))


# ── complete and readable ─────────────────────────────────────────────────────────────────────────


@by_function
def test_the_blackboard(entry):
    """At every level: lines that differ, each checked; the last is the result."""
    for d in derived(entry):
        results = {step.goal: step.result for step in d.steps}
        for level in LEVELS:
            blocks = d.blocks(level)
            assert blocks[-1].goal is d.step.goal
            assert len({block.goal for block in blocks}) == len(blocks), "nothing is done twice"
            for block in blocks:
                assert block.result is results[block.goal]
                _check_block(block, d)
            _check_references(blocks)


def _check_block(block: Block, d: Derivation) -> None:
    printer = Text()
    shown = [block.goal, *[line.node for line in block.lines]]
    for before, after in pairwise(shown):
        assert before is not after
        assert printer(before) != printer(after), "a line that changes nothing"
    for line in block.lines:
        assert line.check.confirmed, line.check.reason
        assert line.rule in rule_ids()
        assert line.label.name
        assert line.mark is None or line.mark in inert_parts(line.node)
        _check_latex(d.printer(line.mark)(line.node))
        _check_latex(line.label.law)


def _check_references(blocks: tuple[Block, ...]) -> None:
    """What a line calls "from above" stands above."""
    written: set[Node] = set()
    for block in blocks:
        for line in block.lines:
            assert line.uses is None or line.uses in written
        written.add(block.goal)


RAW = re.compile(r"\*\*|Derivative|Fraction|None|nan\b|zoo|Piecewise|<|Node")


def _check_latex(text: str) -> None:
    plain = text.replace(r"\{", "").replace(r"\}", "")
    depth = 0
    for character in plain:
        depth += (character == "{") - (character == "}")
        assert depth >= 0, text
    assert depth == 0, text
    assert plain.count(r"\left") - plain.count(r"\leftarrow") == plain.count(r"\right"), text
    assert text.count(r"\begin{") == text.count(r"\end{"), text
    assert not re.search(RAW, text.replace(" < ", " ")), text


@by_function
def test_the_text_of_a_result_reads_back(entry):
    for d in derived(entry):
        for node in dict.fromkeys(entries(d.node)):
            if any(n.op == "app" and any(n.data[1]) for n in postorder(node)):
                continue  # g_x is a notation for people: the parser has no name for it
            text = Text(decimal=d.expression.decimal)(node)
            again = parse(text, sorted(node.free) or ("x",)).node
            assert again.free == node.free, text
            with workdps(30):
                for point in oracle.points(d.expression.node, d.conditions, 1, SEED):
                    expected = oracle.value(node, point)
                    assert abs(oracle.value(again, point) - expected) < 1e-20 * (1 + abs(expected))


@by_function
def test_everything_can_be_sent_to_another_process(entry):
    for d in derived(entry):
        step, expression = pickle.loads(pickle.dumps((d.step, d.expression)))
        assert step.result is d.node
        assert expression == d.expression
        assert [s.rule for s in step.walk()] == [s.rule for s in d.steps]


def test_a_derivation_pickles_as_a_whole():
    d = hessian("x^2 y + sin(x y)")
    before = d.text()
    again = pickle.loads(pickle.dumps(d))
    assert again.node is d.node
    assert again.text() == before
    assert again.certificate.confirmed


# ── the tables ────────────────────────────────────────────────────────────────────────────────────


@cache
def every_step() -> tuple[Step, ...]:
    """The steps of the corpus and of the operations that are built on it."""
    built = (
        directional("x^2 y", (3, 4), at=(1, 2)),
        chain("x^2 y", {"x": "cos t", "y": "t"}),
        implicit("x^2 + y^2 = 25", "y", "x"),
        quadratic("e^(x y)", (0, 0)),
        partial("x sin(y)", "x", "y"),
    )
    over_corpus = [d for entry in corpus() for d in entry.derivations()]
    return tuple(s for d in (*over_corpus, *built) for s in d.steps)


def test_every_law_is_exercised_and_labelled():
    used = {s.rule for s in every_step()}
    assert {law.id for law in LAWS} <= used <= rule_ids()
    for law in LAWS:
        if law.id != "elementary":
            assert label(law.id).name
            assert label(law.id).law == law.statement
        _check_latex(law.statement)


def test_every_known_function_is_differentiated_and_labelled():
    details = {s.detail for s in every_step() if s.rule in ("elementary", "chain")}
    assert set(OUTER) <= details
    for detail, row in OUTER.items():
        alone, composed = label("elementary", detail), label("chain", detail)
        assert alone.name
        assert composed.name
        assert alone.law == row.statement
        # With something inside, its derivative belongs to the law.
        assert "partial" in row.statement or composed.law == rf"{row.statement}\,u'"
        _check_latex(composed.law)


def test_every_rewrite_is_exercised_and_labelled():
    assert {name for s in every_step() for name in s.tidied} == set(REWRITES)
    assert all(rewrite_label((name,)) for name in REWRITES)


# ── growth, counted ───────────────────────────────────────────────────────────────────────────────


def expression(node: Node, *names: str) -> Expression:
    return Expression("", node, names)


def tower(levels: int) -> Expression:
    f = sym("x")
    for _ in range(levels):
        f = fn("sin", f) + fn("cos", f)
    return expression(f, "x")


def nodes(d: Derivation) -> int:
    return sum(1 for _ in postorder(d.node))


def test_a_shared_tower_takes_steps_linear_in_its_levels():
    for n in (5, 10, 20, 30):
        first, second = gradient(tower(n)), hessian(tower(n))
        assert len(first.steps) <= 3 * n + 1
        assert nodes(first) <= 6 * n
        # A product of n factors is differentiated in halves, hence a little more than linear.
        assert len(second.steps) <= 5 * n
        assert nodes(second) <= 12 * n
        assert all(len(first.lines(level)) <= 10 * n for level in LEVELS)
    assert first.certificate.confirmed
    assert second.certificate.confirmed


@pytest.mark.parametrize("n", [4, 16, 64])
def test_a_product_of_n_factors_takes_n_log_n(n):
    x = sym("x")
    one = gradient(expression(mul(*[fn("sin", num(k) * x) for k in range(1, n + 1)]), "x"))
    assert len(one.steps) <= 3 * n + 2
    assert nodes(one) <= 4 * n * log2(n)
    names = [f"x_{i}" for i in range(n)]
    many = gradient(expression(mul(*[sym(v) for v in names]), *names))
    assert len(many.steps) <= 3 * n
    assert nodes(many) <= 4 * n * log2(n)
    assert many.certificate.confirmed


@pytest.mark.parametrize("n", [4, 8, 16, 24])
def test_log_sum_exp_takes_n_squared(n):
    names = [f"x_{i}" for i in range(n)]
    f = fn("ln", add(*[fn("exp", sym(v)) for v in names]))
    d = hessian(expression(f, *names))
    assert len(d.steps) <= 3 * n * n
    assert nodes(d) <= 3 * n * n
    assert d.certificate.confirmed


def nodes_made(text: str) -> int:
    """How many nodes it takes to derive the gradient: a measure of the work, trials included."""
    gc.collect()
    f = parse(text)
    before = sym("before the derivation").uid
    assert gradient(f).certificate.confirmed
    return sym("after the derivation").uid - before


def nested_quotients(n: int) -> str:
    return "/".join(f"(1 + e^(x y/{k}) + sin(x y/{k})^2)" for k in range(2, 2 + n))


def nested_fraction(n: int) -> str:
    return "1/(x + " * n + "y" + ")" * n


def product_of_sums(n: int) -> str:
    return "".join(f"(x + {k} y)" for k in range(1, n + 1))


def nested_roots(n: int) -> str:
    return "sqrt(x + " * n + "y" + ")" * n


@pytest.mark.parametrize(
    "write", [nested_quotients, nested_fraction, product_of_sums, nested_roots]
)
def test_tidying_does_not_grow_with_the_tree(write):
    """Twice the depth may take some times the work, but not a power of it."""
    assert nodes_made(write(8)) <= 8 * nodes_made(write(4))


def test_equal_goals_share_one_step():
    d = hessian("e^(x y) + sin(e^(x y))")
    goals = [s.goal for s in d.steps]
    assert len(goals) == len(set(goals))
    x = sym("x")
    shared = [s for s in d.steps if s.goal is D(parse("e^(x y)").node, x)]
    assert len(shared) == 1


# ── the order of differentiation ──────────────────────────────────────────────────────────────────


def test_partial_derivatives_are_taken_in_the_order_given():
    d = partial("x^2 y^3 z", "x", "y", "z")
    assert d.node is parse("6 x y^2").node
    x, y, z = (sym(v) for v in "xyz")
    assert d.step.goal is D(D(D(d.expression.node, x), y), z)
    assert d.certificate.confirmed


def test_mixed_partials_are_taken_both_ways_only_where_they_may_differ():
    smooth = hessian("x^3 y^2")
    x, y = sym("x"), sym("y")
    f = smooth.expression.node
    goals = {s.goal for s in smooth.steps}
    assert D(D(f, x), y) in goals
    assert D(D(f, y), x) not in goals
    rough = hessian("x |y|")
    f = rough.expression.node
    assert {D(D(f, x), y), D(D(f, y), x)} <= {s.goal for s in rough.steps}
