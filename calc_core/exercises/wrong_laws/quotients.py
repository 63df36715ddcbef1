"""The quotient rule gone wrong: above the bar, below it, or both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from calc_core.exercises.wrong_laws.law import Wrong, WrongLaw
from calc_core.exercises.wrong_laws.readings import power_parts, raised
from calc_core.graph import DIV, ONE, D, Node, depends, div, neg, power

#: From the numerator u, the denominator v and their derivatives to what stands above the bar.
Top = Callable[[Node, Node, Node, Node], Node]

# Below the bar, by the mistake that it is.
_BOTTOMS: Mapping[str, Callable[[Node], Node | None]] = {
    "": lambda v: v**2,
    "quotient-not-squared": lambda v: v,
    "quotient-without-denominator": lambda v: None,
}


@dataclass(frozen=True, slots=True)
class FractionRule:
    """A rule for fractions with a moving denominator, and the ways to get it wrong.

    ``tops``        what is written above the bar, by the mistake that it is; "" is right;
    ``top_moves``   whether the rule is for a numerator that moves, too, or for one that does not;
    ``derivative``  D, or the differential d.
    """

    tops: Mapping[str, Top]
    top_moves: bool
    derivative: Callable[[Node, Node], Node] = D

    def wrong(self, mistake: str) -> WrongLaw:
        """The rule with one mistake."""
        at = (mistake, "") if mistake in self.tops else ("", mistake)
        return WrongLaw(mistake, self._with(*at), (DIV,))

    def joint(self, one: str, other: str) -> WrongLaw | None:
        """The rule with these two mistakes, if one is made above the bar and one below it."""
        for top, bottom in ((one, other), (other, one)):
            if top in self.tops and bottom in _BOTTOMS:
                return WrongLaw(one, self._with(top, bottom), (DIV,))
        return None

    def _with(self, top: str, bottom: str) -> Wrong:
        above, below = self.tops[top], _BOTTOMS[bottom]

        def apply(fraction: Node, x: Node) -> Node | None:
            u, v = fraction.args
            if fraction.shape or depends(u, x) != self.top_moves or not depends(v, x):
                return None
            found, under = above(u, v, self.derivative(u, x), self.derivative(v, x)), below(v)
            return found if under is None else div(found, under)

        return apply


#: (u/v)' = (u'v − uv')/v²
QUOTIENT_RULE = FractionRule(
    {
        "": lambda u, v, du, dv: v * du - u * dv,
        "quotient-with-plus": lambda u, v, du, dv: v * du + u * dv,
        "quotient-turned-round": lambda u, v, du, dv: u * dv - v * du,
    },
    top_moves=True,
)
#: (c/v)' = −c v'/v²
RECIPROCAL_RULE = FractionRule(
    {
        "": lambda c, v, dc, dv: neg(c * dv),
        "reciprocal-sign": lambda c, v, dc, dv: c * dv,
        "inner-derivative-forgotten": lambda c, v, dc, dv: neg(c),
    },
    top_moves=False,
)


def jointly(rules: Iterable[FractionRule], one: WrongLaw, other: WrongLaw) -> tuple[WrongLaw, ...]:
    """The rules with both mistakes, where one is made above the bar and one below it."""
    found = [rule.joint(one.mistake, other.mistake) for rule in rules]
    return tuple([law for law in found if law is not None])


def quotient_of_derivatives(u: Node, x: Node) -> Node | None:
    """(u/v)' = u'/v'."""
    top, bottom = u.args
    if not depends(bottom, x):
        return None
    return div(D(top, x) if depends(top, x) else top, D(bottom, x))


def bottom_held(u: Node, x: Node) -> Node | None:
    """(u/v)' = u'/v."""
    top, bottom = u.args
    return div(D(top, x), bottom) if depends(top, x) and depends(bottom, x) else None


def exponent_wrong_way(u: Node, x: Node) -> Node | None:
    """c/vⁿ taken to −n c/vⁿ⁻¹: the negative exponent is raised towards 0."""
    top, bottom = u.args
    if depends(top, x) or not depends(bottom, x):
        return None
    v, n = power_parts(bottom, x) or (bottom, ONE)
    return neg(div(n * top * D(v, x), power(v, raised(n, -1))))
