"""Wrong lines to choose from: wrong laws, and what only looks like a law."""

from __future__ import annotations

from collections.abc import Iterator

from calc_core.exercises.matrix.lines import Blackboard, Line
from calc_core.exercises.matrix.wrong_laws.table import MATRIX_WRONG_LAWS
from calc_core.exercises.wrong_laws.law import WrongLaw
from calc_core.graph import ADD, FN, MINUS_ONE, MUL, POW, TWO, Node, add, depends, div, mul, neg
from calc_core.matrix.nodes import (
    DET,
    INVERSE,
    MATMUL,
    MATPOW,
    NORM,
    TRANSPOSE,
    d,
    det,
    inverse,
    matmul,
    norm,
    trace,
)
from calc_core.printing import Text

# With so many wrong lines no sign need be changed to find more.
ENOUGH = 2


def _all_at_once(u: Node, x: Node) -> Node | None:
    """The product of the differentials."""
    moving = [f for f in u.args if depends(f, x)]
    build = matmul if u.op == MATMUL else mul
    factors = [d(f, x) if depends(f, x) else f for f in u.args]
    return build(*factors) if len(moving) > 1 else None


def _inverse_of_change(u: Node, x: Node) -> Node | None:
    return neg(inverse(d(u.args[0], x)))


def _det_of_change(u: Node, x: Node) -> Node | None:
    return det(d(u.args[0], x))


def _log_det_as_number(u: Node, x: Node) -> Node | None:
    inner = u.args[0]
    return div(trace(d(inner.args[0], x)), inner) if inner.op == DET else None


def _norm_as_number(u: Node, x: Node) -> Node | None:
    base, exponent = u.args
    if base.op != NORM or exponent is not TWO:
        return None
    return 2 * mul(base, norm(d(base.args[0], x)))


def _power_at_the_end(u: Node, x: Node) -> Node | None:
    a, k = u.args
    return matmul(d(a, x), d(a, x)) if k is TWO else None


def _surrounded(u: Node, x: Node) -> tuple[list[Node], Node, list[Node]]:
    """(before, middle, after) of a product: the constant factors around what moves."""
    moving = [i for i, f in enumerate(u.args) if depends(f, x)]
    first, last = moving[0], moving[-1] + 1
    return list(u.args[:first]), matmul(*u.args[first:last]), list(u.args[last:])


def _left_lost(u: Node, x: Node) -> Node | None:
    before, middle, after = _surrounded(u, x)
    return matmul(d(middle, x), *after) if before else None


def _right_lost(u: Node, x: Node) -> Node | None:
    before, middle, after = _surrounded(u, x)
    return matmul(*before, d(middle, x)) if after else None


def _change_to_the_end(u: Node, x: Node) -> Node | None:
    before, middle, after = _surrounded(u, x)
    return matmul(*before, *after, d(middle, x)) if after else None


def _change_to_the_front(u: Node, x: Node) -> Node | None:
    before, middle, after = _surrounded(u, x)
    return matmul(d(middle, x), *before, *after) if before else None


def _not_transposed(u: Node, x: Node) -> Node | None:
    return d(u.args[0], x)


def _last_term_lost(u: Node, x: Node) -> Node | None:
    moving = [t for t in u.args if depends(t, x)]
    return add(*[d(t, x) for t in moving[:-1]]) if len(moving) > 1 else None


def _terms_kept(u: Node, x: Node) -> Node | None:
    """The differential of a sum with the constant terms as they were."""
    still = [t for t in u.args if not depends(t, x)]
    moving = [t for t in u.args if depends(t, x)]
    return add(*[d(t, x) for t in moving], *still) if still else None


#: What has the look of a law; nobody can go on from there.
LOOKALIKES: tuple[WrongLaw, ...] = (
    WrongLaw("product-of-differentials", _all_at_once, (MATMUL, MUL)),
    WrongLaw("inverse-of-differential", _inverse_of_change, (INVERSE,)),
    WrongLaw("determinant-of-differential", _det_of_change, (DET,)),
    WrongLaw("log-determinant-without-inverse", _log_det_as_number, (FN,)),
    WrongLaw("square-of-norm-as-number", _norm_as_number, (POW,)),
    WrongLaw("product-of-differentials", _power_at_the_end, (MATPOW,)),
    WrongLaw("constant-matrix-lost", _left_lost, (MATMUL,)),
    WrongLaw("constant-matrix-lost", _right_lost, (MATMUL,)),
    WrongLaw("constant-factor-moved", _change_to_the_end, (MATMUL,)),
    WrongLaw("constant-factor-moved", _change_to_the_front, (MATMUL,)),
    WrongLaw("transpose-lost", _not_transposed, (TRANSPOSE,)),
    WrongLaw("term-missing", _last_term_lost, (ADD,)),
    WrongLaw("constant-kept", _terms_kept, (ADD,)),
)


def wrong_lines(board: Blackboard, line: Line) -> Iterator[Line]:
    """Lines that could be taken for the right one, no two of which look alike."""
    seen = {Text()(line.after)}
    for wrong in (*MATRIX_WRONG_LAWS, *LOOKALIKES):
        found = board.tempted(line, wrong)
        if found is not None and Text()(found.after) not in seen:
            seen.add(Text()(found.after))
            yield found
    for mistake, factor in (("sign", MINUS_ONE), ("factor", TWO)):
        changed = WrongLaw(mistake, lambda *_, c=factor: mul(c, line.made))
        found = board.tempted(line, changed)
        if found is not None and len(seen) <= ENOUGH:
            seen.add(Text()(found.after))
            yield found
