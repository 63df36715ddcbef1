"""The arithmetic, the numerals, the formulas and the shapes of the live figures, as Node has them.

All calls go to one Node, and what it answers is held against NumPy and calc_core.
"""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest

from calc_core.figures.arrows import outlines
from calc_core.geometry.curvature import bending
from calc_core.geometry.numerals import numeral, vector
from calc_core.geometry.stretching import singular_values, size_factor
from calc_core.printing.latex import GREEK
from tests.node import LIVE, in_node

pytestmark = pytest.mark.xdist_group("javascript")

SEED = 47
EXACT = 1e-13

nan, inf = np.nan, np.inf

MODULES = ("linear", "numerals", "mathml", "shapes")

# Each call is [function, arguments]; formulas are put together and grids computed in Node.
MODULE = """
import given from "./given.js";
import * as linear from "./linear.js";
import * as numerals from "./numerals.js";
import * as M from "./mathml.js";
import * as shapes from "./shapes.js";
const modules = { linear, numerals, mathml: M, shapes };
const call = ([name, args]) => {
  const [module, fn] = name.split(".");
  return modules[module][fn](...args);
};
const parts = (name) => [
  M.sub(M.id(name), M.text(name)), M.sup(M.id(name), M.op(name)), M.root(M.id(name)),
  M.fraction(M.num(-1e-9), M.text(name)), M.bars(M.id(name)), M.norm(M.id(name)),
  M.fenced(M.id(name), name, name), M.matrix([1, -2.5, NaN, 1e9, -Infinity, 0], 2, 3),
  M.rowVector([1, 2]), M.column(new Float64Array([1, 2])), M.tuple([1, -2, 3e-7]), M.tuple([]),
  M.approx(M.id(name), M.num(Math.PI, 3)),
];
const formula = (name) => M.math(M.equation(M.row(...parts(name)), M.id(name)), { display: true });
export default {
  calls: Object.fromEntries(
    Object.entries(given.calls).map(([key, list]) => [key, list.map(call)]),
  ),
  formulas: given.names.map(formula),
  surface: shapes.surface((x, y) => x - 10 * y, [1, 2, 3], new Float64Array([0, 1])),
  joined: shapes.joined([[[1, 2], [3, 4]], [[5, 6]]]),
};
"""


# ── what Node is asked ────────────────────────────────────────────────────────────────────────────


BROKEN = [np.array([[nan, 1], [1, 2]]), np.array([[1, -inf], [2, 3]]), np.full((5, 5), nan)]


@cache
def matrices() -> list[np.ndarray]:
    """Square matrices up to 8×8: of all sizes, of less than full rank, symmetric, degenerate."""
    draw = np.random.default_rng(SEED)
    found = [np.zeros((2, 2)), np.eye(3), np.diag([1, 1e-20]), np.diag([1e150, 1e-150, 1])]
    found += [np.array([[1, 1e20], [1, -1e20]]), np.array([[0.1, 0.2], [0.3, 0.6]])]
    found += [np.full((2, 2), 1.0), np.array([[0, 1], [1, 0]]), np.fliplr(np.eye(6))]
    for n in range(1, 9):
        for _ in range(25):
            A, B = draw.normal(size=(2, n, n))
            rank = draw.integers(0, n)
            Q = np.linalg.qr(A)[0]
            found += [A, A * 10.0 ** draw.integers(-9, 9), draw.integers(-3, 4, (n, n)), A + A.T]
            found += [A[:, :rank] @ B[:rank], Q, Q @ np.diag(draw.integers(-1, 3, n)) @ Q.T]
            found += [np.diag(draw.integers(-2, 3, n)), A @ A.T * 1e-7]
    return [np.asarray(A, dtype=float) for A in [*found, *BROKEN]]


@cache
def oblong() -> list[np.ndarray]:
    """Matrices m×n with one side up to 3, as Jacobians are."""
    draw = np.random.default_rng(SEED + 1)
    found = [np.zeros((3, 2)), np.diag([1, 1e-200]), np.full((3, 3), 1e300), np.eye(3)[:, :2]]
    for m, n in [(m, n) for m in range(1, 9) for n in range(1, 9) if min(m, n) <= 3]:
        for _ in range(10):
            A = draw.normal(size=(m, n))
            rank_one = np.outer(draw.normal(size=m), draw.normal(size=n))
            found += [A, rank_one, A * 10.0 ** draw.integers(-8, 8, n), np.trunc(A)]
    return [np.asarray(A, dtype=float) for A in [*found, *BROKEN]]


