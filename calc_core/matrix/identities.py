r"""The nine identities of matrix differentiation that everything else is made of.

Four are laws about any differentiable matrix function f, with its small change ∂f; they are proved
line by line for a general f, each line an equation that is checked at random matrices.  Five are
derivatives of given expressions, which the engine derives.

Source: M. P. Deisenroth, A. A. Faisal, C. S. Ong, *Mathematics for Machine Learning* (2020), §5.5;
K. B. Petersen and M. S. Pedersen, *The Matrix Cookbook* (2012), §2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from calc_core.certify import Check
from calc_core.errors import InputError
from calc_core.graph import ONE, ZERO, Node, neg, sym
from calc_core.matrix.certify import MatrixCertifier
from calc_core.matrix.derivation import MatrixDerivation
from calc_core.matrix.gradient import derive
from calc_core.matrix.kernels import Value
from calc_core.matrix.language import Problem, read
from calc_core.matrix.nodes import (
    adjugate,
    d,
    det,
    extent,
    identity,
    inverse,
    matmul,
    matrix,
    move,
    series,
    subscript,
    symbol_of,
    trace,
    transpose,
)
from calc_core.matrix.numbers import Numbers
from calc_core.matrix.oracle import Derivatives
from calc_core.matrix.sampling import sample


@dataclass(frozen=True, slots=True)
class Equation:
    """One line of a proof: ``left = right``, because of ``reason``, and how it was checked."""

    left: Node
    right: Node
    reason: str
    check: Check


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an identity at one set of random matrices.

    ``left``   from the values of the function alone, by the complex step;
    ``right``  by the identity; ``difference`` the largest between their entries;
    ``values`` the matrices, by name.
    """

    left: Value
    right: Value
    difference: float
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Law:
    """What makes an identity one about any f.

    ``operation``  what is done to f, its ``name`` in LaTeX and in text;
    ``change``     what the law makes of f and ∂f.
    """

    operation: Callable[[Node], Node]
    change: Callable[[Node, Node], Node]
    proof: Callable[[Node], list[tuple[Node, Node, str]]]
    name: tuple[str, str]
    square: bool = True


@dataclass(frozen=True)
class Identity:
    """One of the nine.

    ``statement``  in LaTeX; ``text``  an f to begin with (of a law), or the expression;
    ``law``        of the four about any f.
    """

    number: int
    title: str
    statement: str
    text: str
    wrt: str
    law: Law | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def proof(self) -> tuple[Equation, ...]:
        """The proof for a general f, of one of the four laws; empty for the others."""
        if self.law is None:
            return ()
        f = _general(self.law.square)
        lines = self.law.proof(f)
        certifier = MatrixCertifier(*[side for left, right, _ in lines for side in (left, right)])
        return tuple(
            Equation(left, right, reason, certifier.equal(left, right))
            for left, right, reason in lines
        )

    def read(self, text: str) -> Problem:
        """The problem for an f or an expression that a reader typed.

        Raises InputError if it cannot be read, or the law is not about such an f.
        """
        problem = self._read(text)
        if self.law is None:
            return problem
        shape = problem.node.shape
        if not shape:
            raise InputError(
                "This law is about a matrix, and this is a number.", hint="Type a matrix, as A X."
            )
        if self.law.square and shape[0] != shape[1]:
            # The determinant asks for a square matrix, so that the extents are found as such.
            square = self._read(f"det({text})")
            problem = replace(square, text=text, node=square.node.args[0])
        return problem

    def _read(self, text: str) -> Problem:
        # The letter of the statement is what moves, where it occurs.
        return read(text, self.wrt if self.wrt in text else None, **self.options)

    def derive(self, text: str) -> MatrixDerivation:
        """The derivative of the expression, or of the operation on f, with its steps."""
        problem = self.read(text)
        if self.law is not None:
            node = self.law.operation(problem.node)
            return derive(replace(problem, node=node), name=self.law.name)
        return derive(problem)

    def sides(self, text: str) -> Sides:
        """Both sides on random matrices, in a random direction dX for the laws.

        Raises InputError if the f cannot be read or is defined at no matrices that were tried.
        """
        problem = self.read(text)
        x, f = problem.wrt, problem.node
        if self.law is None:
            derivation = derive(problem)
            left, right = derivation.step.goal, derivation.node
        else:
            left = d(self.law.operation(f), x)
            right = self.law.change(f, d(f, x))
        symbols = [symbol_of(s) for s in problem.symbols]
        roots = [f if self.law is None else self.law.operation(f)]
        drawn = sample([*roots, *([] if right.inert else [right])], symbols)
        if not drawn:
            raise InputError("No matrices were found at which this is defined.")
        at = Numbers(drawn[0].values, drawn[0].sizes, drawn[0].moves, Derivatives({}))
        with np.errstate(all="ignore"):
            a, b = np.broadcast_arrays(at(left), at(right))
        return Sides(a, b, float(np.abs(a - b).max()), drawn[0].values)


def _general(square: bool) -> Node:
    """A general f, as the symbol of a matrix that moves by itself."""
    return matrix("f", ("n", "n") if square else ("m", "n"))


Lines = list[tuple[Node, Node, str]]


