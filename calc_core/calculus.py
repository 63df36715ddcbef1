"""The operations of the calculus of several variables, each returning a Derivation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from calc_core.derivation import Derivation
from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.graph import D, Node, array, depth, sym
from calc_core.parse import parse
from calc_core.printing import Latex, Text
from calc_core.printing.latex import symbol_latex
from calc_core.sympy_bridge import from_sympy

# Deeper than any parsed text, and shallow enough for everything that walks down recursively.
DEEPEST = 100

# What a function may be given as, the last being a SymPy expression; and a number or its text.
Function = Expression | str | Any
Scalar = int | float | Fraction | str


def read(f: Function) -> Expression:
    """An expression from text, from SymPy, or as it is.

    Raises InputError if it cannot be read.
    """
    if isinstance(f, Expression):
        return f
    if isinstance(f, str):
        return parse(f)
    if isinstance(f, list | tuple | sp.MatrixBase):
        return _read_vector(list(f))
    if not isinstance(f, sp.Basic | int | float):
        raise InputError(
            f"A {type(f).__name__} is not a function.", hint="Give text or a SymPy expression."
        )
    node = from_sympy(f)
    if depth(node) > DEEPEST:
        raise InputError(f"The expression is nested more than {DEEPEST} deep.")
    names = tuple(sorted(node.free))
    return Expression(str(f), node, names)


def _read_vector(components: list[Function]) -> Expression:
    """A vector function from its components, all text or all SymPy."""
    texts = [c for c in components if isinstance(c, str)]
    if len(texts) == len(components) > 1:
        return parse(f"({', '.join(texts)})")
    parts = [read_scalar(c) for c in components]
    names = sorted({name for part in parts for name in part.variables})
    node = array((len(parts),), [part.node for part in parts])
    return Expression(", ".join(part.text for part in parts), node, tuple(names))


def read_scalar(f: Function) -> Expression:
    """As :func:`read`, for a single function.  Raises InputError for a vector function."""
    expression = read(f)
    if not expression.is_scalar:
        raise InputError(
            "This is a vector function.", hint="Use its Jacobian, or give one component."
        )
    return expression


def variables_of(expression: Expression) -> list[Node]:
    """The symbols to differentiate by.  Raises InputError if there is none."""
    if not expression.variables:
        raise InputError("There is no variable to differentiate by.", hint="Write one, such as x.")
    return [sym(v) for v in expression.variables]


def _point(expression: Expression) -> Node:
    variables = variables_of(expression)
    return array((len(variables),), variables)


def partial(f: Function, *variables: str) -> Derivation:
    """The partial derivative by each variable in turn: ``partial(f, "x", "y")`` is ∂/∂y(∂f/∂x).

    Raises InputError if f cannot be read, is a vector function, or no variable is given.

    >>> partial("x^2 y^3", "x", "y").result
    6*x*y**2
    """
    expression = read_scalar(f)
    if not variables:
        raise InputError("No variable is given.", hint='For example partial(f, "x").')
    goal = expression.node
    for name in variables:
        goal = D(goal, sym(name))
    step = Engine().derive(goal)
    return Derivation(expression, step, _partial_symbol(expression, variables))


def _partial_symbol(expression: Expression, variables: tuple[str, ...]) -> tuple[str, str]:
    f = expression.letter
    total = len(expression.variables) == 1
    text = Text(total=total).derivative(sym(f), tuple(sym(v) for v in variables))
    latex = Latex(total=total).derivative(sym(f), tuple(sym(v) for v in variables))
    return latex, text


def gradient(f: Function) -> Derivation:
    """The gradient ∇f = (∂f/∂x₁, …, ∂f/∂x_n), a row of shape (n,).

    Raises InputError if f cannot be read or is a vector function.

    >>> gradient("x^2 y").result
    Matrix([[2*x*y, x**2]])
    """
    expression = read_scalar(f)
    step = Engine().derive(D(expression.node, _point(expression)))
    name = expression.letter
    return Derivation(expression, step, (rf"\nabla {symbol_latex(name)}", f"∇{name}"))


def jacobian(F: Function) -> Derivation:
    """The Jacobian J_ij = ∂f_i/∂x_j of a vector function, of shape (m, n).

    A single function counts as a vector of one component.

    >>> jacobian("(x y, x + y)").result
    Matrix([
    [y, x],
    [1, 1]])
    """
    expression = read(F)
    if expression.is_scalar:
        expression = replace(expression, node=array((1,), [expression.node]))
    step = Engine().derive(D(expression.node, _point(expression)))
    name = expression.letter
    return Derivation(expression, step, (f"J_{{{symbol_latex(name)}}}", f"J_{name}"))


def hessian(f: Function) -> Derivation:
    """The Hessian H_ij = ∂/∂x_j (∂f/∂x_i), of shape (n, n).

    The mixed partials are taken once where f is twice continuously differentiable by its form
    (Schwarz), and both ways where it has pieces.

    >>> hessian("x^2 y").result
    Matrix([
    [2*y, 2*x],
    [2*x,   0]])
    """
    expression = read_scalar(f)
    x = _point(expression)
    step = Engine().derive(D(D(expression.node, x), x))
    name = expression.letter
    return Derivation(expression, step, (f"H_{{{symbol_latex(name)}}}", f"H_{name}"))
