"""Tidying: the form that a person would write, reached once, with every value preserved."""

from __future__ import annotations

import pytest
from mpmath import workdps

from calc_core import parse
from calc_core.graph import ARRAY, Node, entries, sym
from calc_core.printing import Text
from calc_core.tidy import REWRITES, Tidier
from tests.corpus import entries as corpus
from tests.corpus import oracle
from tests.lots import in_lots

SEED = 11

# as typed → as a person leaves it
TABLE = {
    # zeros, ones and numbers
    "x*1 + 0*y": "x",
    "x y^0 + x^1": "2x",
    "0/x": "0",
    "2 * 3 x * 4": "24x",
    "3 (2x)": "6x",
    "6x/4": "3x/2",
    "2^3 + sqrt(4)": "10",
    "sqrt(1/4)": "1/2",
    "sqrt(8)": "sqrt(8)",
    "2^1000": "2^1000",
    "-(-x)": "x",
    "(-x)/(-y)": "x/y",
    "(-2x)/(4y)": "-x/(2y)",
    "-(x/y)": "-x/y",
    "-x^2/y": "-x²/y",
    # like terms
    "x + x + x": "3x",
    "2x + 3x - 5x": "0",
    "x y + y x": "2x·y",
    "x/2 + x/3": "5x/6",
    "x^2 + 2x^2 y - 3y x^2": "x² - x²·y",
    "x^2 - 2x^2": "-x²",
    "1/x + 1/x": "2/x",
    "x/(x^2 + y^2) - x/(x^2 + y^2)": "0",
    "x + 1 - 1": "x",
    # powers
    "x^2 x^3": "x⁵",
    "x^a x^b": "x^(a + b)",
    "x^(a - 1) x": "x^a",
    "x^(-1/2) x": "sqrt(x)",
    "(x^2)^3": "x⁶",
    "(x y)^2": "(x·y)²",
    "(2x)^3": "8x³",
    "2^x 2^y": "2^(x + y)",
    "2^x 3^x": "2^x·3^x",
    "|x| |x|": "x²",
    # roots and exponentials
    "sqrt(x) sqrt(x)": "x",
    "sqrt(x)^3": "x^(3/2)",
    "x/sqrt(x)": "sqrt(x)",
    "1/sqrt(x)/sqrt(x)": "1/x",
    "sqrt(x^2)": "sqrt(x²)",
    "root(x, 3)^3": "x",
    "root(x, 3)^2 root(x, 3)": "x",
    "e^x e^y": "e^x·e^y",
    "e^x e^(-x)": "1",
    "e^x e^x": "e^(2x)",
    "e^(x - y) e^y": "e^x",
    "ln(e^x) + ln(e) + ln(1)": "x + 1",
    "e^(ln x)": "x",
    "sin(0) + cos(0)": "1",
    # fractions
    "x^2/x": "x",
    "x/x^3": "1/x²",
    "x/x": "1",
    "1/(1/x)": "x",
    "x/(y/z)": "x·z/y",
    "1/(1 + (y/x)^2)": "x²/(x² + y²)",
    "(1/(1 + (y/x)^2)) (1/x)": "x/(x² + y²)",
    "(x + 1)^2/(x + 1)": "x + 1",
    "(x + 1)/(x + 1)^3": "1/(x + 1)²",
    "(2x + 2)/(x + 1)": "2",
    "(x^2 + x)/x": "x + 1",
    "(x y + x z)/(x w)": "(y + z)/w",
    "sin(x)/cos(x) cos(x)": "sin(x)",
    # brackets
    "-(x - y)": "y - x",
    "-(x + y)": "-(x + y)",
    "-1 (2x - 3)": "3 - 2x",
    "(x - y) - (x + y)": "-2y",
    "2 (x + 1)": "2·(x + 1)",
    "2 (x + 1) - 2x": "2",
    "(x + 1)(x - 1) - x^2": "-1",
    "(1 (x - y) - (x + y) 1)/(x - y)^2": "-2y/(x - y)²",
    "(x + 1)^5 (x - 1)": "(x + 1)⁵·(x - 1)",
    # what is taken out
    "x e^y + x^2 e^y": "x·(1 + x)·e^y",
    "(x + y)^2 a + (x + y)^3 b": "(a + b·(x + y))·(x + y)²",
    # squares of sine and cosine
    "sin(x)^2 + cos(x)^2": "1",
    "3 cos(x)^2 + 3 sin(x)^2": "3",
    "r sin(x)^2 + 2 + r cos(x)^2": "r + 2",
    "cosh(x)^2 - sinh(x)^2": "1",
    "sin(x)^2 - cos(x)^2": "sin(x)² - cos(x)²",
    "sin(x)^2 + cos(y)^2": "sin(x)² + cos(y)²",
    # the order of factors
    "y sin(x) x 2": "2x·y·sin(x)",
    "cos(x y) y": "y·cos(x·y)",
    "e^x x 2": "2x·e^x",
    "pi 2 x": "2π·x",
    "(1 - 2x^2) e^x x": "x·(1 - 2x²)·e^x",
}


