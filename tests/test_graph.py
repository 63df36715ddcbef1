"""The graph: equal means identical, in every thread and after every journey; no leaks."""

from __future__ import annotations

import copy
import gc
import pickle
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from threading import Barrier

import pytest

from calc_core import graph
from calc_core.graph import (
    MINUS_ONE,
    ONE,
    PI,
    TRUE,
    ZERO,
    D,
    E,
    Node,
    add,
    app,
    array,
    cases,
    depends,
    discharge,
    div,
    fn,
    inert_parts,
    integral,
    logic,
    mul,
    neg,
    num,
    piecewise,
    postorder,
    power,
    rel,
    substitute,
    sym,
)
from tests.corpus import entries as corpus

x, y, t = sym("x"), sym("y"), sym("t")


# ── equal means identical ─────────────────────────────────────────────────────────────────────────


def test_equal_nodes_are_one_object():
    assert sym("x") is x
    assert x**2 + fn("sin", x * y) is x**2 + fn("sin", x * y)
    assert num(Fraction(4, 2)) is num(2)
    assert app("g", (x, y)) is app("g", (x, y), (0, 0))
    assert D(x * y, x) is D(x * y, x)
    assert array((2,), (x, y)) is array((2,), [x, y])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (x * y, y * x),
        (div(x, y), x * power(y, MINUS_ONE)),
        (add(x, add(y, t)), add(x, y, t)),
        (fn("sin", x), app("sin", (x,))),
        (sym("pi"), PI),
        (sym("e"), E),
        (num(1), TRUE),
        (array((4,), (x, y, x, y)), array((2, 2), (x, y, x, y))),
        (app("g", (x,)), app("g", (x,), (1,))),
        (rel("lt", x, y), rel("le", x, y)),
    ],
    ids=lambda u: repr(u)[:40],
)
def test_the_form_is_kept_as_written(one, other):
    assert one is not other


def test_threads_make_no_twins():
    threads, rounds = 8, 200
    barrier = Barrier(threads)

    def build(_: int) -> list[Node]:
        barrier.wait()
        built = []
        for k in range(rounds):
            u = fn("sin", num(k) * sym(f"thread_{k}"))
            built.append(add(u, u**2, D(u, sym(f"thread_{k}"))))
        return built

    with ThreadPoolExecutor(threads) as pool:
        first, *others = pool.map(build, range(threads))
    for built in others:
        assert all(a is b for a, b in zip(first, built, strict=True))


@pytest.mark.parametrize(
    "node",
    [
        x**2 + fn("sin", x * y),
        num(Fraction(1, 3)),
        D(D(app("g", (x, y), (1, 0)), x), y),
        piecewise((x, rel("lt", x, y)), (y, TRUE)),
        integral(x * t, t, ZERO, y),
        array((2, 2), (x, y, ONE, PI)),
    ],
    ids=lambda u: u.op,
)
def test_pickling_and_copying_give_the_identical_object(node):
    assert pickle.loads(pickle.dumps(node)) is node
    assert copy.deepcopy(node) is node


def test_a_pickled_node_is_made_again_after_it_was_forgotten():
    data = pickle.dumps(fn("sin", sym("forgotten")))
    gc.collect()
    assert pickle.loads(data) is fn("sin", sym("forgotten"))


def test_the_table_forgets_what_nobody_holds():
    gc.collect()
    before = len(graph._nodes)
    u = sym("leak_0")
    for k in range(1, 400):
        u = fn("sin", u * sym(f"leak_{k}"))
    assert len(graph._nodes) >= before + 1000
    del u
    gc.collect()
    assert len(graph._nodes) <= before


def test_derivations_leave_nothing_behind():
    def work() -> None:
        for entry in corpus()[::20]:
            for d in entry.derivations():
                assert d.certificate.points

    work()
    gc.collect()
    before = len(graph._nodes)
    work()
    gc.collect()
    assert len(graph._nodes) <= before


# ── what nodes know of themselves ─────────────────────────────────────────────────────────────────


def test_free_symbols_and_bound_ones():
    inner = integral(x * t, t, ZERO, y)
    assert inner.free == {"x", "y"}
    assert (inner + t).free == {"x", "y", "t"}
    assert integral(t, t, t, ONE).free == {"t"}, "a limit is outside the integral"
    assert depends(inner, x)
    assert not depends(inner, t)
    assert PI.free == frozenset()


