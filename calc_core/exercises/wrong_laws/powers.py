"""Powers and exponentials gone wrong."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.exercises.wrong_laws.readings import exponential, power_parts, raised
from calc_core.graph import POW, D, Node, power


def _of_power(combine: Callable[[Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        parts = power_parts(u, x)
        return combine(*parts) * D(parts[0], x) if parts else None

    return apply


exponent_kept = _of_power(lambda v, n: n * power(v, n))
exponent_lost = _of_power(lambda v, n: power(v, raised(n, -1)))
exponent_raised = _of_power(lambda v, n: n * power(v, raised(n, 1)))


def rule_on_exponential(u: Node, x: Node) -> Node | None:
    """(bᵛ)' = v bᵛ⁻¹."""
    found = exponential(u, x)
    if found is None:
        return None
    base, exponent = found
    return exponent * power(base, exponent - 1)


def rule_on_exponential_with_chain(u: Node, x: Node) -> Node | None:
    """(bᵛ)' = v bᵛ⁻¹ v'."""
    wrong = rule_on_exponential(u, x)
    found = exponential(u, x)
    return wrong * D(found[1], x) if wrong and found and found[1] is not x else None


def logarithm_forgotten(u: Node, x: Node) -> Node | None:
    """(bᵛ)' = bᵛ v'."""
    found = exponential(u, x)
    return u * D(found[1], x) if found and u.op == POW else None
