"""MathML: well-formed for all that LaTeX prints, every part to be found, names escaped."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from html import unescape

import pytest

from calc_core import parse
from calc_core.graph import (
    D,
    Node,
    add,
    app,
    array,
    at,
    dot,
    integral,
    limit,
    mul,
    num,
    postorder,
    sym,
)
from calc_core.labs.rules import parts_of
from calc_core.printing import Latex, MathML, Text
from calc_core.printing.mathml import formula, symbol_mathml
from tests.corpus import Entry, entries
from tests.lots import in_lots
from tests.test_matrix_printing import TABLE as MATRICES

#: The elements of MathML Core that the printer uses, and nothing else.
ELEMENTS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msup", "msub",
    "msubsup", "munder", "munderover", "mtable", "mtr", "mtd",
}  # fmt: skip
#: How many elements each of these must hold.
ARITY = {"mfrac": 2, "mroot": 2, "msup": 2, "msub": 2, "munder": 2, "msubsup": 3, "munderover": 3}
INVISIBLE = str.maketrans("", "", "\u2061\u2062\u00a0 ")
x, y, t = sym("x"), sym("y"), sym("t")


def tree_of(printed: str) -> ET.Element:
    """The formula as XML, its elements looked at."""
    root = ET.fromstring(unescape_invisible(formula(printed)))
    for element in root.iter():
        name = element.tag.partition("}")[2]
        assert name in ELEMENTS
        assert len(element) == ARITY.get(name, len(element)), f"{name} of {len(element)}"
    return root


def unescape_invisible(source: str) -> str:
    return source.replace("&#x2061;", "\u2061").replace("&#x2062;", "\u2062")


def said(printed: str) -> str:
    """What stands there, without the markup."""
    return "".join(tree_of(printed).itertext()).translate(INVISIBLE)


@in_lots("entry", entries(), ids=lambda entry: entry.text)
def test_the_corpus_is_well_formed_and_every_part_is_found(entry: Entry) -> None:
    expression = entry.expression
    style = {"decimal": expression.decimal}
    ids = {node: k for k, node in enumerate(postorder(expression.node))}
    root = tree_of(MathML(ids=ids, **style)(expression.node))
    seen = {int(e.get("data-node")) for e in root.iter() if e.get("data-node") is not None}
    assert seen <= set(ids.values())
    wanted = [part for f in expression.components for part in parts_of(f)]
    assert {ids[part] for part in wanted} <= seen
    for derivation in entry.derivations():
        printed = said(MathML(**style)(derivation.node))
        assert not set("\\$&") & set(printed)
        assert printed.count("(") == printed.count(")")
        assert "None" not in printed


@in_lots("entry", entries(), ids=lambda entry: entry.text)
def test_the_letters_are_those_of_the_text(entry: Entry) -> None:
    f = entry.expression.node
    printed = said(MathML(decimal=entry.expression.decimal)(f))
    for name in f.free:
        assert said(symbol_mathml(name)) in printed


def test_identities_change_nothing_but_what_a_power_is_on() -> None:
    for entry in entries():
        f = entry.expression.node
        ids = {node: k for k, node in enumerate(postorder(f)) if node.op != "fn"}
        assert said(MathML(ids=ids)(f)) == said(MathML()(f))


@pytest.mark.parametrize("row", MATRICES, ids=lambda row: row[2])
def test_matrices_are_well_formed(row: tuple[Node, str, str]) -> None:
    node = row[0]
    for shapes in (False, True):
        tree_of(MathML(shapes=shapes)(node))


def test_every_kind_that_latex_prints_is_printed() -> None:
    assert set(MathML.forms) == set(Latex.forms)
    assert set(MathML.relations) == set(Latex.relations)


#: (node, what stands there without the markup)
TABLE = [
    (parse("x^2 y - 3x").node, "x2y−3x"),
    (parse("x (-2)").node, "x⋅(−2)"),
    (parse("x - (y - z)").node, "x−(y−z)"),
    (parse("(x + y) z").node, "(x+y)z"),
    (parse("sin^2 x").node, "sin2x"),
    (parse("x sin(x) y").node, "xsinx⋅y"),
    (parse("e^(x/y)").node, "ex/y"),
    (parse("x^(-1/2)").node, "x−1/2"),
    (parse("|x| floor(y)").node, "|x|⌊y⌋"),
    (parse("log_2(x)").node, "log2x"),
    (parse("gamma(x)").node, "Γ(x)"),
    (parse("x if x > 0, else y").node, "{xif x>0yotherwise".replace(" ", "")),
    (D(mul(x, y), x), "∂∂x[xy]"),
    (D(D(sym("f"), x), x), "∂2f∂x∂x".replace("∂x∂x", "∂x2")),
    (app("g", (x, y), (1, 0)), "gx(x,y)"),
    (app("g", (x,), (2,)), "g′′(x)"),
    (at(mul(x, y), {x: num(2)}), "xy|x=2"),
    (integral(mul(x, t), t, num(0), num(1)), "∫01xtdt"),
    (limit(add(x, y), x, num(0), "+"), "limx→0+(x+y)"),
    (dot(array((2,), (x, y)), array((2, 1), (num(1), t))), "(xy)1×2(1t)2×1"),
]


@pytest.mark.parametrize(("node", "expected"), TABLE, ids=lambda part: str(part)[:40])
def test_the_notation_is_that_of_a_textbook(node: Node, expected: str) -> None:
    assert said(MathML()(node)) == expected


@pytest.mark.parametrize("name", ["<script>", "a&b", 'x"y', "θ_<b>", "a_1&2"])
def test_hostile_names_are_escaped(name: str) -> None:
    printed = MathML(ids={sym(name): '"><img onerror=1>'})(sym(name))
    assert "<script" not in printed
    assert "<img" not in printed
    assert unescape(said(printed)).replace("_", "") == name.replace("_", "")


def test_a_term_behind_a_minus_is_found_with_its_sign() -> None:
    f = parse("x - 3y").node
    ids = {node: k for k, node in enumerate(postorder(f))}
    term = f.args[1]
    root = tree_of(MathML(ids=ids)(f))
    found = next(e for e in root.iter() if e.get("data-node") == str(ids[term]))
    assert "".join(found.itertext()).translate(INVISIBLE) == "−3y"
    assert Text()(term) == "-3y"


def test_a_mark_is_a_class() -> None:
    assert '<mrow class="nb-mark"><mi>x</mi></mrow>' in MathML(mark=x)(add(x, y))