@pytest.mark.parametrize(("raw", "expected"), TABLE.items(), ids=list(TABLE))
def test_tidy_form(raw, expected):
    node = parse(raw).node
    tidy, names = Tidier()(node)
    assert Text()(tidy) == expected
    assert Tidier()(tidy)[0] is tidy, "tidied once, it stays"
    assert set(names) <= set(REWRITES)
    assert names == tuple(name for name in REWRITES if name in names), "in the order to do them"
    _same_values(node, tidy)


def _same_values(node: Node, tidy: Node) -> None:
    with workdps(30):
        seen = 0
        for point in oracle.points(node, (), wanted=12, seed=SEED):
            try:
                expected = oracle.value(node, point)
            except oracle.Undefined:
                continue
            seen += 1
            assert abs(oracle.value(tidy, point) - expected) < 1e-20 * (1 + abs(expected))
        assert seen, f"seed {SEED}"


@pytest.mark.parametrize(
    "text", ["x^2 + y^2", "x y/(x + y)", "sin(x)^2 - cos(x)^2", "x (1 - x) e^x"]
)
def test_where_nothing_was_done_nothing_is_said(text):
    node = parse(text).node
    tidy, names = Tidier()(node)
    assert Text()(tidy) == Text()(node)
    assert names == ()


def test_each_rewrite_is_named_where_it_is_used():
    said = {name for raw in TABLE for name in Tidier()(parse(raw).node)[1]}
    assert said >= {"zero-one", "arithmetic", "powers", "brackets", "like-terms", "pythagoras",
                    "compound-fraction", "cancel", "factor", "values"}  # fmt: skip
    # A change of more than the order of factors has a name.
    for raw, expected in TABLE.items():
        node = parse(raw).node
        names = Tidier()(node)[1]
        if not names:
            letters, kept = (sorted(t.replace("·", "")) for t in (Text()(node), expected))
            assert letters == kept, raw


def test_a_tidier_remembers_and_forgets_no_names():
    tidier = Tidier()
    node = parse("x + x + sin(y + y)").node
    first = tidier(node)
    assert tidier(node) == first
    assert tidier(node + node) == Tidier()(node + node)


@in_lots("entry", corpus(), ids=lambda entry: entry.text)
def test_results_are_tidy_and_stay_so(entry):
    """tidy(tidy(u)) is tidy(u) for the result of every step."""
    for d in entry.derivations():
        for step in d.steps:
            for u in entries(step.result):
                again, _ = Tidier()(u)
                assert again is u, f"{Text()(u)} → {Text()(again)}"


def test_division_by_zero_is_not_tidied_away():
    for text in ("1/(x - x)", "(x - x)/(y - y)", "x/(0 y)"):
        tidy, _ = Tidier()(parse(text).node)
        with pytest.raises(oracle.Undefined):
            oracle.value(tidy, {"x": oracle.mpf(2), "y": oracle.mpf(3)})


def test_work_is_done_once_a_node():
    u = sym("x")
    for _ in range(60):
        u = u * u + u
    tidy, _ = Tidier()(u)
    assert tidy.op != ARRAY
    assert tidy.free == {"x"}
