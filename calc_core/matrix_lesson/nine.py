"""The nine identities as plain data: statements, proofs, and both sides in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from calc_core.lesson import Derived
from calc_core.lines import Level
from calc_core.matrix.identities import NINE, Identity
from calc_core.matrix.nodes import d
from calc_core.matrix_lesson.study import as_derived
from calc_core.printing import Latex, Text


@dataclass(frozen=True, slots=True)
class NumberedIdentity:
    """One of the nine.

    ``statement``  in LaTeX; ``is_law`` whether it is about any f;
    ``text``       the f to begin with, or the expression; ``wrt`` what moves.
    """

    number: int
    title: str
    statement: str
    is_law: bool
    text: str
    wrt: str


@dataclass(frozen=True, slots=True)
class ProofLine:
    """``left = right`` in LaTeX, because of ``reason``; ``left`` is empty where it is as above.

    ``doubt``  why it could not be confirmed, or nothing.
    """

    left: str
    right: str
    reason: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class SidesShown:
    """Both sides of an identity at random matrices.

    ``left``, ``right``      as numbers, a matrix each;
    ``of_left``, ``of_right``  what they are, in LaTeX;
    ``values``               the matrices, by their names as text; ``apart`` the largest difference.
    """

    left: Any
    right: Any
    of_left: str
    of_right: str
    values: Mapping[str, Any]
    apart: float


def identities() -> tuple[NumberedIdentity, ...]:
    """The nine, in order.

    >>> [identity.title for identity in identities()][:3]
    ['transpose', 'trace', 'determinant']
    """
    return tuple(
        NumberedIdentity(i.number, i.title, i.statement, i.law is not None, i.text, i.wrt)
        for i in NINE
    )


def proof_of(number: int) -> tuple[ProofLine, ...]:
    """The proof for any f, line by line; empty for an identity that is derived.

    >>> [line.reason for line in proof_of(4)][:2]
    ['the definition of the inverse', 'the identity does not move']
    """
    latex, lines = Latex(), list[ProofLine]()
    above = ""
    for equation in _identity(number).proof:
        left, right = latex(equation.left), latex(equation.right)
        doubt = "" if equation.check.confirmed else equation.check.reason
        lines.append(ProofLine("" if left == above else left, right, equation.reason, doubt))
        above = right
    return tuple(lines)


def derivation_of(
    number: int, text: str, level: Level = "usual", show_shapes: bool = False
) -> Derived:
    """The derivation for an f, or an expression, that a reader typed.  Raises InputError."""
    identity = _identity(number)
    return as_derived(identity.derive(text or identity.text), level, show_shapes)


def sides_of(number: int, text: str = "") -> SidesShown:
    """Both sides at random matrices.  Raises InputError.

    >>> sides_of(8).apart < 1e-12
    True
    """
    identity = _identity(number)
    text = text or identity.text
    found = identity.sides(text)
    of_left, of_right = _what_they_are(identity, text)
    return SidesShown(
        left=np.atleast_2d(found.left),
        right=np.atleast_2d(found.right),
        of_left=of_left,
        of_right=of_right,
        values={Text().symbol(name): np.atleast_2d(v) for name, v in found.values.items()},
        apart=found.difference,
    )


def _what_they_are(identity: Identity, text: str) -> tuple[str, str]:
    if identity.law is None:
        derivation = identity.derive(text)
        left, _, right = derivation.latex().partition(" = ")
        return left, right
    problem = identity.read(text)
    latex = Latex(decimal=problem.decimal)
    f, x = problem.node, problem.wrt
    return latex(d(identity.law.operation(f), x)), latex(identity.law.change(f, d(f, x)))


def _identity(number: int) -> Identity:
    return next(identity for identity in NINE if identity.number == number)