@cache
def products() -> list[tuple[np.ndarray, np.ndarray]]:
    """Pairs of matrices that have a product."""
    draw = np.random.default_rng(SEED + 5)
    sizes = draw.integers(1, 6, (40, 3))
    return [(draw.normal(size=(m, k)), draw.normal(size=(k, n))) for m, k, n in sizes]


@cache
def numbers() -> list[float]:
    draw = np.random.default_rng(SEED + 2)
    special = [0.0, -0.0, nan, inf, -inf, 5e-324, 1.7976931348623157e308, 2.2e-308, 1e21, 1e22, 0.5]
    edges = [c * 10.0**k for k in range(-7, 20) for c in (0.99995, 0.999949999, 1, 9.9995, 99.995)]
    ties = [k / 2**p for k in range(1, 300, 7) for p in range(8)]
    bits = draw.integers(0, 2**64, 2000, dtype=np.uint64).view(np.float64)
    usual = draw.normal(size=2000) * 10.0 ** draw.integers(-8, 10, 2000)
    short = np.round(draw.uniform(-100, 100, 1000), 2)
    found = [*special, *edges, *ties, *bits, *usual, *short]
    return [float(value) for value in [*found, *np.negative(found)]]


@cache
def arrows() -> list[tuple]:
    """Tails, arrows, the unit, the thickness and the part that is head."""
    draw = np.random.default_rng(SEED + 3)
    found = []
    for count in (1, 1, 2, 7, 40):
        tails, vectors = draw.normal(size=(2, count, 2)) * 10.0 ** draw.integers(-4, 5)
        unit = 10.0 ** draw.uniform(-2, 2, 2)
        found.append((tails, vectors, unit, float(draw.uniform(0, 0.3)), 0.38))
    found.append((np.zeros((2, 2)), np.array([[0, 0], [3, 4]]), np.ones(2), 0.1, 0.2))
    return found


GREEK_NAMES = sorted(GREEK)
HOSTILE = [
    "<img src=x onerror=alert(1)>", "</math><script>alert(1)</script>", "a&b;", "&lt;", '"', "'",
    "]]>", "<!--", "x_<b>", "__proto__", "constructor", "toString", "_", "__", "_1", "a_", "",
    "a_b_c", "\0", "\x0b", "\ud800", "\uffff", "\n", "𝑥", "λ", "x₁", "f′", " ", "a_\n",
]  # fmt: skip

NAMES = ["x", "v_max", "x_1", "theta_1", "a_mu", "speed"]
NUMBERS = [2.0, -1.23456, 1.5e-7, -3e12, nan, inf, -inf, -0.0]
VECTORS = np.random.default_rng(SEED + 4).normal(size=(30, 2, 3))
DIRECTIONS = [*VECTORS[:, 0], np.array([0, 0, 1.0]), np.array([0, -2.0, 0]), np.array([1.0, 0, 0])]
UNIT3 = np.array([1, 20, 0.3])


def calls() -> dict[str, list]:
    """By what is asked for; the arguments of one call are a row."""
    square = [(A, len(A)) for A in matrices()]
    sizes = [(J, *J.shape) for J in oblong()]
    pairs = [(a, b) for a, b in VECTORS]
    return {
        **{name: ask(f"linear.{name}", pairs) for name in ("dot", "add", "subtract", "cross")},
        "norm": ask("linear.norm", [(a,) for a, _ in pairs]),
        "scale": ask("linear.scale", [(a, b[0]) for a, b in pairs]),
        "multiply": ask("linear.multiply", [(A, *A.shape, B, B.shape[1]) for A, B in products()]),
        "apply": ask("linear.apply", [(A, *A.shape, B[:, 0]) for A, B in products()]),
        "transpose": ask("linear.transpose", [(A, *A.shape) for A, _ in products()]),
        "determinant": ask("linear.determinant", square),
        "solve": ask("linear.solve", [(A, n, right_side(n)) for A, n in square]),
        "eigenSymmetric": ask("linear.eigenSymmetric", square),
        "svd": ask("linear.svd", sizes),
        "sizeFactor": ask("linear.sizeFactor", sizes),
        "numeral": ask("numerals.numeral", [(v,) for v in numbers()]),
        **{
            f"numeral {n}": ask("numerals.numeral", [(v, n) for v in numbers()]) for n in (1, 3, 17)
        },
        "vector": ask("numerals.vector", [([1, -2.5, nan],), ([],), ([1e-9, 1 / 3], 2)]),
        "round": ask("numerals.round", [(v,) for v in numbers()]),
        "id": ask("mathml.id", [(name,) for name in [*GREEK_NAMES, *NAMES]]),
        "num": ask("mathml.num", [(v,) for v in NUMBERS]),
        "escape": ask("mathml.escape", [(name,) for name in HOSTILE]),
        "outlines": ask("shapes.outlines", arrows()),
        "outlines of one": ask("shapes.outlines", [([1, 2], [3, -1], [1, 2], 0.1)]),
        "linspace": ask("shapes.linspace", [(0, 0.3, 4), (-1, 2, 17), (5, 9, 1), (1, -1, 2)]),
        "polygon": ask("shapes.polygon", [([[0, 0], [1, 0], [0, 2]],), ([],)]),
        "ellipse": ask("shapes.ellipse", [([1, 2], [3, 1], [-1, 0.5], 24)]),
        "arc": ask("shapes.arc", [([1, 2], 3, 0.25, -2, 9)]),
        "cone": ask("shapes.cone", [([1, 2, 3], d, 0.7, 0.2) for d in DIRECTIONS]),
        "arrow3d": ask("shapes.arrow3d", [([1, 2, 3], d, UNIT3, 0.05) for d in DIRECTIONS]),
    }


