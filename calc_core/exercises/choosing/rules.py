"""The rules that a learner may choose from, and trying one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calc_core.exercises.choosing.reasons import remark, why_not
from calc_core.graph import DERIV, Node, depends, postorder
from calc_core.labels import label
from calc_core.outer import OUTER, outer_name
from calc_core.rules import LAWS, Table

_LAWS = {law.id: law for law in LAWS}
_TABLE = Table()
ELEMENTARY = "elementary"

# Always offered, so that the list itself gives nothing away.
_ALWAYS = (
    "sum",
    "constant-multiple",
    "product",
    "quotient",
    "reciprocal",
    "chain",
    "constant",
    "variable",
    "elementary:power",
    "elementary:exp",
    "elementary:sin",
    "elementary:cos",
    "elementary:ln",
    "elementary:sqrt",
)
# Offered where something in the line is of their kind.
_ON_DEMAND = (
    "logarithmic",
    "log-of-abs",
    "change-of-base",
    "root-as-power",
    "extremum",
    "piecewise",
    "leibniz",
)
# Rules that ask for a positive base, where the others that apply do not.
_NARROW = frozenset(("logarithmic", "root-as-power"))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be chosen: its id, its name, and its law in LaTeX."""

    id: str
    name: str
    law: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of using a rule: a result and perhaps a remark, or the reason why it has none."""

    after: Node | None
    said: str


def rule(id_: str) -> Rule:
    """The rule of an id such as ``product`` or ``elementary:sin``.  Raises LookupError."""
    law, _, detail = id_.partition(":")
    if law not in _LAWS or (law == ELEMENTARY) != bool(detail):
        raise LookupError(f"there is no rule {id_!r}")
    if detail and detail not in OUTER and detail != "unknown-function":
        raise LookupError(f"there is no rule {id_!r}")
    found = label(law, detail)
    return Rule(id_, found.name, found.law)


def offered(line: Node) -> tuple[Rule, ...]:
    """The rules to choose from for a line: the common ones, and those that its parts suggest."""
    ids = dict.fromkeys(_ALWAYS)
    for part in postorder(line):
        if part.op == DERIV and not part.args[0].inert and not part.args[1].shape:
            ids.update(dict.fromkeys(_suggested(*part.args)))
    return tuple([rule(id_) for id_ in ids])


def _suggested(u: Node, x: Node) -> Iterator[str]:
    for part in postorder(u):
        name = outer_name(part, x) if part.op != DERIV else None
        if name is not None and depends(part, x):
            yield f"{ELEMENTARY}:{name}"
        yield from [id_ for id_ in _ON_DEMAND if _applied(id_, part, x) is not None]


def best(goal: Node) -> str:
    """The id of the rule that the engine itself would use.

    Raises InputError where there is none.
    """
    law, _ = _TABLE.first(goal)
    if law.id == ELEMENTARY:
        return f"{ELEMENTARY}:{outer_name(*goal.args)}"
    return law.id


def attempt(id_: str, goal: Node) -> Attempt:
    """What a rule makes of the goal D(u, x), or why it makes nothing of it."""
    u, x = goal.args
    after = _applied(id_, u, x)
    if after is None:
        return Attempt(None, why_not(id_, u, x))
    first = best(goal)
    return Attempt(after, "" if first == id_ else remark(id_, first, u, x))


def _applied(id_: str, u: Node, x: Node) -> Node | None:
    law_id, _, detail = id_.partition(":")
    law = _LAWS[law_id]
    if law.heads and u.op not in law.heads:
        return None
    if detail and outer_name(u, x) != detail:
        return None
    if law_id in _NARROW and (outer_name(u, x) is not None or not depends(u, x)):
        return None
    if law_id == "chain" and not depends(u, x):
        return None
    return law.apply(u, x)