def _transpose_proof(f: Node) -> Lines:
    start = subscript(d(transpose(f), f), "i", "j")
    inside = d(subscript(transpose(f), "i", "j"), f)
    swapped = d(subscript(f, "j", "i"), f)
    entry = subscript(move(f), "j", "i")
    whole = subscript(transpose(move(f)), "i", "j")
    return [
        (start, inside, "the change of a matrix is that of its entries"),
        (inside, swapped, "entry ij of a transpose is entry ji"),
        (swapped, entry, "the change of an entry is the entry of the change"),
        (entry, whole, "so it is, entry by entry, the transpose of the change"),
    ]


def _trace_proof(f: Node) -> Lines:
    i, n = sym("i"), extent("n")
    start = d(trace(f), f)
    summed = d(series(subscript(f, "i", "i"), i, ONE, n), f)
    inside = series(d(subscript(f, "i", "i"), f), i, ONE, n)
    entries = series(subscript(move(f), "i", "i"), i, ONE, n)
    return [
        (start, summed, "the trace is the sum of the diagonal entries"),
        (summed, inside, "sum rule"),
        (inside, entries, "the change of an entry is the entry of the change"),
        (entries, trace(move(f)), "the sum of the diagonal entries is the trace"),
    ]


def _det_proof(f: Node) -> Lines:
    i, j, n = sym("i"), sym("j"), extent("n")
    start = d(det(f), f)
    row = series(subscript(f, "i", "j") * subscript(adjugate(f), "j", "i"), j, ONE, n)
    partials = subscript(adjugate(f), "j", "i") * subscript(move(f), "i", "j")
    total = series(series(partials, j, ONE, n), i, ONE, n)
    by_adjugate = trace(matmul(adjugate(f), move(f)))
    by_inverse = trace(matmul(det(f) * inverse(f), move(f)))
    return [
        (det(f), row, "Laplace: along any row i, entry times cofactor; adj f holds the cofactors"),
        (
            start,
            total,
            "the cofactors of row i do not hold entry ij, so ∂det/∂fᵢⱼ is the cofactor [adj f]ⱼᵢ",
        ),
        (total, by_adjugate, "Σ Mⱼᵢ Nᵢⱼ = tr(MN)"),
        (by_adjugate, by_inverse, "adj f = det f · f⁻¹ where f is invertible"),
        (by_inverse, det(f) * trace(matmul(inverse(f), move(f))), "the number det f to the front"),
    ]


def _inverse_proof(f: Node) -> Lines:
    change, inner = move(f), d(inverse(f), f)
    product = d(matmul(f, inverse(f)), f)
    rule = matmul(change, inverse(f)) + matmul(f, inner)
    return [
        (matmul(f, inverse(f)), identity("n"), "the definition of the inverse"),
        (product, ZERO, "the identity does not move"),
        (product, rule, "product rule, the order kept"),
        (matmul(f, inner), neg(matmul(change, inverse(f))), "both lines together"),
        (inner, neg(matmul(inverse(f), change, inverse(f))), "times f⁻¹ from the left"),
    ]


NINE: tuple[Identity, ...] = (
    Identity(
        1,
        "transpose",
        r"\partial f(X)^\top = (\partial f(X))^\top",
        "A X B",
        "X",
        Law(
            transpose,
            lambda _, df: transpose(df),
            _transpose_proof,
            ("f^{\\top}", "fᵀ"),
            square=False,
        ),
    ),
    Identity(
        2,
        "trace",
        r"\partial \operatorname{tr} f(X) = \operatorname{tr}(\partial f(X))",
        "X' A X",
        "X",
        Law(trace, lambda _, df: trace(df), _trace_proof, (r"\operatorname{tr} f", "tr(f)")),
    ),
    Identity(
        3,
        "determinant",
        r"\partial \det f(X) = \det f(X)\,\operatorname{tr}(f(X)^{-1}\,\partial f(X))",
        "X' X",
        "X",
        Law(
            det,
            lambda f, df: det(f) * trace(matmul(inverse(f), df)),
            _det_proof,
            (r"\det f", "det(f)"),
        ),
    ),
    Identity(
        4,
        "inverse",
        r"\partial f(X)^{-1} = -f(X)^{-1}\,\partial f(X)\,f(X)^{-1}",
        "A + X' X",
        "X",
        Law(
            inverse,
            lambda f, df: neg(matmul(inverse(f), df, inverse(f))),
            _inverse_proof,
            ("f^{-1}", "f⁻¹"),
        ),
    ),
    Identity(
        5,
        "bilinear form of an inverse",
        r"\frac{\partial\, a^\top X^{-1} b}{\partial X} = -X^{-\top} a b^\top X^{-\top}",
        "a' inv(X) b",
        "X",
    ),
    Identity(
        6,
        "linear form",
        r"\frac{\partial\, x^\top a}{\partial x} = \frac{\partial\, a^\top x}{\partial x}"
        r" = a^\top",
        "x' a",
        "x",
    ),
    Identity(
        7,
        "bilinear form",
        r"\frac{\partial\, a^\top X b}{\partial X} = a b^\top",
        "a' X b",
        "X",
    ),
    Identity(
        8,
        "quadratic form",
        r"\frac{\partial\, x^\top B x}{\partial x} = x^\top(B + B^\top)",
        "x' B x",
        "x",
    ),
    Identity(
        9,
        "weighted least squares",
        r"\frac{\partial}{\partial s}(x - As)^\top W (x - As) = -2(x - As)^\top W A,"
        r"\; W = W^\top",
        "(x - A s)' W (x - A s)",
        "s",
        options={"symmetric": "W"},
    ),
)
"""In the order in which they are usually numbered."""