def right_side(n: int) -> np.ndarray:
    return np.arange(1.0, n + 1)


def ask(name: str, rows: list) -> list:
    """Calls of one function; matrices are flat for linear.js, and nested for the others."""
    is_flat = name.startswith("linear.")
    return [(name, [plain(argument, is_flat) for argument in row]) for row in rows]


def plain(argument: object, is_flat: bool) -> object:
    if isinstance(argument, np.ndarray):
        return (argument.ravel() if is_flat else argument).tolist()
    return argument.item() if isinstance(argument, np.generic) else argument


@cache
def found() -> dict:
    """What Node says."""
    return in_node(MODULE, {"calls": calls(), "names": [*HOSTILE, *NAMES]})


def answers(name: str) -> list:
    return found()["calls"][name]


def close(a: object, b: object, bound: float = EXACT) -> None:
    np.testing.assert_allclose(a, b, rtol=bound, atol=bound, err_msg=f"seed {SEED}")


# ── linear algebra ────────────────────────────────────────────────────────────────────────────────


def test_vectors():
    for k, (a, b) in enumerate(VECTORS):
        close(answers("dot")[k], a @ b)
        close(answers("norm")[k], np.linalg.norm(a))
        close(answers("add")[k], a + b)
        close(answers("subtract")[k], a - b)
        close(answers("scale")[k], a * b[0])
        close(answers("cross")[k], np.cross(a, b))


def test_products_and_transposes():
    for k, (A, B) in enumerate(products()):
        close(answers("multiply")[k], (A @ B).ravel())
        close(answers("apply")[k], A @ B[:, 0])
        close(answers("transpose")[k], A.T.ravel())


def finite(arrays: list[np.ndarray], name: str) -> list[tuple]:
    """The arrays that are finite, each with its answer."""
    pairs = zip(arrays, answers(name), strict=True)
    return [(A, answer) for A, answer in pairs if np.isfinite(A).all()]


def test_determinants():
    for A, answer in finite(matrices(), "determinant"):
        # By Hadamard, no determinant is larger than this.
        size = np.prod(np.linalg.norm(A, axis=1))
        assert abs(answer - np.linalg.det(A)) <= EXACT * size, A
    assert np.isnan(answers("determinant")[-1])


def test_linear_equations():
    solved = 0
    for A, x in finite(matrices(), "solve"):
        if x is None:
            continue
        solved += 1
        residue = A @ x - right_side(len(A))
        terms = np.abs(A) @ np.abs(x) + right_side(len(A))
        assert (np.abs(residue) <= EXACT * terms).all(), A
    assert solved > 800
    assert answers("solve")[-len(BROKEN) :] == [None] * len(BROKEN)


def test_singular_equations_have_no_solution():
    """With columns of one size, for on that depends the rank that NumPy sees."""
    for A, x in finite(matrices(), "solve"):
        even = A / np.maximum(np.linalg.norm(A, axis=0), 1e-300)
        assert (x is None) == (np.linalg.matrix_rank(even, tol=1e-12) < len(A)), A


