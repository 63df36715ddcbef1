"""What rules are called, and the law each stands for, for people to read."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.functions import FUNCTIONS
from calc_core.outer import OUTER
from calc_core.rules import LAWS

_STATEMENTS = {law.id: law.statement for law in LAWS}

_NAMES = {
    "gradient": "the gradient collects the partial derivatives in a row",
    "jacobian": "the Jacobian: each component by each variable",
    "hessian": "the Hessian: each first derivative by each variable",
    "composition": "multivariate chain rule: row gradient times Jacobian",
    "constant": "held still: the derivative of a constant is 0",
    "variable": "derivative of the variable itself",
    "sum": "sum rule",
    "constant-multiple": "constant multiple rule",
    "product": "product rule",
    "reciprocal": "reciprocal rule",
    "quotient": "quotient rule",
    "chain": "chain rule",
    "log-of-abs": "logarithm of an absolute value",
    "logarithmic": "logarithmic differentiation",
    "change-of-base": "change of base",
    "root-as-power": "root as a power",
    "extremum": "the branch that is largest or smallest",
    "piecewise": "piece by piece",
    "leibniz": "Leibniz rule for integrals",
    "inner-first": "the inner derivative first",
    "known": "from above",
    "tidy": "tidy up",
    "directional": "directional derivative: gradient times direction",
    "at-point": "put in the point",
    "implicit": "implicit function theorem",
    "length": "the length of the gradient",
    "taylor": "second-order Taylor polynomial",
}

_ELEMENTARY = {
    "power": "power rule",
    "exponential": "exponential rule",
    "unknown-function": "derivative of the unknown function",
    "atan2": "derivative of atan2",
}

_REWRITES = {
    "substitute": "put in the values",
    "matrix-product": "multiply row by column",
    "zero-one": "drop zeros and factors 1",
    "arithmetic": "work out the numbers",
    "powers": "combine powers",
    "brackets": "multiply out",
    "like-terms": "collect like terms",
    "pythagoras": "use sin² + cos² = 1",
    "compound-fraction": "clear the fractions within fractions",
    "absolute": "use |u| sgn u = u",
    "cancel": "cancel common factors",
    "factor": "take out the common factor",
    "values": "use known values",
    "transposes": "use (AB)ᵀ = BᵀAᵀ",
    "symmetry": "use the symmetry",
    "scalars-first": "scalars to the front",
    "identity-factors": "drop the identity",
    "inverses": "use A⁻¹A = I",
    "orthogonal": "use QᵀQ = I",
    "diagonals": "use Diag(a) b = a ⊙ b",
    "sum-of-products": "use 1ᵀ(a ⊙ b) = aᵀb",
    "mixed-product": "use (A ⊗ B)(C ⊗ D) = AC ⊗ BD",
    "vec-product": "use (Bᵀ ⊗ A) vec X = vec(AXB)",
    "own-transpose": "a number is its own transpose",
    "cyclic": "cyclic property of the trace: tr(AB) = tr(BA)",
    "common-factors": "take out the common factor",
    "trace-of-outer": "use tr(abᵀ) = bᵀa",
}

# Rewrites that a reader does without being told.
PLAIN_REWRITES = frozenset(
    ("zero-one", "arithmetic", "powers", "scalars-first", "identity-factors")
)


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a rule and its law in LaTeX (empty where there is none to state)."""

    name: str
    law: str


def label(rule: str, detail: str = "") -> Label:
    """The label of a rule used on an outermost function ``detail``."""
    if rule == "elementary":
        return Label(_elementary(detail), _law(detail))
    if rule == "chain" and detail:
        return Label(f"chain rule, outside: {_outside(detail)}", _composed(detail))
    return Label(_NAMES[rule], _STATEMENTS.get(rule, ""))


def tidy_label(names: tuple[str, ...]) -> Label:
    """The label of a line that was tidied by these rewrites."""
    return Label(rewrite_label(names), "")


def rewrite_label(names: tuple[str, ...]) -> str:
    """What tidying did, as a phrase."""
    if not names:
        return "put the factors in order"
    # What goes without saying is said only where there is nothing else to say.
    names = tuple(name for name in names if name not in PLAIN_REWRITES) or names
    return ", ".join(_REWRITES[name] for name in names)


def rule_ids() -> frozenset[str]:
    """Every rule that has a label."""
    return frozenset(_NAMES) | {"elementary"}


def _elementary(detail: str) -> str:
    return _ELEMENTARY.get(detail) or f"derivative of the {FUNCTIONS[detail].meaning}"


def _outside(detail: str) -> str:
    plain = {"power": "a power", "exponential": "an exponential", "unknown-function": "a function"}
    return plain.get(detail) or f"the {FUNCTIONS[detail].meaning}"


def _composed(detail: str) -> str:
    """The law of an outermost function with something inside it."""
    law = _law(detail)
    # The laws of functions of two arguments have their inner derivatives already.
    return _STATEMENTS["chain"] if not law else law if "partial" in law else rf"{law}\,u'"


def _law(detail: str) -> str:
    return OUTER[detail].statement if detail in OUTER else ""
