"""Two wrong laws as one person uses them."""

from __future__ import annotations

from calc_core.exercises.wrong_laws.chain import inner_forgotten
from calc_core.exercises.wrong_laws.law import Wrong, WrongLaw
from calc_core.exercises.wrong_laws.quotients import QUOTIENT_RULE, RECIPROCAL_RULE, jointly
from calc_core.exercises.wrong_laws.readings import inner_of
from calc_core.exercises.wrong_laws.table import COMPOSED
from calc_core.graph import ONE, D, Node, discharge

# What these take off a goal leaves the rest of it for another law.
_PEELING = ("lost-constant", "held-factor-lost", "minus-lost")


def together(one: WrongLaw, other: WrongLaw) -> tuple[WrongLaw, ...]:
    """Two wrong laws in the order in which an engine must try them.

    Where both are about the same operand, a law for it that does both comes first.
    """
    laws = tuple(sorted((one, other), key=lambda w: w.mistake not in _PEELING))
    fractions = jointly((QUOTIENT_RULE, RECIPROCAL_RULE), one, other)
    return (*_of_composition(*laws), *fractions, *laws)


def _of_composition(one: WrongLaw, other: WrongLaw) -> tuple[WrongLaw, ...]:
    """A wrong derivative of the outer function, the inner derivative forgotten as well."""
    for forgetful, outer in ((one, other), (other, one)):
        if forgetful.apply is inner_forgotten and set(outer.heads) <= set(COMPOSED):
            return (WrongLaw(outer.mistake, _without_inner(outer.apply), outer.heads),)
    return ()


def _without_inner(wrong: Wrong) -> Wrong:
    """A wrong law for a composition, the inner derivative forgotten as well."""

    def apply(u: Node, x: Node) -> Node | None:
        inner, after = inner_of(u, x), wrong(u, x)
        if inner is None or after is None:
            return None
        return discharge(after, {D(inner, x): ONE})

    return apply