def test_eigenvalues():
    for A, answer in finite(matrices(), "eigenSymmetric"):
        S = (A + A.T) / 2
        values, vectors = np.array(answer["values"]), np.array(answer["vectors"])
        size = np.abs(S).max()
        close(values / (size or 1), bending(A).values / (size or 1), EXACT)
        assert (np.abs(S @ vectors.T - vectors.T * values) <= 1e-11 * size).all(), A
        close(vectors @ vectors.T, np.eye(len(A)), 1e-11)
        assert all(row[np.flatnonzero(row)[0]] > 0 for row in vectors), A


def test_eigenvectors_are_those_of_bending():
    alike = 0
    for A, answer in finite(matrices(), "eigenSymmetric"):
        known = bending(A)
        gaps = np.abs(np.diff(known.values))
        if (gaps > 1e-3 * np.abs(known.values).max()).all():
            alike += 1
            close(answer["vectors"], known.directions, 1e-9)
    assert alike > 500
    identity = answers("eigenSymmetric")[1]
    assert identity["vectors"] == bending(np.eye(3)).directions.tolist(), "of equal ones the order"


def test_eigenvalues_of_what_is_not_finite():
    for answer in answers("eigenSymmetric")[-len(BROKEN) :]:
        assert np.isnan(answer["values"]).all()
        assert np.isnan(answer["vectors"]).all()


def check_svd(A: np.ndarray, answer: dict) -> None:
    u, s, v = (np.array(answer[key]) for key in "usv")
    size = np.abs(A).max() or 1
    close(s / size, singular_values(A / size), EXACT)
    assert (s[1:] <= s[:-1]).all()
    close(u @ u.T, np.eye(len(s)), 1e-12)
    close(v @ v.T, np.eye(len(s)), 1e-12)
    close(np.einsum("k,ki,kj->ij", s / size, u, v), A / size, 1e-12)
    first = u if A.shape[0] < A.shape[1] else v
    assert all(row[np.flatnonzero(np.abs(row) > 1e-12)[0]] > 0 for row in first), A


def test_singular_values():
    for A, answer in finite(oblong(), "svd"):
        check_svd(A, answer)
    for answer in answers("svd")[-len(BROKEN) :]:
        assert all(np.isnan(answer[key]).all() for key in "usv")


def test_a_rank_is_seen_in_the_singular_values():
    """Where columns cancel nothing is left, and what is small from the start remains."""
    answer = dict(zip(["diagonal", "full"], answers("svd")[1:3], strict=True))
    assert answer["diagonal"]["s"] == [1, 1e-200]
    close(np.array(answer["full"]["s"]) / 1e300, [3, 0, 0])
    ranks = [
        (np.linalg.matrix_rank(A), np.count_nonzero(answer["s"]))
        for A, answer in finite(oblong(), "svd")[2:]
    ]
    assert np.mean([a == b for a, b in ranks]) > 0.99


def test_size_factors():
    for J, answer in finite(oblong(), "sizeFactor"):
        m, n = J.shape
        if m >= n and np.abs(J).max() < 1e100:
            size = np.prod(np.linalg.norm(J, axis=0))
            # The root of a rounding error is large.
            bound = EXACT if m == n or answer > 1e-3 * size else 1e-6
            assert abs(answer - size_factor(J)) <= bound * size, J


# ── numerals ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("digits", [4, 1, 3, 17])
def test_numerals_are_those_of_python(digits):
    name = "numeral" if digits == 4 else f"numeral {digits}"
    wrong = [
        (value, text, numeral(value, digits))
        for value, text in zip(numbers(), answers(name), strict=True)
        if text != numeral(value, digits)
    ]
    assert not wrong, f"(value, Node, Python), seed {SEED}: {wrong[:5]}"


def test_rows_of_numerals():
    assert answers("vector") == [vector([1, -2.5, nan]), "()", vector([1e-9, 1 / 3], 2)]


def test_rounding():
    for value, answer in zip(numbers(), answers("round"), strict=True):
        expected = float(f"{value:.6g}") + 0.0
        assert answer == expected or (np.isnan(answer) and np.isnan(value)), value
        assert answer != 0 or np.copysign(1, answer) > 0, "an address has no −0"


# ── formulas ──────────────────────────────────────────────────────────────────────────────────────


