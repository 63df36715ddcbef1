"""The JavaScript reader: what Node makes of its source is what NumPy makes of the graph.

All functions and points go to one Node in one module, and the numbers come back as they are.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from mpmath import mp, workdps

from calc_core.errors import InputError
from calc_core.evaluate import compile_numpy
from calc_core.evaluate.javascript import BUILT_IN, LIBRARY, compile_javascript
from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    ADD,
    PI,
    TRUE,
    D,
    E,
    Node,
    add,
    app,
    array,
    at,
    div,
    dot,
    fn,
    integral,
    limit,
    logic,
    make,
    mul,
    neg,
    num,
    outside_binders,
    piecewise,
    power,
    rel,
    sym,
)
from tests.corpus import entries as corpus
from tests.lots import in_lots

pytestmark = pytest.mark.xdist_group("javascript")

SEED = 31
# Of a value and of the terms that it is a sum of.
AGREED = 1e-12
FUNCTIONS_JS = Path(__file__).parents[1] / "assets" / "live" / "functions.js"

x, y, t, s = sym("x"), sym("y"), sym("t"), sym("s")


@dataclass(frozen=True)
class Case:
    """Some nodes with their variables and constants, and a row of values for each point."""

    id: str
    nodes: Mapping[str, Node] | Node
    variables: tuple[str, ...]
    constants: tuple[str, ...]
    points: np.ndarray

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.variables, *self.constants)

    @property
    def roots(self) -> list[Node]:
        return [self.nodes] if isinstance(self.nodes, Node) else list(self.nodes.values())

    @property
    def javascript(self) -> str:
        """``[function, points]``, with a point as the two arguments of the function."""
        source = compile_javascript(self.nodes, self.variables, self.constants)
        n = len(self.variables)
        points = [[p[:n], p[n:]] for p in self.points.tolist()]
        return f"[{source}, {json.dumps(points)}]"

    def numpy(self, roots: list[Node]) -> np.ndarray:
        """The numbers of the roots, a row for each point; every point is computed alone."""
        function = compile_numpy(roots, self.names)
        rows = [[np.ravel(part) for part in function(*point)] for point in self.points]
        return np.array([np.concatenate([*row, []]) for row in rows])

    def sizes(self) -> np.ndarray:
        """The largest term of all the sums at each point: what rounding errors are relative to."""
        sums = [node for node in outside_binders(*self.roots) if node.op == ADD]
        terms = list(dict.fromkeys(term for node in sums for term in node.args))
        values = np.abs(self.numpy([num(0), *terms]))
        return np.max(values, axis=1, initial=0, where=np.isfinite(values))[:, None]


# ── one Node for all ──────────────────────────────────────────────────────────────────────────────

MODULE = """
import { writeFileSync } from "node:fs";
import * as F from "./functions.mjs";
const numbers = (found) => (typeof found === "number" ? found : Object.values(found).flat());
const cases = [
%s
];
const found = cases.map(([make, points]) => {
  const f = make(F);
  return points.flatMap(([v, c]) => numbers(f(v, c)));
});
writeFileSync("numbers", Float64Array.from(found.flat()));
writeFileSync("counts", JSON.stringify(found.map((row) => row.length)));
"""


def in_node(cases: list[Case]) -> list[np.ndarray]:
    """The numbers of each case, a row for each point."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("There is no Node: install Node.js 20 or newer, and have `node` on the path.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(FUNCTIONS_JS, folder / "functions.mjs")
        rows = ",\n".join(case.javascript for case in cases)
        (folder / "run.mjs").write_text(MODULE % rows, encoding="utf-8")
        done = subprocess.run(
            [node, "run.mjs"], cwd=folder, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
        counts = json.loads((folder / "counts").read_text())
        parts = np.split(np.fromfile(folder / "numbers"), np.cumsum(counts)[:-1])
    return [part.reshape(len(c.points), -1) for part, c in zip(parts, cases, strict=True)]


@cache
def answers() -> dict[str, np.ndarray]:
    """What Node says of every case in this file."""
    cases = [*corpus_cases().values(), *function_cases(), *node_cases(), *accuracy_cases()]
    assert len({case.id for case in cases}) == len(cases)
    return dict(zip([case.id for case in cases], in_node(cases), strict=True))


def check(case: Case) -> None:
    """Nan and ±inf alike; elsewhere agreement relative to the value, or to the terms of sums."""
    found, expected = answers()[case.id], case.numpy(case.roots)
    assert found.shape == expected.shape
    with np.errstate(all="ignore"):
        alike = (found == expected) | (np.isnan(found) & np.isnan(expected))
        error = np.where(alike, 0, np.abs(found - expected))
        # Of numbers below 1e-290 SciPy has fewer digits, or none.
        allowed = AGREED * np.maximum(np.abs(expected), case.sizes()) + 1e-300
    wrong = ~alike & ~(np.isfinite(expected) & (error <= allowed))
    rows = [
        (case.points[i].tolist(), float(found[i, j]), float(expected[i, j]))
        for i, j in np.argwhere(wrong)
    ]
    assert not rows, f"(point, Node, NumPy), seed {SEED}: {rows[:5]}"


# ── the corpus: f, gradient and Hessian in one function ───────────────────────────────────────────


KNOWN = [entry for entry in corpus() if not entry.unknown]


@cache
def corpus_cases() -> dict[str, Case]:
    draw = np.random.default_rng(SEED)
    return {entry.text: _corpus_case(entry, draw) for entry in KNOWN}


def _corpus_case(entry, draw: np.random.Generator) -> Case:
    f = entry.expression
    n = len(f.variables) + len(f.constants)
    points = [draw.uniform(low, high, (8, n)) for low, high in [(-3, 3), (0.05, 0.95), (0.5, 4)]]
    results = entry.derivations()
    nodes = {"f": f.node}
    nodes |= {f"derivative{i}": d.node for i, d in enumerate(results)}
    nodes |= {f"guarded{i}": d.guarded for i, d in enumerate(results)}
    return Case(entry.text, nodes, f.variables, f.constants, np.concatenate(points))


@in_lots("entry", KNOWN, ids=lambda entry: entry.text)
def test_the_corpus(entry):
    check(corpus_cases()[entry.text])


def test_the_corpus_has_values():
    """Most of the numbers compared are numbers."""
    found = np.concatenate([answers()[entry.text].ravel() for entry in KNOWN])
    assert np.isfinite(found).mean() > 0.9
    assert len(found) > 50_000


# ── every function alone ──────────────────────────────────────────────────────────────────────────

SPECIAL = [0.0, -0.0, 1, -1, 0.5, -0.5, 2, 3, -2, -3, -2.5, 10, 170, 1e-300, np.inf, np.nan]
ORDERS = (0, 1, 2, 3, 6, 15)


@cache
def function_cases() -> tuple[Case, ...]:
    draw = np.random.default_rng(SEED)
    wide = np.exp(draw.uniform(-20, 20, 60))
    one = np.concatenate([SPECIAL, [-np.inf], draw.uniform(-4, 4, 200), wide, -wide[wide < 100]])
    pairs = np.array(np.meshgrid(SPECIAL, SPECIAL)).reshape(2, -1).T
    two = np.concatenate([pairs, draw.uniform(-6, 6, (200, 2)), draw.uniform(0, 90, (200, 2))])
    found = []
    for name, function in FUNCTIONS.items():
        if name == "polygamma":
            # Where two terms of the sum cancel exactly, −2.5 among them, SciPy loses digits.
            right = one[~(one < -100) & (one != -2.5)][:, None]
            found += [Case(f"{name} {n}", fn(name, num(n), x), ("x",), (), right) for n in ORDERS]
        elif function.arity == (1, 1):
            found.append(Case(name, fn(name, x), ("x",), (), one[:, None]))
        else:
            found.append(Case(name, fn(name, x, y), ("x", "y"), (), two))
    found.append(Case("power", power(x, y), ("x", "y"), (), two))
    return tuple(found)


@pytest.mark.parametrize("case", function_cases(), ids=lambda case: case.id)
def test_a_function_alone(case):
    check(case)


def test_every_known_function_is_there():
    assert set(BUILT_IN) | LIBRARY == set(FUNCTIONS)
    assert not set(BUILT_IN) & LIBRARY
    text = FUNCTIONS_JS.read_text(encoding="utf-8")
    exported = set(re.findall(r"^export (?:const|function) (\w+)", text, re.MULTILINE))
    assert exported == LIBRARY | {"power", "integrate"}
    assert "import" not in text


# ── special functions against many digits ─────────────────────────────────────────────────────────

# What is left of double precision.  Near a zero of the function it cannot be better.
ACCURATE = {
    "erf": (mp.erf, (-6, 6), 1e-15),
    "erfc": (mp.erfc, (-6, 26), 2e-15),
    "gamma": (mp.gamma, (-20, 171), 2e-15),
    "loggamma": (mp.loggamma, (0, 300), 2e-15),
    "digamma": (mp.digamma, (0, 300), 5e-15),
}


@cache
def accuracy_cases() -> tuple[Case, ...]:
    draw = np.random.default_rng(SEED)
    rows = [(name, span) for name, (_, span, _) in ACCURATE.items()]
    points = {
        name: np.append(draw.uniform(*span, 60), draw.uniform(0, 3, 60)) for name, span in rows
    }
    found = [
        Case(f"{name} accurately", fn(name, x), ("x",), (), values[:, None])
        for name, values in points.items()
    ]
    right = np.append(draw.uniform(0, 20, 60), [-0.5, -2.5, -1e-8, -3 + 1e-8])[:, None]
    for n in ORDERS[1:]:
        node = fn("polygamma", num(n), x)
        found.append(Case(f"polygamma {n} accurately", node, ("x",), (), right))
    sides = draw.uniform(0, 40, (60, 2))
    found.append(Case("beta accurately", fn("beta", x, y), ("x", "y"), (), sides))
    return tuple(found)


@pytest.mark.parametrize("case", accuracy_cases(), ids=lambda case: case.id)
def test_special_functions_have_all_their_digits(case):
    name, *order = case.id.removesuffix(" accurately").split()
    exact, _, bound = ACCURATE.get(name, (getattr(mp, "psi" if order else name), None, 2e-14))
    with workdps(40):
        for point, found in zip(case.points.tolist(), answers()[case.id][:, 0], strict=True):
            expected = exact(*map(int, order), *[mp.mpf(value) for value in point])
            assert abs(mp.mpf(found) - expected) <= bound * abs(expected), point


# ── operators ─────────────────────────────────────────────────────────────────────────────────────

third = num(Fraction(1, 3))
row, matrix = array((1, 2), (x, y)), array((2, 2), (num(1), num(2), num(3), x))
NODES = [
    num(Fraction(3, 7)),
    num(-(10**400)),
    num(10**20 + 1),
    PI,
    mul(num(-1), num(-3)),
    neg(neg(x)),
    x - (-2) * y,
    add(x, y, x * y, num(-2)),
    div(x, x - x),
    div(x - x, y - y),
    *[power(y, num(n)) for n in (-64, -3, -2, -1, 0, 1, 2, 3, 7, 64, 65, 101, -101)],
    *[power(y, num(Fraction(n, 2))) for n in (-3, -1, 1, 3)],
    power(y, third),
    power(num(0), num(0)),
    power(x - x, num(-1)),
    power(E, y),
    power(x, y),
    *[rel(kind, x, y) for kind in ("lt", "le", "gt", "ge", "eq", "ne")],
    logic("and", rel("gt", x, y), logic("not", rel("eq", x, y)), TRUE),
    logic("or", rel("gt", x, y), logic("false")),
    TRUE,
    piecewise((x, rel("gt", y, x)), (y, TRUE), (num(3), TRUE)),
    piecewise((x, rel("gt", y, x)), (y, rel("lt", x, num(1)))),
    piecewise((x, TRUE)),
    fn("max", x),
    fn("min", x, y, num(-1)),
    array((2,), (2 * x, num(3))),
    array((2, 2), (x, y, y, num(0))),
    dot(row, matrix),
    dot(array((2,), (x, y)), array((2,), (y, num(2)))),
    at(mul(x, y, fn("sin", t)), {x: y, t: x + y}),
    at(array((2,), (x, x * y)), {x: num(3)}),
    at(at(x - y, {x: y}) * x, {x: y, y: x}),
    integral(power(t, num(2)), t, num(0), x),
    integral(x, t, y, x),
    integral(num(3), t, y, x),
    integral(x, x, num(0), x),
    integral(power(t, num(3)), t, num(-1), num(1)) + 1,
    integral(fn("sin", power(t, num(2))), t, num(0), num(10)),
    integral(fn("ln", t), t, num(0), x),
    integral(div(num(1), fn("sqrt", t)), t, num(0), x),
    integral(div(num(1), t), t, x, num(1)),
    integral(fn("ln", t), t, y, x),
    integral(integral(x * t * s, s, num(0), t), t, num(0), x),
    integral(integral(x * s + t, s, num(0), y), t, num(0), x),
    integral(at(x * t, {x: power(t, num(2))}), t, num(0), x),
    integral(fn("exp", x) * fn("cos", t) + integral(fn("cos", t), t, num(0), y), t, num(0), x),
]  # fmt: skip


@cache
def node_cases() -> tuple[Case, ...]:
    points = np.array([[0.7, -1.3], [1.5, 2.25], [-0.4, 0.6], [2, 2], [0, 1]])
    return tuple(
        Case(f"{i}: {node!r}"[:60], node, ("x",), ("y",), points) for i, node in enumerate(NODES)
    )


@pytest.mark.parametrize("case", node_cases(), ids=lambda case: case.id)
def test_an_operator(case):
    check(case)


# ── the source ────────────────────────────────────────────────────────────────────────────────────


def test_each_shared_node_is_computed_once():
    wave = fn("sin", x * y)
    source = compile_javascript({"f": wave * y, "gradient": array((2,), (wave, wave))}, ["x", "y"])
    assert source.count("Math.sin") == 1
    f = x
    for _ in range(1000):
        f = fn("sin", f) + fn("cos", f)
    assert compile_javascript(f, ["x"]).count("\n") == 3003, "deep, and no longer than the graph"


def test_a_product_of_arrays_inside_an_expression_is_its_sum():
    product = dot(array((2,), (x, y)), array((2,), (y, num(2))))
    written = add(mul(x, y), mul(y, num(2)))
    assert compile_javascript(1 + product, "xy") == compile_javascript(1 + written, "xy")


def test_what_does_not_vary_with_the_bound_variable_is_computed_outside():
    inner = integral(fn("exp", x) * t, t, num(0), x)
    source = compile_javascript(
        array((2,), (inner, integral(fn("exp", x) * s, s, num(0), x))), ["x"]
    )
    assert source.index("Math.exp") < source.index("F.integrate")
    assert source.count("F.integrate") == 1, "another letter for the bound variable, one integral"


HOSTILE = ["__proto__", "constructor", "</script>", "λ", "x₁", "x_1", "`${alert(1)}`", "*/", "\n"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_a_person_are_not_in_the_source(name):
    u = sym(name)
    body = piecewise((fn("sin", u) / x, rel("lt", u, x)), (integral(u * t, t, num(0), u), TRUE))
    bound = integral(body * u, u, num(0), x) + at(body, {u: x})
    nodes = {"f": add(body, bound), "gradient": array((2,), (u, bound))}
    for variables, constants in [([name, "x"], []), (["x"], [name])]:
        source = compile_javascript(nodes, variables, constants)
        assert name not in source.strip().replace("\n", " ")
        assert re.fullmatch(r"[\w\s()\[\]{}.,;:?=<>*/+-]*", source, re.ASCII)
        assert "</" not in source
        words = set(re.findall(r"[A-Za-z]\w*", source))
        allowed = r"F|Math|sin|integrate|const|return|NaN|f|gradient|v|c|[ts]\d+(_\d+)?"
        assert not [word for word in words if not re.fullmatch(allowed, word)]


def test_names_of_results_are_ours():
    for name in ("__proto__", "x y", "", "λ", "}"):
        with pytest.raises(ValueError, match="name of a result"):
            compile_javascript({name: x}, ["x"])
    with pytest.raises(ValueError, match="twice"):
        compile_javascript(x, ["x"], ["x"])


threefold = integral(integral(integral(x * t * s, x, t, s), t, num(0), s), s, num(0), y)

REFUSALS = [
    (x + sym("a") * sym("b"), "no value for a, b"),
    (app("g", (x,)), "g has no values"),
    (integral(app("h", (t,)), t, num(0), x), "h has no values"),
    (fn("nonsense", x), "nonsense has no values"),
    (make("const", "omega"), "omega has no value"),
    (D(x * x, x), "derivative that is not carried out cannot be computed in the browser"),
    (D(x * x, array((2,), (x, y))), "derivative that is not carried out"),
    (fn("sin", limit(x * t, t, num(0))), "A limit cannot be computed in the browser"),
    (make("series", None, (x * t, t, num(0), num(3))), "A series cannot be computed"),
    (threefold, "A threefold integral cannot be computed in the browser"),
    (add(row, row), "An array inside an expression cannot be computed"),
]


@pytest.mark.parametrize(("node", "words"), REFUSALS, ids=lambda v: repr(v)[:40])
def test_what_cannot_be_computed_is_named(node, words):
    with pytest.raises(InputError, match=words):
        compile_javascript(node, ["x", "y"])
