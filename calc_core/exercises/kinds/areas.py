"""What determinants of Jacobians mean: how areas and volumes change."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from calc_core.calculus import jacobian
from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import elementary, is_sensible, polynomial, tidied, vanishing
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.jacobians import vector_function
from calc_core.exercises.kinds.letters import PAIRS, PLANE, TRIPLES
from calc_core.exercises.places import plain_point
from calc_core.exercises.plans import at_the_point
from calc_core.exercises.recipes import (
    Combine,
    by_all,
    combined,
    derived_at,
    determinant,
    determinant_of,
    opposite,
    total,
    vector,
)
from calc_core.exercises.tasks import at_point, defined, expression_of
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import (
    NUM,
    D,
    Node,
    Number,
    add,
    array,
    fn,
    mul,
    num,
    sym,
)
from calc_core.printing import Latex
from calc_core.printing.base import PRODUCT

LARGEST_FACTOR, MOST_PARTS, LONGEST = 60, 4, 30


# ── determinants ──────────────────────────────────────────────────────────────────────────────────


def determinant_slips(whole: Recipe) -> tuple[Slip, ...]:
    """What is computed in the place of the determinant of a Jacobian."""
    return (
        Slip("det-turned", opposite(determinant_of(whole))),
        Slip("det-with-plus", combined(whole, permanent)),
        Slip("main-diagonal-only", combined(whole, main_diagonal)),
        Slip("trace-for-determinant", combined(whole, trace)),
        Slip("matrix-for-determinant", whole),
    )


def permanent(parts: Sequence[Node]) -> Node:
    """The determinant with a plus at every term."""
    if len(parts) == 4:
        a, b, c, d = parts
        return a * d + b * c
    (a, b, c), (d, e, f), (g, h, i) = parts[:3], parts[3:6], parts[6:]
    return add(
        *[mul(*t) for t in ((a, e, i), (b, f, g), (c, d, h), (c, e, g), (b, d, i), (a, f, h))]
    )


def main_diagonal(parts: Sequence[Node]) -> Node:
    """The product of the entries on the main diagonal."""
    return mul(*_on_diagonal(parts))


def trace(parts: Sequence[Node]) -> Node:
    """The sum of the entries on the main diagonal."""
    return total(_on_diagonal(parts))


def _on_diagonal(parts: Sequence[Node]) -> list[Node]:
    step = 3 if len(parts) == 4 else 4
    return list(parts[::step])


def _determinant(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the Jacobian needs; at 5 of three polynomials."""
    if level == 5:
        names, F = _polynomials_in_space(rng)
    else:
        names = rng.choice(PAIRS)
        F = vector_function(rng, names, 2, level)
    whole = by_all(F, names)
    answer = FormulaAnswer(Work(determinant_of(whole), determinant_slips(whole)), names, (F,))
    if not answer.node.free or not is_sensible(answer.node, LONGEST):
        raise Degenerate
    expression = expression_of(F, names)
    return Draft(
        rf"Find the determinant of the Jacobian of {defined(expression)}.",
        answer,
        lambda: jacobian(expression),
        _remark_on_determinant(F, names),
    )


def _polynomials_in_space(rng: Random) -> tuple[tuple[str, ...], Node]:
    names = rng.choice(TRIPLES)
    F = array((3,), [polynomial(rng, rng.sample(names, 2), 2, 2) for _ in names])
    if F.free != set(names):
        raise Degenerate
    return names, F


def _remark_on_determinant(F: Node, names: Sequence[str]) -> str:
    found = by_all(F, names)(Engine()).args
    if len(found) != 4:
        return "Expand the determinant along the row or column with the most zeros."
    a, b, c, d = (Latex().within(entry, PRODUCT) for entry in found)
    return rf"$\det J = {a} \cdot {d} - {b} \cdot {c}$"


# ── area and volume factors ───────────────────────────────────────────────────────────────────────


def _factor(rng: Random, level: int) -> Draft:
    """1 and 2 polynomials, 3 a product, 4 functions, 5 three variables."""
    names = TRIPLES[0] if level == 5 else rng.choice(PLANE)
    F = _map(rng, names, level)
    if F.free != set(names):
        raise Degenerate
    turns_over = rng.random() < 0.6

    def accept(parts: Sequence[Number]) -> bool:
        value = determinant(Engine(), [num(p) for p in parts])
        size = tidied(value).data
        return _is_factor(abs(size)) and (size < 0) == turns_over

    here = plain_point(rng, names, by_all(F, names)(Engine()), F, accept)
    others: dict[str, Combine] = {
        "factor-with-sign": _det,
        "inverse-factor": lambda parts: 1 / _size(_det(parts)),
        "det-with-plus": lambda parts: _size(permanent(parts)),
        "main-diagonal-only": lambda parts: _size(main_diagonal(parts)),
        "factor-squared": lambda parts: _det(parts) ** 2,
        "trace-for-determinant": lambda parts: _size(trace(parts)),
    }
    work = at_the_point(Work(by_all(F, names)), here, lambda p: _size(_det(p)), others)
    expression = expression_of(F, names)
    what = "volumes" if level == 5 else "areas"
    return Draft(
        rf"By what factor does {defined(expression)} change the size of small {what} near "
        rf"{at_point(here)}?",
        FormulaAnswer(work, names, (F,), form="number"),
        lambda: derived_at(expression, D(F, vector(names)), ("J_{f}", "J_f"), here),
        r"The factor is $\lvert\det J\rvert$; a negative determinant says that the orientation is "
        "turned round."
        if turns_over
        else r"The factor is $\lvert\det J\rvert$.",
    )


def _map(rng: Random, names: Sequence[str], level: int) -> Node:
    degree = 1 if level == 1 else 2
    if level == 5:
        return array((3,), [polynomial(rng, rng.sample(names, 2), 2, 2) for _ in names])
    parts = [polynomial(rng, names, 2, 2), polynomial(rng, names, 2, degree)]
    if level == 3:
        parts[0] = polynomial(rng, names, 3, 3)
    if level == 4:
        front = mul(num(rng.randint(1, 3)), sym(rng.choice(list(names))))
        parts[0] = mul(front, elementary(rng, vanishing(rng, names)))
    return array((2,), [tidied(part) for part in parts])


def _is_factor(size: Number) -> bool:
    return size.denominator <= MOST_PARTS and 1 < size <= LARGEST_FACTOR


def _det(parts: Sequence[Node]) -> Node:
    return determinant(Engine(), parts)


def _size(u: Node) -> Node:
    value = tidied(u)
    return num(abs(value.data)) if value.op == NUM else fn("abs", u)


KINDS = (
    Kind("jacobian-determinant", "Determinant of the Jacobian", "jacobian", _determinant),
    Kind("area-factor", "Area and volume factors", "jacobian", _factor),
)