def test_formulas_are_well_formed_whatever_a_name_is():
    tags = {"math", "mrow", "mi", "mn", "mo", "mtext", "msub", "msup", "mfrac", "msqrt"}
    tags |= {"mtable", "mtr", "mtd"}
    for name, formula in zip([*HOSTILE, *NAMES], found()["formulas"], strict=True):
        tree = ElementTree.fromstring(formula)
        assert {part.tag for part in tree.iter()} == tags, name
        assert {key for part in tree.iter() for key in part.attrib} <= {"display", "class"}, name
        assert readable(name) in "".join(tree.itertext())


def readable(name: str) -> str:
    """What XML has no place for is replaced."""
    return re.sub(r"[\0\x0b\ud800\uffff]", "\ufffd", name)


def test_escaped_text_says_the_same():
    for name, text in zip(HOSTILE, answers("escape"), strict=True):
        assert not set("<>\"'") & set(text)
        said = ElementTree.fromstring(f"<p>{text}</p>").text or ""
        assert said == readable(name)


def test_names():
    written = answers("id")
    greek = [re.fullmatch(r"<mi>([Α-ωϑϕϵ])</mi>", text)[1] for text in written[: len(GREEK)]]
    assert len(set(greek)) == len(GREEK), "each name its own letter"
    assert dict(zip(GREEK_NAMES, greek, strict=True))["theta"] == "θ"
    assert written[len(GREEK) :] == [
        "<mi>x</mi>",
        "<msub><mi>v</mi><mi>max</mi></msub>",
        "<msub><mi>x</mi><mn>1</mn></msub>",
        "<msub><mi>θ</mi><mn>1</mn></msub>",
        "<msub><mi>a</mi><mi>μ</mi></msub>",
        "<mi>speed</mi>",
    ]


def test_numbers_in_formulas():
    assert dict(zip(map(str, NUMBERS), answers("num"), strict=True)) == {
        "2.0": "<mn>2</mn>",
        "-1.23456": "<mrow><mo>−</mo><mn>1.235</mn></mrow>",
        "1.5e-07": "<mrow><mn>1.5</mn><mo>×</mo><msup><mn>10</mn>"
        "<mrow><mo>−</mo><mn>7</mn></mrow></msup></mrow>",
        "-3000000000000.0": "<mrow><mo>−</mo><mrow><mn>3</mn><mo>×</mo>"
        "<msup><mn>10</mn><mn>12</mn></msup></mrow></mrow>",
        "nan": "<mtext>undefined</mtext>",
        "inf": "<mi>∞</mi>",
        "-inf": "<mrow><mo>−</mo><mi>∞</mi></mrow>",
        "-0.0": "<mn>0</mn>",
    }


# ── shapes ────────────────────────────────────────────────────────────────────────────────────────


def test_outlines_of_arrows_are_those_of_python():
    for asked, answer in zip(arrows(), answers("outlines"), strict=True):
        with np.errstate(invalid="ignore"):
            expected = outlines(*asked)
        size = np.nanmax(np.abs(expected))
        close(np.array(answer) / size, expected / size)
    close(answers("outlines of one")[0], outlines([1, 2], [3, -1], [1, 2], 0.1))


def test_shapes_in_one_trace():
    np.testing.assert_equal(found()["joined"], {"x": [1, 3, nan, 5], "y": [2, 4, nan, 6]})


def test_numbers_at_equal_distances():
    for asked, answer in zip(calls()["linspace"], answers("linspace"), strict=True):
        expected = np.linspace(*asked[1])
        close(answer, expected)
        assert [answer[0], answer[-1]] == [expected[0], expected[-1]]


def test_a_grid_has_a_row_for_each_y():
    assert found()["surface"] == [[1, 2, 3], [-9, -8, -7]]


def test_closed_curves():
    assert answers("polygon")[0] == {"x": [0, 1, 0, 0], "y": [0, 0, 2, 0]}
    assert answers("polygon")[1] == {"x": [], "y": []}
    [ellipse] = answers("ellipse")
    t = np.linspace(0, 2 * np.pi, 25)
    close(ellipse["x"], 1 + 3 * np.cos(t) - np.sin(t))
    close(ellipse["y"], 2 + np.cos(t) + 0.5 * np.sin(t))
    assert (ellipse["x"][0], ellipse["y"][0]) == (ellipse["x"][-1], ellipse["y"][-1])


def test_an_arc():
    [arc] = answers("arc")
    t = np.linspace(0.25, -2, 9)
    close(arc["x"], 1 + 3 * np.cos(t))
    close(arc["y"], 2 + 3 * np.sin(t))


