"""Nearly right answers: compared term by term with the right one."""

from __future__ import annotations

from calc_core.exercises.diagnosing.insides import DENOMINATOR, with_right_insides
from calc_core.exercises.values import Values, agree
from calc_core.exercises.verdict import Diagnosis, diagnosis
from calc_core.graph import ADD, DIV, MINUS_ONE, MUL, NUM, POW, Node, mul, num, rebuild
from calc_core.terms import split
from calc_core.tidy import Tidier

# Numbers that a slip of the pen changes a number by.
NEARBY = 3


def nearly(given: Node, right: Node, values: Values, is_sure: bool) -> tuple[Diagnosis, ...]:
    """What is different in one term or one number, if that is all.

    ``is_sure``  only what could hardly be anything else: a wrong number.
    """
    given_terms, right_terms = _terms(given), _terms(right)
    extra = _without(given_terms, right_terms, values)
    missing = _without(right_terms, given_terms, values)
    few = min(len(given_terms), len(right_terms)) > len(extra)
    if len(extra) == 1 and len(missing) == 1:
        if few and agree(-values(extra[0]), values(missing[0])).all():
            return (diagnosis("sign-of-term"),)
        if _differ_in_number(extra[0], missing[0], values):
            return (diagnosis("arithmetic", _plain(extra[0])),)
    if _one_number_changed(given, right, values):
        return (diagnosis("arithmetic"),)
    denominator = _denominator_changed(given, right, values)
    if denominator is not None:
        return (denominator,)
    if is_sure:
        return ()
    if not extra and len(missing) == 1:
        return (diagnosis("term-missing"),)
    if not missing and len(extra) == 1:
        return (diagnosis("term-too-many", _plain(extra[0])),)
    if len(extra) == 1 and len(missing) == 1 and few and len(right_terms) > 1:
        return (diagnosis("term-wrong", _plain(extra[0])),)
    return ()


def has_constant(u: Node) -> bool:
    """Whether a number is one of the terms."""
    return any(not term.free for term in _terms(u))


def _terms(u: Node) -> list[Node]:
    """The terms of the tidy form, brackets multiplied out."""
    found = [part for term in _summands(_plain(u)) for part in _multiplied_out(term)]
    return found if len(found) > 1 else _summands(_plain(u))


def _summands(u: Node) -> list[Node]:
    return list(u.args) if u.op == ADD else [u]


def _multiplied_out(u: Node) -> list[Node]:
    """The terms of a product with a sum among its factors, or of a sum above a bar."""
    if u.op == DIV and u.args[0].op == ADD:
        return [term / u.args[1] for term in u.args[0].args]
    sums = [f for f in u.args if f.op == ADD] if u.op == MUL else []
    if not sums:
        return [u]
    rest = [f for f in u.args if f is not sums[0]]
    return [mul(*rest, term) for term in sums[0].args]


def _without(terms: list[Node], others: list[Node], values: Values) -> list[Node]:
    """The terms that have no equal among the others, each of which is used once."""
    left = list(others)
    found = []
    for term in terms:
        same = next((t for t in left if t is term or agree(values(t), values(term)).all()), None)
        if same is None:
            found.append(term)
        else:
            left.remove(same)
    return found


def _differ_in_number(given: Node, right: Node, values: Values) -> bool:
    """Whether two terms are the same but for a positive rational factor."""
    (a, u), (b, v) = split(given), split(right)
    return a != b and a * b > 0 and bool(agree(values(u), values(v)).all())


def _denominator_changed(given: Node, right: Node, values: Values) -> Diagnosis | None:
    """What stands below a bar, if that is all that is wrong."""
    goal = values(right)
    for mended in with_right_insides(given, right, ()):
        if mended.mistake == DENOMINATOR and agree(values(mended.node), goal).all():
            return diagnosis(DENOMINATOR, mended.spot)
    return None


def _one_number_changed(given: Node, right: Node, values: Values) -> bool:
    """Whether the right answer comes out when one number in the given one is changed a little."""
    goal = values(right)
    return any(agree(values(changed), goal).all() for changed in _changes(given))


def _changes(u: Node) -> list[Node]:
    """The expression with one of its numbers changed by a little, in each way."""
    if u.op == NUM:
        # A number that must become 0, or turn its sign, is another mistake.
        near = [u.data + k for k in range(-NEARBY, NEARBY + 1) if k and u is not MINUS_ONE]
        return [num(value) for value in near if value not in (0, -u.data)]
    found = []
    for i, part in enumerate(u.args):
        if u.op in (ADD, MUL, DIV, POW) or part.op != NUM:
            found += [rebuild(u, (*u.args[:i], c, *u.args[i + 1 :])) for c in _changes(part)]
    return found


def _plain(u: Node) -> Node:
    return Tidier()(u)[0]
