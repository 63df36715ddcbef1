"""Printing: the notation of a textbook, in LaTeX and in text that the parser reads back."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc_core import gradient, jacobian, parse
from calc_core.graph import D, add, app, array, div, fn, mul, num, power, sym
from calc_core.lines import LEVELS
from calc_core.printing import Latex, Text
from calc_core.printing.latex import symbol_latex

x, y, z = sym("x"), sym("y"), sym("z")

# as typed: (text, LaTeX)
TABLE = {
    # products
    "x y z": ("x·y·z", r"x\,y\,z"),
    "2 x^3": ("2x³", r"2\,x^{3}"),
    "10 x^12": ("10x^12", r"10\,x^{12}"),
    "2*3": ("2·3", r"2 \cdot 3"),
    "x*2": ("x·2", r"x \cdot 2"),
    "x*3^2": ("x·3²", r"x \cdot 3^{2}"),
    "(x + y) z": ("(x + y)·z", r"\left(x + y\right)\,z"),
    "a (b c)": ("a·(b·c)", r"a\,\left(b\,c\right)"),
    "2 pi x": ("2π·x", r"2\,\pi\,x"),
    "x (-2)": ("x·(-2)", r"x \cdot \left(-2\right)"),
    "x (-y)": ("x·(-y)", r"x \cdot \left(-y\right)"),
    # signs and sums
    "-x^2": ("-x²", "-x^{2}"),
    "(-x)^2": ("(-x)²", r"\left(-x\right)^{2}"),
    "(-2)^x": ("(-2)^x", r"\left(-2\right)^{x}"),
    "-(x + y)": ("-(x + y)", r"-\left(x + y\right)"),
    "x - (y - z)": ("x - (y - z)", r"x - \left(y - z\right)"),
    "x + (-y)": ("x - y", "x - y"),
    "x - 2y z": ("x - 2y·z", r"x - 2\,y\,z"),
    # fractions
    "x/2": ("x/2", r"\frac{x}{2}"),
    "x/(y z)": ("x/(y·z)", r"\frac{x}{y\,z}"),
    "x/y/z": ("x/y/z", r"\frac{\frac{x}{y}}{z}"),
    "x/(y/z)": ("x/(y/z)", r"\frac{x}{\frac{y}{z}}"),
    "(x + 1)/x": ("(x + 1)/x", r"\frac{x + 1}{x}"),
    "-x/y": ("-x/y", r"-\frac{x}{y}"),
    "x/(-y)": ("x/(-y)", r"\frac{x}{-y}"),
    "(x/y)^2": ("(x/y)²", r"\left(\frac{x}{y}\right)^{2}"),
    "-3/4": ("-3/4", r"-\frac{3}{4}"),
    # powers
    "x^(1/2)": ("x^(1/2)", "x^{1/2}"),
    "(1/2)^x": ("(1/2)^x", r"\left(\frac{1}{2}\right)^{x}"),
    "x^(-1)": ("x^(-1)", "x^{-1}"),
    "x^(y + 1)": ("x^(y + 1)", "x^{y + 1}"),
    "(x^y)^z": ("(x^y)^z", r"\left(x^{y}\right)^{z}"),
    "x^(y^z)": ("x^(y^z)", "x^{y^{z}}"),
    "e^(-x^2)": ("e^(-x²)", "e^{-x^{2}}"),
    "e^(x/y)": ("e^(x/y)", "e^{x/y}"),
    "(e^x)^2": ("(e^x)²", r"\left(e^{x}\right)^{2}"),
    "sqrt(x + 1)": ("sqrt(x + 1)", r"\sqrt{x + 1}"),
    "sqrt(x)^2": ("sqrt(x)²", r"\left(\sqrt{x}\right)^{2}"),
    "cbrt(x)": ("root(x, 3)", r"\sqrt[3]{x}"),
    # functions
    "sin x": ("sin(x)", r"\sin x"),
    "sin(2x)": ("sin(2x)", r"\sin\left(2\,x\right)"),
    "sin^2 x": ("sin(x)²", r"\sin^{2} x"),
    "sin^2(x + y)": ("sin(x + y)²", r"\sin^{2}\left(x + y\right)"),
    "sin(x)^(-1)": ("sin(x)^(-1)", r"\left(\sin x\right)^{-1}"),
    "sin(x)^y": ("sin(x)^y", r"\left(\sin x\right)^{y}"),
    "sin(x) y": ("sin(x)·y", r"\sin x \cdot y"),
    "sin(x) cos(y)": ("sin(x)·cos(y)", r"\sin x\,\cos y"),
    "ln(x)^2": ("ln(x)²", r"\left(\ln x\right)^{2}"),
    "log_2(x)": ("log(x, 2)", r"\log_{2} x"),
    "arcsin(x)": ("arcsin(x)", r"\arcsin x"),
    "atan2(y, x)": ("atan2(y, x)", r"\operatorname{atan2}\left(y, x\right)"),
    "|x - y|": ("|x - y|", r"\left|x - y\right|"),
    "floor(x)": ("floor(x)", r"\left\lfloor x \right\rfloor"),
    "(x + 1)!": ("(x + 1)!", r"\left(x + 1\right)!"),
    "max(x, y)": ("max(x, y)", r"\max\left(x, y\right)"),
    # a bare Γ x or σ x would read as a product
    "gamma(x)": ("gamma(x)", r"\Gamma\left(x\right)"),
    "sigmoid(x)": ("sigmoid(x)", r"\sigma\left(x\right)"),
    "digamma(x)": ("digamma(x)", r"\psi\left(x\right)"),
    "polygamma(1, x)": ("polygamma(1, x)", r"\psi^{(1)}\left(x\right)"),
    # unknown functions, integrals, pieces, vectors
    "g(x, y)": ("g(x, y)", r"g\left(x, y\right)"),
    "g(x)^2": ("g(x)²", r"g\left(x\right)^{2}"),
    "int(x t, t, 0, y)": ("int(x·t, t, 0, y)", r"\int_{0}^{y} x\,t\,\mathrm{d}t"),
    "int(x + t, t, 0, y)": (
        "int(x + t, t, 0, y)", r"\int_{0}^{y} \left(x + t\right)\,\mathrm{d}t",
    ),
    "piecewise((x, x > 0), (y, true))": (
        "piecewise((x, x > 0), (y, true))",
        r"\begin{cases}x & \text{if } x > 0 \\[4pt] y & \text{otherwise}\end{cases}",
    ),
    "piecewise((x, x > 0 and y <= 1), (y, x != 3))": (
        "piecewise((x, x > 0 and y ≤ 1), (y, x ≠ 3))",
        r"\begin{cases}x & \text{if } x > 0 \text{ and } y \le 1 \\[4pt] y & \text{if } x \ne 3"
        r"\end{cases}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "printed"), TABLE.items(), ids=list(TABLE))
def test_printed_forms(typed, printed):
    node = parse(typed).node
    assert (Text()(node), Latex()(node)) == printed


@pytest.mark.parametrize("typed", TABLE)
def test_text_reads_back_as_the_same_expression(typed):
    node = parse(typed).node
    again = parse(Text()(node), sorted(node.free) or ("x",))
    assert Text()(again.node) == Text()(node)
    assert again.node.free == node.free


@pytest.mark.parametrize(
    ("node", "text", "latex"),
    [
        (D(x * y, x), "∂/∂x[x·y]", r"\frac{\partial }{\partial x}\left[x\,y\right]"),
        (D(x, y), "∂x/∂y", r"\frac{\partial  x}{\partial y}"),
        (D(D(x * y, x), y), "∂²/∂y∂x[x·y]",
         r"\frac{\partial ^{2}}{\partial y\,\partial x}\left[x\,y\right]"),
        (2 * D(x * y, x), "2·∂/∂x[x·y]",
         r"2 \cdot \frac{\partial }{\partial x}\left[x\,y\right]"),
        (app("g", (x, y), (1, 0)), "g_x(x, y)", r"g_{x}\left(x, y\right)"),
        (app("g", (x, y), (1, 2)), "g_xyy(x, y)", r"g_{x y y}\left(x, y\right)"),
        (app("g", (x * y, y), (0, 1)), "g_2(x·y, y)", r"g_{2}\left(x\,y, y\right)"),
        (app("g", (x,), (1,)), "g'(x)", r"g'\left(x\right)"),
        (app("g", (x,), (4,)), "g''''(x)", r"g^{(4)}\left(x\right)"),
        (array((2, 2), (x, y, x, z)), "((x, y), (x, z))",
         r"\begin{pmatrix}x & y \\ x & z\end{pmatrix}"),
        (power(num(-2), num(2)), "(-2)²", r"\left(-2\right)^{2}"),
        (add(x, num(-3)), "x - 3", "x - 3"),
        (add(x, div(num(-3), y)), "x - 3/y", r"x - \frac{3}{y}"),
        (mul(num(-1), add(x, y), z), "-(x + y)·z", r"-\left(x + y\right)\,z"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)  # fmt: skip
def test_printed_nodes(node, text, latex):
    assert Text()(node) == text
    assert Latex()(node) == latex


def test_an_ordinary_derivative_is_written_with_d():
    d = gradient("sin(x)^3")
    shown = d.text("every") + "".join(d.printer()(line.node) for line in d.lines("every"))
    assert "d/dx" in shown
    assert r"\mathrm{d}" in shown
    assert "∂" not in shown
    assert r"\partial" not in shown


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("x", "x"), ("x_1", "x_{1}"), ("theta", r"\theta"), ("alpha_12", r"\alpha_{12}"),
        ("v_max", r"v_{\mathrm{max}}"), ("omega_theta", r"\omega_{\theta}"),
        ("lambda", r"\lambda"), ("Gamma", r"\Gamma"),
    ],
)  # fmt: skip
def test_names(name, latex):
    assert symbol_latex(name) == latex


def test_decimals_are_kept_where_the_person_wrote_them():
    decimal = gradient("0.5x^2 + 1.25x y")
    assert "0.5" in decimal.text("every")
    assert "1.25y" in decimal.text()
    assert Text(decimal=True)(decimal.node) == "(x + 1.25y, 1.25x)"
    assert "5/4" in gradient("x^2/2 + 5/4 x y").text()
    third = Text(decimal=True)(num(Fraction(1, 3)) * x)
    assert "1/3" in third, "what does not end is no decimal"


def test_the_part_that_is_worked_on_is_marked_once():
    d = gradient("x^2 sin(x y)")
    for level in LEVELS:
        for line in d.lines(level):
            printed = d.printer(line.mark)(line.node)
            assert printed.count("textcolor") == (line.mark is not None)


def test_named_parts_are_defined_before_they_are_used():
    f = x
    for _ in range(6):
        f = fn("sin", f) + fn("cos", f)
    names = {f: "u"}
    assert Text(names)(f * f) == "u·u"
    printer = Text(names)
    assert printer.definition(f) == Text()(f)
    assert printer(f) == "u", "only the definition is written out"


def test_shared_parts_of_a_large_result_are_named():
    text = "/".join(f"(1 + e^(x y/{k}) + sin(x y/{k})^2)" for k in range(2, 9))
    d = gradient(text)
    definitions = d.definitions_latex()
    assert definitions
    known: set[str] = set()
    for name, meaning in definitions:
        later = [other for other, _ in definitions if other not in known]
        assert not any(other in meaning for other in later)
        known.add(name)
    assert any(name in d.latex() for name in known)
    assert gradient("x^2 y").definitions_latex() == ()


def test_named_letters_are_free():
    text = "/".join(f"(u + e^(u w/{k}) + sin(u w/{k})^2)" for k in range(2, 9))
    names = [name for name, _ in gradient(text).definitions_latex()]
    assert names
    assert not any(name.startswith(("u", "w")) for name in names)


def test_a_jacobian_is_printed_row_by_row():
    d = jacobian("(x y, x + y)")
    assert d.latex() == r"J_{f} = \begin{pmatrix}y & x \\ 1 & 1\end{pmatrix}"
    assert Text()(d.node) == "((y, x), (1, 1))"


def test_the_dictionary_holds_what_a_page_shows():
    data = gradient("f(x, y) = x^2 y + ln(x)").to_dict()
    assert data["variables"] == ["x", "y"]
    assert data["shape"] == [2]
    assert data["conditions"] == ["x > 0"]
    assert data["certificate"]["confirmed"] is True
    assert data["blocks"][-1]["goal"] == r"\nabla f"
    for block in data["blocks"]:
        for line in block["lines"]:
            assert line["latex"]
            assert line["label"]
            assert line["confirmed"] is True