def corners(mesh: dict) -> tuple[np.ndarray, np.ndarray]:
    """The corners (n, 3) of a mesh, and its triangles (k, 3)."""
    points, triangles = (np.transpose([mesh[key] for key in keys]) for keys in ("xyz", "ijk"))
    return points, triangles.astype(int)


def check_closed(points: np.ndarray, triangles: np.ndarray, volume: float) -> None:
    """Each edge is there once in each direction, and the inside is where it should be."""
    edges = [(t[k], t[(k + 1) % 3]) for t in triangles.tolist() for k in range(3)]
    assert len(edges) == len(set(edges))
    assert {(b, a) for a, b in edges} == set(edges)
    assert triangles.max() == len(points) - 1
    close(np.linalg.det(points[triangles]).sum() / 6, volume, 1e-10)


def cone_volume(length: float, radius: float, sides: int = 16) -> float:
    return length / 3 * sides / 2 * radius**2 * np.sin(2 * np.pi / sides)


@pytest.mark.parametrize("k", range(len(DIRECTIONS)))
def test_cones(k):
    points, triangles = corners(answers("cone")[k])
    tip, foot, rim = points[0], points[1], points[2:]
    along = DIRECTIONS[k] / np.linalg.norm(DIRECTIONS[k])
    close(tip, [1, 2, 3])
    close(tip - foot, 0.7 * along)
    close(np.linalg.norm(rim - foot, axis=1), 0.2)
    close((rim - foot) @ along, 0)
    check_closed(points, triangles, cone_volume(0.7, 0.2))


@pytest.mark.parametrize("k", range(len(DIRECTIONS)))
def test_arrows_in_space(k):
    """As in the plane: the head begins where the shaft ends, on the scale of the picture."""
    answer, arrow = answers("arrow3d")[k], DIRECTIONS[k] / UNIT3
    points, triangles = corners(answer["head"])
    shaft = np.transpose([answer["shaft"][key] for key in "xyz"])
    close(shaft, [[1, 2, 3], points[1]])
    close(points[0], np.array([1, 2, 3]) + DIRECTIONS[k])
    flat = outlines([0, 0], [np.linalg.norm(arrow), 0], [1, 1], 0.05)[0]
    length, wide = flat[3, 0] - flat[2, 0], flat[2, 1]
    close(np.linalg.norm((points[0] - points[1]) / UNIT3), length)
    check_closed(points / UNIT3, triangles, cone_volume(length, wide))


# ── the modules ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", MODULES)
def test_modules_are_pure(name):
    """They know nothing of a page, and import only each other."""
    text = (LIVE / f"{name}.js").read_text(encoding="utf-8")
    assert not re.search(r"\b(document|window|globalThis|navigator|eval|Date|random)\b", text)
    imported = re.findall(r'^import .* from "(.*)";$', text, re.MULTILINE)
    assert set(imported) <= {f"./{module}.js" for module in MODULES}
    assert len(imported) == text.count("import ")


def test_numbers_come_back_from_node_as_they_are():
    values = [nan, inf, -inf, -0.0, 0.1, 5e-324]
    source = 'import given from "./given.js"; export default given;'
    back = in_node(source, values)
    assert np.array(back).tobytes() == np.array(values).tobytes()


TYPED = {
    "0.5": 0.5, "-2": -2.0, "−2": -2.0, "+3": 3.0, "1/3": 1 / 3, "2/3/4": 2 / 3 / 4, "0,5": 0.5,
    ".25": 0.25, "3.": 3.0, "1e-3": 1e-3, "pi": np.pi, "2π": 2 * np.pi, "pi/4": np.pi / 4,
    "-3 pi / 2": -3 * np.pi / 2, "2*3": 6.0, "1e9": 1e9,
}  # fmt: skip
NOT_TYPED = (
    "",
    "-",
    "abc",
    "1//2",
    "1/",
    "*2",
    "1 2x",
    "2 3 4x",
    "--1",
    "1.2.3",
    "e",
    "0x10",
    "∞",
    "1+1",
)


def test_numbers_are_read_as_people_type_them() -> None:
    source = """
    import given from "./given.js";
    import { readNumber } from "./numerals.js";
    export default given.map(readNumber);
    """
    found = in_node(source, [*TYPED, *NOT_TYPED])
    assert found[: len(TYPED)] == pytest.approx(list(TYPED.values()))
    assert np.isnan(found[len(TYPED) :]).all(), dict(
        zip(NOT_TYPED, found[len(TYPED) :], strict=True)
    )
