"""The lab on the rules: what it states is true, the paths add up, and the counts are the least."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from calc_core import InputError, parse
from calc_core.calculus import partial
from calc_core.evaluate import evaluate
from calc_core.graph import Node, rebuild, substitute, sym
from calc_core.labs import composition, network, rules
from calc_core.parse.definitions import HOW, read_definitions
from calc_core.printing import Text
from pages.parts.examples import examples_of, experiments_of
from pages.parts.rules_gallery import chains, compositions
from tests import orders
from tests.corpus import Entry, entries
from tests.lots import in_lots
from tests.node import in_node

SEED = 20
STEP, AGREED = 1e-4, 1e-6
SCALARS = [e for e in entries() if e.expression.is_scalar and not e.unknown]


def points(names: Sequence[str], count: int = 40) -> dict[str, np.ndarray]:
    """Random places, away from 0 and from one another."""
    rng = np.random.default_rng(SEED)
    return {name: rng.uniform(0.15, 1.9, count) for name in sorted(names)}


def slope(node: Node, x: str, at: dict[str, np.ndarray]) -> np.ndarray:
    """A derivative by differences alone, the error of fourth order."""

    def value(step: float) -> np.ndarray:
        return np.asarray(evaluate(node, {**at, x: at[x] + step}))

    near, far = value(STEP) - value(-STEP), value(2 * STEP) - value(-2 * STEP)
    return (8 * near - far) / (12 * STEP)


def agree(left: np.ndarray, right: np.ndarray) -> bool:
    """Whether they do wherever both have values, and there is such a place."""
    left, right = np.broadcast_arrays(left, right)
    both = np.isfinite(left) & np.isfinite(right)
    error = np.abs(left - right)[both] / (1 + np.abs(left[both]) + np.abs(right[both]))
    return bool(both.any()) and float(np.quantile(error, 0.8)) < AGREED


# ── the tree ──────────────────────────────────────────────────────────────────────────────────────


def shown(entry: Entry) -> dict:
    return rules.tree(entry.text, ", ".join(entry.variables))


@in_lots("entry", SCALARS, ids=lambda entry: entry.text)
def test_the_derivative_of_every_part_is_that_by_differences(entry: Entry) -> None:
    data = shown(entry)
    with np.errstate(all="ignore"):
        for x, by in data["by"].items():
            assert by["checked"], by["summary"]
            for part in data["parts"]:
                stated = by["parts"][str(part["id"])]
                u, derivative = (parse(said["words"]).node for said in (part, stated))
                at = points(u.free | derivative.free | {x})
                if np.isfinite(evaluate(u, at)).any():
                    assert agree(evaluate(derivative, at), slope(u, x, at)), (part, stated)


def put_in(node: Node, result: Node) -> Node:
    """The result in the open places as it stands, under an integral sign too."""
    if node is rules.OPEN:
        return result
    return rebuild(node, tuple(put_in(a, result) for a in node.args))


@in_lots("entry", SCALARS, ids=lambda entry: entry.text)
def test_a_derivative_goes_where_it_is_lit(entry: Entry) -> None:
    """With the result of a step put into the open place, the whole derivative is there again."""
    f = rules.read(entry.text, ", ".join(entry.variables))
    with np.errstate(all="ignore"):
        for x in f.variables:
            root = partial(f, x).step
            for step in root.walk():
                whole = rules.opened(root, step)
                assert rules.OPEN.data in whole.free
                filled = put_in(whole, step.result)
                at = points(filled.free | root.result.free)
                values = evaluate(root.result, at)
                if np.isfinite(values).any():
                    assert agree(evaluate(filled, at), values), Text()(whole)


def test_the_tree_is_that_of_the_steps() -> None:
    data = rules.tree("x^2 y + sin(x y)")
    by = data["by"]["x"]
    root = by["steps"][by["root"]]
    assert root["label"] == "sum rule"
    first, second = (by["steps"][k] for k in root["children"])
    assert first["words"] == "∂/∂x[x²·y]"
    assert second["label"] == "chain rule, outside: the sine"
    words = {part["words"]: str(part["id"]) for part in data["parts"]}
    picked = by["parts"][words["x·y"]]
    assert picked["words"] == "y"
    assert by["steps"][picked["step"]]["words"] == "∂/∂x[x·y]"
    assert 'data-node="goes"><mi>y</mi>' in by["steps"][picked["step"]]["goes"]
    assert json.loads(json.dumps(data)) == data


def test_a_law_is_stated_in_letters() -> None:
    said = {}
    for text in ("x^2 + y", "x^2 sin(x)", "sin(x^2)", "x/(x^2 + 1)", "3 x^2", "x^5", "u^2 x"):
        for by in rules.tree(text)["by"].values():
            for step in by["steps"]:
                said.setdefault(step["label"], step["law"])
    assert "<mi>n</mi>" in said["power rule"]
    assert "<mi>u</mi>" in said["quotient rule"]
    assert "<mi>cos</mi>" in said["chain rule, outside: the sine"]
    assert "<mi>c</mi>" in said["constant multiple rule"]


def test_unknown_functions_have_a_tree() -> None:
    data = rules.tree("g(x y) + h(x/y)")
    assert len(data["by"]["x"]["steps"]) > 3


@pytest.mark.parametrize("text", ["^".join("x" * 25), "sin(" * 18 + "x" + ")" * 18])
def test_what_would_be_too_much_for_a_browser_is_not_sent(text: str) -> None:
    with pytest.raises(InputError) as caught:
        rules.tree(text)
    assert "too long to be drawn" in caught.value.message


HOSTILE = [
    "", "   ", "x +", "9^9^9^9", "__import__('os')", "<script>alert(1)</script>", "(" * 400,
    "x" * 5000, "\x00x\u202e", "1e999999999", "(x, y)", "[x, y; y, x]", "5", "x = x", "atn x",
    " + ".join(f"x_{k}" for k in range(40)), " ".join(f"sin(x + {k})" for k in range(60)),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:30]))
def test_hostile_input_gets_a_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        rules.tree(text)
    assert caught.value.message.endswith((".", "?"))


@pytest.mark.parametrize("text", HOSTILE[:14], ids=lambda text: repr(text[:30]))
@pytest.mark.parametrize("form", ["{}", "u = {}", "u = x, {} = y", "u = {}; x = t", "u = x {}"])
def test_hostile_inner_functions_get_a_sentence_or_an_answer(text: str, form: str) -> None:
    try:
        network.diagram("u^2", form.format(text))
    except InputError as caught:
        problem = caught
    else:
        return
    assert problem.column is None or 0 <= problem.column <= len(form.format(text))


def test_the_address_of_a_tree_names_what_is_there_or_nothing() -> None:
    picks = {"0": True, "4": True, "s0": True, "s1": True, "5": False, "s2": False, "s999": False}
    odd = " |s|00|s00|-0|0x0|1e0| 1|1.0|0\n|٣|length|constructor"
    picks |= dict.fromkeys(["", *odd.split("|")], False)
    by = {"x": "x", "y": "y", "": None, "z": None, "constructor": None, "toString": None}
    source = """
        import given from "./given.js";
        import { Tree } from "./rules/tree.js";
        const [x, y] = ["x", "y"].map((name) => ({ name, steps: [{}, {}] }));
        const tree = { data: { by: { x, y }, parts: [{}, {}, {}, {}, {}] }, view: x };
        const { known, variable } = Tree.prototype;
        export default {
          picks: given.picks.map((name) => known.call(tree, name)),
          by: given.by.map((by) => variable.call(tree, { by })),
          nothing: [known.call(tree, undefined), variable.call(tree, {})],
        };
    """
    found = in_node(source, {"picks": list(picks), "by": list(by)})
    assert dict(zip(picks, found["picks"], strict=True)) == picks
    assert dict(zip(by, found["by"], strict=True)) == by
    assert found["nothing"] == [False, None]


# ── the chain rule ────────────────────────────────────────────────────────────────────────────────

COMPOSITIONS = [(c.outer, c.inner) for c in compositions() if "g(" not in c.outer]


@pytest.mark.parametrize(("outer", "inner"), COMPOSITIONS)
def test_the_paths_add_up_to_the_derivative_by_differences(outer: str, inner: str) -> None:
    c = composition.read(outer, inner)
    whole = _composed(c)
    matrices = network.jacobians(c)
    results = network.diagram(outer, inner)["product"]["entries"]
    at = points(frozenset().union(*[f.free for f in whole], c.variables))
    inside = _values(c, at)
    for i, f in enumerate(whole):
        for j, x in enumerate(c.variables):
            terms = [0.0]
            for way in network.paths(matrices, i, j):
                factors = network.partials_on(matrices, way)
                values = [evaluate(p, inside) for p in factors]
                terms.append(np.prod(np.broadcast_arrays(*values), axis=0))
            expected = slope(f, x, at)
            assert agree(np.asarray(sum(terms)), expected)
            stated = parse(results[i][j]["words"].partition(" = ")[2]).node
            assert agree(np.asarray(evaluate(stated, at)), expected)


def _composed(c: composition.Composition) -> list[Node]:
    nodes = list(c.nodes[0])
    for names, inner in zip(c.names[1:-1], c.nodes[1:], strict=True):
        table = {sym(name): g for name, g in zip(names, inner, strict=True)}
        nodes = [substitute(f, table) for f in nodes]
    return nodes


def _values(c: composition.Composition, at: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The values of all names, from the variables on."""
    values = dict(at)
    for names, nodes in reversed(list(zip(c.names[1:-1], c.nodes[1:], strict=True))):
        values |= {n: evaluate(g, values) for n, g in zip(names, nodes, strict=True)}
    return values


