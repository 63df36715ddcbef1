"""Names of variables as a reader writes them: x_1 is x₁, theta is θ."""

from __future__ import annotations

from collections.abc import Mapping

from calc_core.geometry import numeral

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
SUBSCRIPT = str.maketrans("0123456789aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


def pretty(name: str) -> str:
    """The name in Unicode.

    >>> [pretty(name) for name in ("x", "x_1", "theta", "alpha_12", "x_max", "x_Q")]
    ['x', 'x₁', 'θ', 'α₁₂', 'xₘₐₓ', 'x_Q']
    """
    stem, _, index = name.partition("_")
    stem = GREEK.get(stem, stem)
    if not index:
        return stem
    below = index.translate(SUBSCRIPT)
    # All of the index goes down, or none of it: half would be misread.
    return stem + below if not set(below) & set(index) else f"{stem}_{GREEK.get(index, index)}"


def equations(values: Mapping[str, float], separator: str = ", ") -> str:
    """Equations such as x = 1, y = 2."""
    return separator.join(f"{pretty(name)} = {numeral(v)}" for name, v in values.items())
