"""What determinants of Jacobians mean: how areas and volumes change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    determinant_terms,
    dotted,
    length,
    opposite,
    row_of,
    squares,
    total,
    vector,
)
from calc_core.exercises.tasks import at_point, column, defined, expression_of, listed
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import (
    NUM,
    D,
    Node,
    Number,
    add,
    array,
    div,
    entries,
    fn,
    mul,
    num,
    sym,
)
from calc_core.printing import Latex
from calc_core.printing.base import PRODUCT

LARGEST_FACTOR, MOST_PARTS, LONGEST = 60, 4, 30
# The largest sum of squares under a root.
LARGEST_SQUARE = 400


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


# ── other coordinates ─────────────────────────────────────────────────────────────────────────────

#: The names of the new coordinates, and x, y (and z) as functions of them.
System = tuple[tuple[str, ...], list[Node]]


def _polar(rng: Random) -> System:
    r, angle = rng.choice((("r", "phi"), ("rho", "theta"), ("r", "t")))
    a = num(rng.randint(1, 4))
    found = [a * sym(r) * fn("cos", sym(angle)), a * sym(r) * fn("sin", sym(angle))]
    return _in_some_order(rng, (r, angle)), found


def _elliptic(rng: Random) -> System:
    r, angle = rng.choice((("r", "phi"), ("rho", "theta"), ("r", "t")))
    a, b = (num(n) for n in rng.sample(range(1, 7), 2))
    shift = num(rng.randint(-3, 3))
    found = [a * sym(r) * fn("cos", sym(angle)) + shift, b * sym(r) * fn("sin", sym(angle))]
    return _in_some_order(rng, (r, angle)), found


def _curvilinear(rng: Random) -> System:
    u, v = sym("u"), sym("v")
    a, b = num(rng.randint(1, 3)), num(rng.randint(1, 3))
    found = rng.choice(
        (
            [a * (u**2 - v**2), b * u * v],
            [a * u / v, b * u * v],
            [a * fn("exp", u) * fn("cos", v), a * fn("exp", u) * fn("sin", v)],
            [a * u * (1 - v), b * u * v],
            [a * fn("cosh", u) * fn("cos", v), a * fn("sinh", u) * fn("sin", v)],
        )
    )
    return _in_some_order(rng, ("u", "v")), found


def _cylindrical(rng: Random) -> System:
    r, angle, z = sym("r"), sym("phi"), sym("z")
    a, b, c = (num(rng.randint(1, 3)) for _ in range(3))
    names = rng.choice((("r", "phi", "z"), ("phi", "r", "z"), ("r", "z", "phi")))
    return names, [a * r * fn("cos", angle), b * r * fn("sin", angle), c * z]


def _spherical(rng: Random) -> System:
    r, polar, angle = sym("r"), sym("theta"), sym("phi")
    a, b, c = (num(n) for n in rng.choice(((1, 1, 1), (1, 1, 2), (2, 3, 1), (2, 2, 2), (1, 2, 3))))
    names = rng.choice((("r", "theta", "phi"), ("r", "phi", "theta")))
    flat = r * fn("sin", polar)
    return names, [
        a * flat * fn("cos", angle),
        b * flat * fn("sin", angle),
        c * r * fn("cos", polar),
    ]


def _over_the_sphere(whole: Recipe) -> Recipe:
    """The determinant with r² sin θ taken out, so that sin²θ + cos²θ is seen."""
    taken = sym("r") ** 2 * fn("sin", sym("theta"))

    def recipe(engine: Engine) -> Node:
        terms = determinant_terms(engine, entries(whole(engine)))
        return taken * add(*[engine.tidy(div(term, taken))[0] for term in terms])

    return recipe


def _in_some_order(rng: Random, names: tuple[str, ...]) -> tuple[str, ...]:
    return names if rng.random() < 0.7 else names[::-1]


SYSTEMS: dict[int, Callable[[Random], System]] = {
    1: _polar,
    2: _elliptic,
    3: _curvilinear,
    4: _cylindrical,
    5: _spherical,
}


def _coordinates(rng: Random, level: int) -> Draft:
    """1 polar, 2 elliptic, 3 other coordinates of the plane, 4 cylindrical, 5 spherical."""
    names, parts = SYSTEMS[level](rng)
    F = array((len(parts),), [tidied(part) for part in parts])
    whole = by_all(F, names)
    plan = determinant_of(whole) if level < 5 else _over_the_sphere(whole)
    answer = FormulaAnswer(Work(plan, determinant_slips(whole)), names, (F,), form="simple")
    if not answer.node.free or not is_sensible(answer.node, LONGEST):
        raise Degenerate
    old = "xyz"[: len(parts)]
    expression = expression_of(F, names)
    below = listed(names)
    given = f"{column([sym(name) for name in old])} = {column(F.args)}"
    what = "volumes" if len(parts) == 3 else "areas"
    return Draft(
        rf"Find the determinant $\dfrac{{\partial({', '.join(old)})}}{{\partial({below})}}$ for "
        rf"the coordinates ${given}$, and simplify it.",
        answer,
        lambda: jacobian(expression),
        rf"Its absolute value is the factor by which {what} change.",
    )


# ── surfaces ──────────────────────────────────────────────────────────────────────────────────────


def _surface(rng: Random, level: int) -> Draft:
    """1 and 2 graphs of polynomials, 3 graphs of functions, 4 and 5 surfaces in parameters."""
    names = ("u", "v")
    F = array((3,), [tidied(part) for part in _surface_parts(rng, level)])

    def accept(parts: Sequence[Number]) -> bool:
        found = [n.data for n in map(tidied, _cross([num(p) for p in parts]))]
        size = sum(c**2 for c in found)
        is_short = size.denominator == 1 and size <= LARGEST_SQUARE
        return bool(is_short and sum(c != 0 for c in found) > 1)

    here = plain_point(rng, names, by_all(F, names)(Engine()), F, accept)
    others: dict[str, Combine] = {
        "cross-for-length": lambda parts: row_of(_cross(parts)),
        "length-without-root": lambda parts: squares(_cross(parts)),
        "product-of-lengths": _product_of_lengths,
        "dot-for-cross": lambda parts: dotted(parts[::2], parts[1::2]),
        "components-added": lambda parts: total(_cross(parts)),
        "middle-sign-lost": lambda parts: length(_unsigned_cross(parts)),
    }
    work = at_the_point(Work(by_all(F, names)), here, lambda p: length(_cross(p)), others)
    expression = expression_of(F, names, "r")
    return Draft(
        rf"By what factor does {defined(expression)} turn small areas of the $uv$-plane near "
        rf"{at_point(here)} into areas on its surface? Give the exact number "
        r"$\lvert r_u \times r_v\rvert$.",
        FormulaAnswer(work, names, (F,), form="number"),
        lambda: derived_at(expression, D(F, vector(names)), ("J_{r}", "J_r"), here),
        r"The columns of the Jacobian are $r_u$ and $r_v$; the length of their cross product is "
        "the area of the parallelogram between them.",
    )


def _surface_parts(rng: Random, level: int) -> list[Node]:
    u, v = sym("u"), sym("v")
    if level <= 2:
        return [u, v, polynomial(rng, ("u", "v"), level + 1, level + 1)]
    if level == 3:
        height = mul(num(rng.randint(1, 3)), elementary(rng, vanishing(rng, ("u", "v"))))
        return [u, v, rng.choice((height, add(height, rng.choice((u, v)))))]
    a, b = num(rng.randint(1, 3)), num(rng.randint(1, 3))
    if level == 4:
        return rng.choice(
            (
                [a * u + v, u - b * v, u * v],
                [u**2, a * u * v, b * v**2],
                [u, a * u * v, v**2 + b * u],
                [a * u * v, u + v, u**2 - v],
            )
        )
    return rng.choice(
        (
            [u * fn("cos", v), u * fn("sin", v), a * v],
            [u * fn("cos", v), u * fn("sin", v), a * u**2],
            [u * fn("exp", v), a * u, b * v],
            [a * fn("exp", u), b * u * v, fn("sin", v)],
        )
    )


def _cross(parts: Sequence[Node]) -> list[Node]:
    """r_u × r_v from the Jacobian, row by row."""
    a, d, b, e, c, f = parts
    return [b * f - c * e, c * d - a * f, a * e - b * d]


def _unsigned_cross(parts: Sequence[Node]) -> list[Node]:
    a, d, b, e, c, f = parts
    return [b * f + c * e, c * d + a * f, a * e + b * d]


def _product_of_lengths(parts: Sequence[Node]) -> Node:
    return length(parts[::2]) * length(parts[1::2])


KINDS = (
    Kind("jacobian-determinant", "Determinant of the Jacobian", "jacobian", _determinant),
    Kind("area-factor", "Area and volume factors", "jacobian", _factor),
    Kind("coordinates", "Areas and volumes in other coordinates", "jacobian", _coordinates),
    Kind("surface-area", "Area on a surface", "jacobian", _surface),
)
