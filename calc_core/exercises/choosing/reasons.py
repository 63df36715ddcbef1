"""Why a rule does not apply, or that there is a shorter way: generated from what stands there."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.choosing.phrases import (
    described,
    formula,
    listed,
    still_and_moving,
)
from calc_core.functions import FUNCTIONS
from calc_core.graph import ADD, APP, DIV, FN, MINUS_ONE, MUL, POW, Node, depends, mul
from calc_core.labels import label
from calc_core.outer import outer_name

Reason = Callable[[Node, Node], str]

_NEEDS = {
    "sum": "the sum rule needs a sum",
    "constant-multiple": "the constant multiple rule needs a factor that stands still",
    "product": "the product rule needs a product of factors that move",
    "quotient": "the quotient rule needs a fraction",
    "reciprocal": "the reciprocal rule needs a fraction with a still numerator",
    "chain": "the chain rule needs a function with something inside it",
    "log-of-abs": "this rule needs the logarithm of an absolute value",
    "change-of-base": "this rule needs a logarithm to another base",
    "root-as-power": "this rule needs a root whose degree moves",
    "extremum": "this rule needs a maximum or a minimum",
    "piecewise": "this rule needs a function by cases",
    "leibniz": "the Leibniz rule needs an integral",
    "logarithmic": "logarithmic differentiation needs a power of which base and exponent move",
}
_OUTER_NEEDS = {
    "power": "the power rule needs a power whose exponent stands still",
    "exponential": "the exponential rule needs a power with a still base and a moving exponent",
    "unknown-function": "this rule needs an unknown function",
}


def why_not(id_: str, u: Node, x: Node) -> str:
    """One sentence that says why a rule makes nothing of the derivative of u by x."""
    if id_ == "constant":
        return f"The marked part moves with {formula(x)}, so it is no constant."
    if id_ == "variable":
        return f"The marked part is {described(u, x)}; this rule is for {formula(x)} alone."
    if not depends(u, x):
        return (
            f"Nothing in the marked part moves with {formula(x)}: its derivative is that of a "
            "constant."
        )
    law, _, detail = id_.partition(":")
    special = _of_elementary(detail, u, x) if detail else _SPECIAL.get(law, _nothing)(u, x)
    if special:
        return special
    needs = _needs_of(detail) if detail else _NEEDS[law]
    return f"The marked part is {described(u, x)}; {needs}."


def _nothing(_u: Node, _x: Node) -> str:
    return ""


def _needs_of(detail: str) -> str:
    return _OUTER_NEEDS.get(detail) or f"this rule is for the {FUNCTIONS[detail].meaning}"


def _of_elementary(detail: str, u: Node, x: Node) -> str:
    """The rule for sin x is not one for sin of something, nor for a product with it."""
    if outer_name(u, x) == detail:
        moving = [a for a in u.args if depends(a, x)]
        if len(moving) > 1:
            return "More than one of the arguments moves: the chain rule has a term for each."
        return (
            f"Inside stands {_inside(moving[0])}, not {formula(x)} itself: "
            "then the chain rule is needed."
        )
    if detail == "power" and outer_name(u, x) in ("exponential", "exp"):
        return "Here the variable is in the exponent; the power rule is for a variable in the base."
    if detail == "exponential" and outer_name(u, x) == "power":
        return "Here the variable is in the base; the exponential rule is for one in the exponent."
    if detail == "exponential" and outer_name(u, x) == "exp":
        return "The base is e: it has a rule of its own, without a logarithm."
    if detail == "power" and u is x:
        return f"{formula(x)} alone has a rule of its own: the derivative is 1."
    if u.op == MUL and u.args[0] is MINUS_ONE:
        return "The minus sign in front comes first: it is a constant factor."
    if u.op in (MUL, ADD, DIV) and any(_holds(part, detail, x) for part in u.args):
        first = {MUL: "the product", ADD: "the sum", DIV: "the quotient"}[u.op]
        return f"The marked part is {described(u, x)}: {first} comes first, from outside to inside."
    return ""


def _holds(u: Node, detail: str, x: Node) -> bool:
    return outer_name(u, x) == detail and depends(u, x)


def _inside(u: Node) -> str:
    shown = formula(u)
    return "something longer" if shown == "it" else shown


def _constant_multiple(u: Node, x: Node) -> str:
    if u.op == MUL:
        return f"Every factor moves with {formula(x)}: none of them is a constant."
    if u.op == DIV and not depends(u.args[0], x):
        return (
            "The numerator stands still, but the denominator moves: the reciprocal rule and the "
            "quotient rule both apply."
        )
    if u.op == DIV:
        return "The denominator moves, too: the quotient rule comes first."
    return ""


def _reciprocal(u: Node, x: Node) -> str:
    if u.op != DIV:
        return ""
    if depends(u.args[1], x):
        return f"The numerator moves with {formula(x)} as well: then the quotient rule is needed."
    return "Only the numerator moves; the denominator is a constant factor."


def _product(u: Node, x: Node) -> str:
    if u.op == POW and u.args[0] is x and not depends(u.args[1], x):
        return (
            f"The marked part is {described(u, x)}, and not written as a product: the power rule "
            "does it at once."
        )
    return ""


def _quotient(u: Node, x: Node) -> str:
    if u.op == MUL and any(f.op == DIV for f in u.args):
        return f"The marked part is {described(u, x)}: the fraction is only one of its factors."
    return ""


def _chain(u: Node, x: Node) -> str:
    if u.op == POW and outer_name(u, x) is None:
        return "Base and exponent both move: neither of them is the outer function alone."
    return ""


def _logarithmic(u: Node, x: Node) -> str:
    if u.op != POW:
        return ""
    if depends(u.args[0], x) and not depends(u.args[1], x):
        return "The exponent stands still: the power rule does it, without a logarithm."
    return "The base stands still: the exponential rule does it."


_SPECIAL: dict[str, Reason] = {
    "constant-multiple": _constant_multiple,
    "reciprocal": _reciprocal,
    "product": _product,
    "quotient": _quotient,
    "chain": _chain,
    "logarithmic": _logarithmic,
}


# ── it applies, but ───────────────────────────────────────────────────────────────────────────────


def remark(id_: str, first: str, u: Node, x: Node) -> str:
    """One sentence on the shorter way, ``first``, where a rule applies that is not the shortest."""
    if first == "constant":
        return f"Right; but nothing here moves with {formula(x)}: the derivative is 0 at once."
    if first == "constant-multiple":
        return f"Right; {_what_stands_still(u, x)}, so the constant multiple rule is enough."
    if first == "reciprocal":
        return "Right; only the denominator moves, so the reciprocal rule is shorter."
    if id_ == "chain" and u.op in (FN, POW, APP):
        name = label(*_parts(first)).name
        return f"Right; inside stands {formula(x)} itself, so this is enough: {name}."
    return f"Right; there is a shorter way: {label(*_parts(first)).name}."


def _parts(id_: str) -> tuple[str, str]:
    law, _, detail = id_.partition(":")
    return law, detail


def _what_stands_still(u: Node, x: Node) -> str:
    if u.op == DIV:
        return "the denominator stands still"
    still, _ = still_and_moving(u, x)
    shown = [formula(f) for f in still]
    if "it" in shown or len(mul(*still).free) > 4:
        return "a factor stands still"
    noun, verb = ("factor", "stands") if len(shown) == 1 else ("factors", "stand")
    return f"the {noun} {listed(shown)} {verb} still"