def test_shapes_fit() -> None:
    data = network.diagram("a b", "a = u + v, b = u v; u = cos t, v = sin t")
    shapes = [(f["rows"], f["columns"]) for f in data["factors"]]
    assert shapes == [(1, 2), (2, 2), (2, 1)]
    assert (data["product"]["rows"], data["product"]["columns"]) == (1, 1)
    assert [len(column) for column in data["columns"]] == data["widths"] == [1, 2, 2, 1]
    assert len(data["product"]["entries"][0][0]["paths"]) == 4
    assert data["checked"]


def test_what_is_handed_on_is_a_box_of_its_own() -> None:
    data = network.diagram("u^2 + x u", "u = x y")
    assert [box["passed"] for box in data["columns"][1]] == [False, True]
    assert [len(e["paths"]) for e in data["product"]["entries"][0]] == [2, 1]


@pytest.mark.parametrize(
    ("outer", "inner", "sentence"),
    [
        ("u", "", "No inner function"),
        ("u", "x y", "the sign = are missing"),
        ("u", "u = 3", "hold no variable"),
        ("u", "u = u x", "stands on the right, too"),
        ("u + v", "u = x, v = u^2", "given by itself, or by a name beside it"),
        ("u", "u = x, w = y", "w does not occur"),
        ("u", "u = x, u = y", "given twice"),
        ("u", "u = x; x = u + t; t = s", "further in"),
        ("u v", "u = x; v = x, x = t", "a name beside it"),
        ("u", "u = (x, y)", "a name of its own"),
        ("u", "u = atn x", "Did you mean arctan?"),
        ("u", "u = a; a = b; b = c; c = x", "layers"),
        ("a+b+c+d+p+q", "a=x,b=x,c=x,d=x,p=x,q=x", "too many to be drawn"),
    ],
)
def test_bad_compositions_get_a_sentence(outer: str, inner: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        network.diagram(outer, inner)
    assert sentence in str(caught.value)


def test_the_caret_is_in_the_whole_text() -> None:
    text = "u = x y, v = x + atn y"
    with pytest.raises(InputError) as caught:
        read_definitions(text)
    assert caught.value.column == text.index("atn")
    assert "=" in HOW


def test_a_thicket_of_paths_is_not_drawn() -> None:
    def layer(names: str, below: str) -> str:
        return ", ".join(f"{name} = {' + '.join(below)} + {k}" for k, name in enumerate(names))

    inner = "; ".join((layer("abcdp", "qrstw"), layer("qrstw", "uvxyz")))
    with pytest.raises(InputError, match="too many paths"):
        network.diagram(f"({', '.join(f'a b c d p + {k}' for k in range(5))})", inner)


# ── the order ─────────────────────────────────────────────────────────────────────────────────────


def every_order(low: int, high: int) -> Iterator[orders.Tree]:
    """Every way to put the brackets: 1, 1, 2, 5, 14, … of them (Catalan)."""
    if low == high:
        yield low
    for m in range(low, high):
        for right in every_order(low, m):
            for left in every_order(m + 1, high):
                yield left, right


def some_widths() -> list[list[int]]:
    rng = np.random.default_rng(SEED)
    return [rng.integers(1, 40, rng.integers(3, 8)).tolist() for _ in range(60)]


@pytest.mark.parametrize("widths", some_widths(), ids=str)
def test_no_order_takes_fewer_multiplications(widths: list[int]) -> None:
    k = len(widths) - 1
    found = orders.orders(widths)
    counts = [orders.cost(widths, tree) for tree in every_order(1, k)]
    assert found.best == min(counts)
    assert found.forward in counts
    assert found.backward in counts
    n = widths
    assert found.forward == n[0] * sum(n[i] * n[i + 1] for i in range(1, k))
    assert found.backward == n[k] * sum(n[i] * n[i - 1] for i in range(1, k))


def test_the_count_is_that_of_a_product_carried_out() -> None:
    """Entry by entry, each multiplication of two numbers counted."""
    widths, done = (3, 4, 2, 5), 0
    for rows, inner, columns in ((2, 4, 3), (5, 2, 3)):
        done += sum(1 for _ in np.ndindex(rows, inner, columns))
    assert orders.orders(widths).forward == done


def test_the_browser_counts_as_the_library_does() -> None:
    source = """
        import given from "./given.js";
        import { backward, best, cost, forward, products } from "./rules/orders.js";
        export default given.map((w) => {
          const k = w.length - 1;
          return [cost(w, forward(k)), cost(w, backward(k)), cost(w, best(w)),
                  products(w, best(w)).length];
        });
    """
    rows = some_widths()
    for widths, counted in zip(rows, in_node(source, rows), strict=True):
        found = orders.orders(widths)
        assert counted == [found.forward, found.backward, found.best, len(widths) - 2]


@pytest.mark.parametrize("widths", [(), (3,), (0, 1, 2), tuple(range(1, 40))])
def test_no_chain_no_order(widths: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no chain"):
        orders.orders(widths)


# ── what is offered ───────────────────────────────────────────────────────────────────────────────


def test_the_gallery_is_large_and_everything_in_it_works() -> None:
    assert len(examples_of("rules")) >= 10
    assert len(compositions()) >= 5
    for example in examples_of("rules"):
        assert all(by["checked"] for by in rules.tree(example.text)["by"].values()), example.text
    for c in compositions():
        assert network.diagram(c.outer, c.inner)["checked"], c.title
    notes = [e.note for e in examples_of("rules")] + [c.note for c in compositions()]
    assert all(note.endswith(".") for note in notes)
    assert len(set(notes)) == len(notes)
    assert [e.name for e in experiments_of("rules")] == ["tree", "chain", "order"]


def test_what_is_said_of_the_chains_is_so() -> None:
    by_title = {c["label"]: orders.orders(c["widths"]) for c in chains()}
    loss, curve = by_title["a loss of many variables"], by_title["a curve in space"]
    assert loss.backward == loss.best < loss.forward
    assert curve.forward == curve.best < curve.backward
    square = by_title["square layers"]
    assert square.forward == square.backward == square.best
    narrow = by_title["narrow in the middle"]
    assert narrow.best < min(narrow.forward, narrow.backward)
    deep = by_title["one gradient, deep"]
    assert deep.backward == 5 * 10_000
    assert deep.forward == 4 * 1_000_000 + 10_000
    wide = by_title["wide in the middle"]
    assert wide.forward == wide.best < wide.backward < 1.6 * wide.forward
