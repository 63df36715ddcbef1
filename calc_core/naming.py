"""Names u₁, u₂, … for the parts of a large expression that are shared or long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from calc_core.graph import ARRAY, CONST, DERIV, LOGIC, NUM, REL, SYM, Node, postorder

# Expressions up to this size are printed whole.
WHOLE = 90
# A shared part of this size is named, and any part as long as LONG.
SHARED, LONG = 6, 60

_NEVER = frozenset((ARRAY, CONST, DERIV, LOGIC, NUM, REL, SYM))


def shared_parts(roots: Iterable[Node], used: Iterable[str] = ()) -> dict[Node, str]:
    """Names for parts of the roots, in an order in which each needs only earlier ones.

    Empty if all of the roots are short enough to be printed whole.  ``used`` are names taken.
    """
    tops = tuple(roots)
    if all(root.size <= WHOLE * max(1, len(root.args) if root.op == ARRAY else 1) for root in tops):
        return {}
    letter = _free_letter(used)
    parents = Counter(a for node in postorder(*tops) for a in set(node.args))
    length: dict[Node, int] = {}
    names: dict[Node, str] = {}
    for node in postorder(*tops):
        size = 1 + sum(1 if a in names else length[a] for a in node.args)
        length[node] = size
        if node.op in _NEVER or node in tops:
            continue
        if (parents[node] > 1 and size >= SHARED) or size >= LONG:
            names[node] = f"{letter}_{len(names) + 1}"
    return names


def _free_letter(used: Iterable[str]) -> str:
    taken = {name.partition("_")[0] for name in used}
    return next(
        letter for letter in ("u", "w", "q", "s", "c", "k", "h", "A") if letter not in taken
    )
