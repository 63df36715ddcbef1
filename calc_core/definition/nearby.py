"""Points at which h cancels at once: f(a) = 0 and h is a factor of f(a + h), or nearly so.

There are the points at which the rules of differentiation do not apply and the definition does:
x|x|, or x² sin(1/x) with the value 0, at 0.
"""

from __future__ import annotations

import numpy as np

from calc_core.certify import no_derivatives
from calc_core.definition.algebra import over
from calc_core.definition.polynomials import tidy
from calc_core.definition.quotients import ALWAYS, Quotient, Solve, Work, minus, times
from calc_core.evaluate.sampled import Sampled
from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    ADD,
    DIV,
    FN,
    MUL,
    ONE,
    POW,
    ZERO,
    Node,
    depends,
    div,
    fn,
    postorder,
    power,
    substitute,
    sym,
)
from calc_core.printing import Latex
from calc_core.terms import as_power, factors

_ELEMENTARY = ("exp", "ln", "sqrt", "root", "sin", "cos", "tan", "asin", "acos", "atan")
_OTHERS = ("sinh", "cosh", "tanh", "asinh", "abs", "max", "min", "sigmoid", "softplus", "relu")
CONTINUOUS = frozenset((*_ELEMENTARY, *_OTHERS, "erf"))
BOUNDED = {
    "sin": r"\left|\sin u\right| \le 1",
    "cos": r"\left|\cos u\right| \le 1",
    "atan": r"\left|\arctan u\right| < \frac{\pi}{2}",
    "tanh": r"\left|\tanh u\right| < 1",
}
# (name) with g(k)/k → 1 for k → 0.
LIKE_ITS_ARGUMENT = frozenset(("sin", "tan", "atan", "asin", "sinh", "tanh", "asinh"))
_ARITHMETIC = frozenset((ADD, MUL, DIV, POW))
TINY = 1e-9


def at_once(q: Quotient, solve: Solve) -> Work | None:
    """A quotient in which h cancels without more ado."""
    del solve
    before = tidy(q.still())
    if q.here is None and before is not ZERO:
        return None
    top = tidy(minus(q.moved(), before))
    found = _without_roots(tidy(div(top, q.h)), q.h)
    work = Work(q)
    work.say(q.over_h(top), "arithmetic", "work out the difference")
    work.say(found, "divide", f"cancel {q.h.data}", weight=ALWAYS)
    for rule in (_put_in, _unbounded, _squeezed, _standard, _oscillating):
        done = rule(work, found)
        if done is not None:
            return done
    return None


def _without_roots(u: Node, h: Node) -> Node:
    """U with ∛h/h written as 1/∛h²: with s = ∛h, h is s³."""
    roots = {n for n in postorder(u) if n.op == FN and n.data == "root" and n.args[0] is h}
    if len(roots) != 1:
        return u
    (root,) = roots
    s = sym("·s·")
    found = tidy(substitute(u, {root: s, h: power(s, root.args[1])}))
    return substitute(found, {s: root})


def value_at_zero(u: Node, h: Node) -> Node | None:
    """The value of a continuous expression at h = 0, or None if it is not known to have one."""
    for node in postorder(u):
        if depends(node, h) and node.args and not _is_continuous(node):
            return None
    if not _is_finite(u, h, 0.0) or not (_is_finite(u, h, TINY) or _is_finite(u, h, -TINY)):
        return None
    return substitute(u, {h: ZERO})


def _is_continuous(node: Node) -> bool:
    return node.op in _ARITHMETIC or (node.op == FN and node.data in CONTINUOUS)


def _is_finite(u: Node, h: Node, value: float) -> bool:
    rng = np.random.default_rng(7)
    point = {name: rng.uniform(0.3, 2.0, 6) for name in u.free - {h.data}}
    at = Sampled({**point, h.data: np.full(6, value)}, no_derivatives)
    with np.errstate(all="ignore"):
        found = np.asarray(at(u), dtype=float)
    return bool(np.any(np.isfinite(found)) if point else np.all(np.isfinite(found)))


def _put_in(work: Work, u: Node) -> Work | None:
    value = value_at_zero(u, work.quotient.h)
    return None if value is None else work.conclude(value)


def _sides(u: Node) -> tuple[Node, Node]:
    return (u.args[0], u.args[1]) if u.op == DIV else (u, ONE)


def _unbounded(work: Work, u: Node) -> Work | None:
    """A fraction whose denominator vanishes while its numerator does not."""
    h = work.quotient.h
    ends = [value_at_zero(side, h) for side in _sides(u)]
    if ends[0] is None or ends[1] is None:
        return None
    top, bottom = tidy(ends[0]), tidy(ends[1])
    if bottom is ZERO and _is_nonzero(top):
        return work.fail("the quotient grows beyond all bounds")
    return None


def _squeezed(work: Work, u: Node) -> Work | None:
    """A factor that vanishes times bounded ones."""
    h = work.quotient.h
    bounded = [f for f in factors(_sides(u)[0]) if _bound(f) and value_at_zero(f, h) is None]
    if not bounded:
        return None
    rest = over(times(*[f for f in factors(_sides(u)[0]) if f not in bounded]), _sides(u)[1])
    end = value_at_zero(rest, h)
    if end is None or tidy(end) is not ZERO:
        return None
    law = _bound(bounded[0])
    return work.conclude(ZERO, "squeezed: a bounded factor times one that goes to 0", law)


def _bound(u: Node) -> str:
    base, _ = as_power(u)
    return BOUNDED.get(base.data, "") if base.op == FN else ""


def _oscillating(work: Work, u: Node) -> Work | None:
    """sin(1/h) and the like: no limit."""
    h = work.quotient.h
    top, bottom = _sides(u)
    swinging = [f for f in factors(top) if f.op == FN and f.data in ("sin", "cos")]
    swinging = [f for f in swinging if _grows(f.args[0], h)]
    if len(swinging) != 1:
        return None
    rest = over(times(*[f for f in factors(top) if f is not swinging[0]]), bottom)
    end = value_at_zero(rest, h)
    if end is None or not _is_nonzero(tidy(end)):
        return None
    return work.fail("the quotient swings to and fro without settling down")


def _grows(u: Node, h: Node) -> bool:
    top, bottom = (value_at_zero(side, h) for side in _sides(u))
    if top is None or bottom is None:
        return False
    return tidy(bottom) is ZERO and _is_nonzero(tidy(top))


def _is_nonzero(u: Node) -> bool:
    return not u.free and abs(float(Sampled({}, no_derivatives)(u))) > TINY


def _standard(work: Work, u: Node) -> Work | None:
    """A factor sin k and one like 1/k, as in sin(h³)/h³."""
    h = work.quotient.h
    top, bottom = _sides(u)
    for factor in factors(top):
        if factor.op != FN or factor.data not in LIKE_ITS_ARGUMENT:
            continue
        k = factor.args[0]
        end = value_at_zero(k, h)
        if end is None or tidy(end) is not ZERO:
            continue
        others = [f for f in factors(top) if f is not factor]
        rest = tidy(over(times(k, *others), bottom))
        last = value_at_zero(rest, h)
        if last is None:
            continue
        work.say(times(div(factor, k), rest), "split", "multiply and divide by the argument")
        name, meaning = fn(factor.data, sym("k")), FUNCTIONS[factor.data].meaning
        law = rf"\lim_{{k \to 0}} \frac{{{Latex()(name)}}}{{k}} = 1"
        return work.conclude(times(ONE, last), f"standard limit of the {meaning}", law)
    return None
