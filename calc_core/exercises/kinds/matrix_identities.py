"""Derivations by differentials: which line follows, by which law, and which line is wrong.

The levels go by the laws: 1 linear functions, 2 products, 3 squares and chains of products,
4 inverses and determinants, 5 these with something inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.exercises.matrix.lines import Blackboard, Line
from calc_core.exercises.matrix.of_matrices import (
    ALONG_LINE,
    BILINEAR,
    DETERMINANT,
    INVERSE_FORM,
    TRACE,
)
from calc_core.exercises.matrix.of_vectors import (
    LEAST_SQUARES,
    LINEAR,
    QUADRATIC,
    WEIGHTED,
)
from calc_core.exercises.matrix.options import wrong_lines
from calc_core.exercises.matrix.tasks import name_of_function, with_letters
from calc_core.exercises.matrix.templates import Template, chosen
from calc_core.exercises.multiple_choice import choice_in_order, choice_of, said_of
from calc_core.graph import Node
from calc_core.matrix.identities import NINE, Identity
from calc_core.matrix.labels import matrix_label
from calc_core.printing import Latex

FUNCTIONS: tuple[tuple[Template, ...], ...] = (
    (*LINEAR[2], *LINEAR[3], *LINEAR[4], *TRACE[1], *BILINEAR[1]),
    (*QUADRATIC[1], *QUADRATIC[2], *BILINEAR[3], *ALONG_LINE[1]),
    (*LEAST_SQUARES[2], *WEIGHTED[3], *TRACE[3], *QUADRATIC[4]),
    (*INVERSE_FORM[1], *INVERSE_FORM[2], *DETERMINANT[1], *DETERMINANT[2]),
    (*INVERSE_FORM[4], *DETERMINANT[3], *DETERMINANT[4], *ALONG_LINE[4]),
)
OPTIONS = 4
# So many lines make a derivation in which a mistake can hide.
FEWEST, MOST = 3, 8
# A longer line does not fit on a phone.
LONGEST = 110
# The laws that a level is about.
LAWS_OF_LEVEL = (
    ("d-constant-factors", "d-transpose", "d-trace", "d-sum", "d-multiple"),
    ("d-product", "d-power"),
    ("d-squared-norm", "d-product", "d-transpose"),
    ("d-inverse", "d-det", "d-log-det"),
    ("d-inverse", "d-log-det", "d-det", "d-product"),
)
# Laws that are special cases of each other: only one of them is offered.
AKIN = (
    {"d-multiple", "d-constant-factors"},
    {"d-chain", "d-squared-norm", "d-norm", "d-log-det", "d-power"},
)
# Laws that can be asked for by name.
NAMED = (
    "d-sum", "d-multiple", "d-constant-factors", "d-product", "d-transpose", "d-trace", "d-inverse",
    "d-det", "d-log-det", "d-squared-norm", "d-power", "d-chain", "d-norm",
)  # fmt: skip


def latex(u: Node) -> str:
    """U in LaTeX."""
    return str(Latex()(u))


def _change(function: MatrixFunction) -> str:
    return rf"\mathrm{{d}} {name_of_function(function)}"


def _start(function: MatrixFunction) -> str:
    by = function.wrt
    return f"${name_of_function(function)}({by}) = {function.latex()}$, {with_letters(function)}"


def _board(rng: Random, level: int) -> tuple[MatrixFunction, Blackboard]:
    function = chosen(rng, FUNCTIONS[level - 1])
    board = Blackboard(function)
    if any(len(latex(line.after)) > LONGEST for line in board.lines):
        raise Degenerate
    return function, board


def _of_level(board: Blackboard, level: int) -> list[Line]:
    """The lines with a law that the level is about."""
    found = [line for line in board.lines if line.law in LAWS_OF_LEVEL[level - 1]]
    if not found:
        raise Degenerate
    return found


# ── which line follows ────────────────────────────────────────────────────────────────────────────


def _next_line(rng: Random, level: int) -> Draft:
    function, board = _board(rng, level)
    line = rng.choice(_of_level(board, level))
    wrong = list(wrong_lines(board, line))
    if len(wrong) < 2:
        raise Degenerate
    lines = rng.sample(wrong, min(len(wrong), OPTIONS - 1))
    answer = choice_of(
        rng, _as_option(function, line), [(_as_option(function, x), x.mistake) for x in lines]
    )
    law = matrix_label(line.law)
    task = (
        f"The differential of {_start(function)}, has come as far as\n\n"
        f"$${_change(function)} = {latex(line.before)}.$$\n\n"
        f"Which line follows from it by this law: {law.name}?"
    )
    return Draft(task, answer, lambda: function.derivation, f"${law.law}$")


def _as_option(function: MatrixFunction, line: Line) -> str:
    return f"${_change(function)} = {latex(line.after)}$"


# ── by which law ──────────────────────────────────────────────────────────────────────────────────


def _law_of_line(rng: Random, level: int) -> Draft:
    function, board = _board(rng, level)
    line = rng.choice(_of_level(board, level))
    others = rng.sample(_other_laws(line.law), OPTIONS - 1)
    answer = choice_of(rng, _named(line.law), [(_named(law), "law-not-used") for law in others])
    task = (
        f"Let {_start(function)}. By which law does the second of these lines follow from the "
        f"first?\n\n"
        rf"$$\begin{{aligned}} {_change(function)} &= {latex(line.before)} \\"
        rf" &= {latex(line.after)} \end{{aligned}}$$"
    )
    return Draft(task, answer, lambda: function.derivation)


def _other_laws(law: str) -> list[str]:
    """Laws that are surely not the one that was used."""
    near = {law}.union(*[group for group in AKIN if law in group])
    return [other for other in NAMED if other not in near]


def _named(law: str) -> str:
    label = matrix_label(law)
    return f"{label.name}: ${label.law}$" if label.law else label.name


# ── which line is wrong ───────────────────────────────────────────────────────────────────────────


def _wrong_line(rng: Random, level: int) -> Draft:
    function, board = _board(rng, level)
    if not FEWEST <= len(board.lines) <= MOST:
        raise Degenerate
    good = rng.choice(_of_level(board, level))
    tempting = [bad.wrong for bad in board.tempting(good) if bad.wrong is not None]
    if not tempting:
        raise Degenerate
    at, wrong = board.lines.index(good), rng.choice(tempting)
    lines = board.spoilt(at, wrong)
    if not FEWEST <= len(lines) <= MOST or any(len(latex(x.after)) > LONGEST for x in lines):
        raise Degenerate
    answer = choice_in_order([(f"line ({k + 1})", _on_line(k, at)) for k in range(len(lines))])
    task = (
        f"The differential of {_start(function)}, was worked out like this:\n\n"
        f"{_written(function, lines)}\n\n"
        "One line does not follow from the one before it. Which?"
    )
    remark = f"Line ({at + 1}): {said_of(wrong.mistake)}"
    return Draft(task, answer, lambda: function.derivation, remark)


def _on_line(k: int, at: int) -> str:
    if k == at:
        return ""
    return "mistake-comes-later" if k < at else "mistake-came-earlier"


def _written(function: MatrixFunction, lines: Sequence[Line]) -> str:
    first = f"${_change(function)} = {latex(lines[0].before)}$"
    rest = [
        f"({k}) $= {latex(line.after)}$  ({matrix_label(line.law).name})"
        for k, line in enumerate(lines, 1)
    ]
    return "\n\n".join((first, *rest))


# ── why a line of a proof holds ───────────────────────────────────────────────────────────────────

# By level: the identities about any f whose proofs are asked about.
_PROOFS = ((1,), (2,), (1, 2), (4,), (3,))
# True as well, and never the reason here.
_OTHER_REASONS = ("the trace is cyclic", "a number is its own transpose")
# No reason by itself.
_IN_PASSING = "both lines together"


def _reason(rng: Random, level: int) -> Draft:
    identity = NINE[rng.choice(_PROOFS[level - 1]) - 1]
    at = rng.randrange(len(identity.proof))
    reason = identity.proof[at].reason
    others = rng.sample(_reasons_besides(identity, reason), OPTIONS - 1)
    answer = choice_of(rng, reason, [(other, "reason-of-another-line") for other in others])
    lines = [
        f"({k}) ${latex(equation.left)} = {latex(equation.right)}$"
        for k, equation in enumerate(identity.proof[: at + 1], 1)
    ]
    task = (
        f"A proof of ${identity.statement}$, which writes $f$ for $f(X)$ and $\\mathrm{{d}}f$ for "
        f"its small change, {'begins' if at < len(identity.proof) - 1 else 'goes'} like this:\n\n"
        + "\n\n".join(lines)
        + f"\n\nWhy does line ({at + 1}) hold?"
    )
    remark = "Each reason says what was done to the left-hand side, and nothing else."
    return Draft(task, answer, None, remark)


def _reasons_besides(identity: Identity, reason: str) -> list[str]:
    """Reasons of other lines, first of the same proof; none that says the same turned round."""
    proofs = [identity, *[other for other in NINE[:4] if other is not identity]]
    found = [line.reason for proof in proofs for line in proof.proof if line.reason != _IN_PASSING]
    words = sorted(reason.split())
    different = dict.fromkeys(r for r in (*found, *_OTHER_REASONS) if sorted(r.split()) != words)
    return list(different)


def _kind(id: str, title: str, make: Callable[[Random, int], Draft]) -> Kind:  # noqa: A002
    return Kind(id, title, "identities", make)


KINDS = (
    _kind("next-line", "The next line of a derivation", _next_line),
    _kind("law-of-line", "The law behind a line", _law_of_line),
    _kind("wrong-line", "The wrong line of a derivation", _wrong_line),
    _kind("reason-in-proof", "The reason in a proof", _reason),
)