def test_size_counts_the_tree_and_postorder_the_graph():
    u = x
    for _ in range(200):
        u = u + u
    assert u.size == 2**201 - 1
    found = list(postorder(u))
    assert len(found) == 201
    assert found[0] is x
    assert found[-1] is u


def test_arguments_come_before_what_uses_them():
    for entry in corpus():
        seen = set()
        for node in postorder(*entry.expression.components):
            assert node not in seen
            assert seen.issuperset(node.args)
            assert all(a.uid < node.uid for a in node.args)
            seen.add(node)


def test_shapes():
    v = array((3,), (x, y, t))
    point = array((2,), (x, y))
    assert x.shape == ()
    assert v.shape == (3,)
    assert D(v, point).shape == (3, 2)
    assert D(D(x * y, point), point).shape == (2, 2)
    with pytest.raises(ValueError, match="do not fill"):
        array((2, 2), (x, y, t))


def test_arithmetic_of_nodes_and_numbers():
    assert 2 * x is mul(num(2), x)
    assert 1 - x is add(ONE, neg(x))
    assert 3 / x is div(num(3), x)
    assert x - 1 is add(x, num(-1))
    assert neg(num(3)) is num(-3)
    assert add() is ZERO
    assert mul() is ONE
    assert add(x) is x
    with pytest.raises(ValueError, match="unknown relation"):
        rel("about", x, y)


# ── substitution ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("root", "table", "expected"),
    [
        (x * y + x, {x: t}, t * y + t),
        (x * y, {x: y, y: x}, y * x),
        (fn("sin", x * y) + x, {x * y: t}, fn("sin", t) + x),
        (fn("sin", x), {fn("sin", x): x, x: y}, x),
        (integral(x * t, t, ZERO, x), {x: y}, integral(y * t, t, ZERO, y)),
        (integral(x * t, t, ZERO, x), {t: y}, integral(x * t, t, ZERO, x)),
        (integral(x * t, t, ZERO, t) + t, {t: y}, integral(x * t, t, ZERO, y) + y),
        (integral(x * t, t, ZERO, x), {t: y, x: ONE}, integral(ONE * t, t, ZERO, ONE)),
        (piecewise((x, rel("lt", x, y)), (y, TRUE)), {y: ONE},
         piecewise((x, rel("lt", x, ONE)), (ONE, TRUE))),
    ],
    ids=lambda u: repr(u)[:40],
)  # fmt: skip
def test_substitute(root, table, expected):
    assert substitute(root, table) is expected


def test_substitution_captures_no_variable():
    """∫ x·t dt with t put for x is not ∫ t·t dt."""
    root = integral(x * t, t, ZERO, ONE)
    result = substitute(root, {x: t})
    assert result.free == {"t"}
    body, bound, _, _ = result.args
    assert bound is not t
    assert body is t * bound


def test_substitution_works_once_a_node():
    u = x
    for _ in range(300):
        u = u * u
    v = substitute(u, {x: y})
    assert sum(1 for _ in postorder(v)) == 301
    assert v.free == {"y"}


# ── inert derivatives ─────────────────────────────────────────────────────────────────────────────


def test_inert_parts_are_found_once_in_reading_order():
    a, b = D(x * y, x), D(fn("sin", x), x)
    u = b * a + b + D(D(x, x), y)
    assert u.inert
    assert inert_parts(u) == [b, a, D(D(x, x), y)]
    assert inert_parts(x * y) == []


def test_discharge_replaces_and_keeps_the_rest():
    a, b = D(x * y, x), D(y * y, y)
    u = add(a * x, b, x * y)
    done = discharge(u, {a: y})
    assert done is add(y * x, b, x * y)
    assert inert_parts(done) == [b]
    assert discharge(x * y, {x: t}) is x * y, "where nothing is inert nothing is done"


def test_cases_of_a_piecewise_node():
    pairs = [(x, rel("lt", x, y)), (y, logic("not", rel("lt", x, y)))]
    assert cases(piecewise(*pairs)) == pairs
