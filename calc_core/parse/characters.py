"""Every character that may stand in a formula, and why another one may not.

Characters are folded one to one, so that a column in the folded text is a column in the text as
typed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from calc_core.errors import InputError

_ALIKE = {
    "-": "−–—‐‑‒―﹣➖",
    "+": "➕﹢",
    "*": "×·⋅∗∙•✕✖⨯⨉・\u2062",
    "/": "÷∕⁄➗",
    "^": "ˆ⌃˄ꞈ",
    "|": "∣❘｜￨",
    "'": "‘’ʼ´′‛ʹ＇",
    '"': "“”„″＂",
    ",": "，、\u2063",
    ".": "。．",
    "<": "‹",
    ">": "›",
    "=": "﹦＝",
    "→": "⟶⇒",
    "↦": "⟼",
    "≤": "⩽≦⪯",
    "≥": "⩾≧⪰",
    "≠": "≢",
    "⟨": "〈⟪《",
    "⟩": "〉⟫》",
    "‖": "∥",
    "Ω": "\u2126",
    "Δ": "∆",
    "μ": "\u00b5",
    "φ": "ϕ",
    "ε": "ϵ",
    "θ": "ϑ",
    "ρ": "ϱ",
    "κ": "ϰ",
    "σ": "ς",
    "π": "ϖ",
    "l": "ℓ",
    "d": "ⅆ",
    "e": "ⅇℯ",
    "i": "ⅈı",
    "h": "ℎ",
    # An invisible "function application" (MathML) and the variation selectors of emoji say nothing.
    " ": "\u2061\ufe0e\ufe0f\t\n\r\f\v\u2028\u2029\x85",
}
_FOLD = {ord(odd): plain for plain, odds in _ALIKE.items() for odd in odds}

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}  # fmt: skip
"""Greek letters by character; their names are the canonical ones."""

_SYMBOLS = frozenset("≤≥≠∧∨¬√∛∜∫∞∂∇±∓°º∑∏…∬∭∮⟨⟩⌊⌋⌈⌉↦→‖∈ℝ")

_LOOKS_LIKE: dict[str, str] = {
    pair[0]: pair[1]
    for pairs in (
        "аa вb сc ԁd еe ѐe ёe һh іi їi јj кk ӏl мm пn оo рp ԛq гr ѕs тt цu ѵv ԝw хx ҳx уy ўy зz",
        "АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT ХX УY",
        "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΧX οo ɑa օo սu ⅹx ⅴv ⅼl ⅽc ⅾd ⅿm ⅰi ⅩX ⅤV",
    )
    for pair in pairs.split()
}
"""The Latin letter that each of these is mistaken for."""


def fold(text: str, also: Collection[str] = ()) -> str:
    """The text with look-alike signs made one; raises InputError at a character of no use.

    ``also`` are characters that stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        [char if char in also else _folded(char, column) for column, char in enumerate(text)]
    )


def _folded(char: str, column: int) -> str:
    if " " <= char <= "~":
        return char
    plain = _FOLD.get(ord(char))
    if plain is not None:
        return plain
    if char in GREEK or char in _SYMBOLS or script(char):
        return char
    if unicodedata.category(char) == "Zs":
        return " "
    # Letters of mathematical alphabets (𝑥) and full-width forms (ｘ) come with pasted text.
    if 0x1D400 <= ord(char) <= 0x1D7FF or 0xFF01 <= ord(char) <= 0xFF5E:
        same = unicodedata.normalize("NFKC", char)
        if same.isascii() or same in GREEK:
            return same
    if unicodedata.decomposition(char).startswith("<fraction>") and numeric(char):
        return char
    raise _refusal(char, column)


def script(char: str) -> str:
    """``"super x"`` or ``"sub x"`` for a raised or lowered x; else an empty string."""
    if char in "ªº™℠":
        return ""
    kind, _, _ = unicodedata.decomposition(char).partition(" ")
    if kind not in ("<super>", "<sub>"):
        return ""
    plain = unicodedata.normalize("NFKC", char).replace("−", "-")
    known = len(plain) == 1 and (plain.isascii() or plain in GREEK)
    return f"{kind[1:-1]} {plain}" if known else ""


def numeric(char: str) -> tuple[int, int] | None:
    """Numerator and denominator of ½ and the like."""
    top, slash, bottom = unicodedata.normalize("NFKC", char).partition("⁄")
    if slash and top.isascii() and top.isdigit() and bottom.isascii() and bottom.isdigit():
        return (int(top), int(bottom)) if int(bottom) else None
    return None


def _refusal(char: str, column: int) -> InputError:
    code = f"U+{ord(char):04X}"
    category = unicodedata.category(char)
    like = _LOOKS_LIKE.get(char[0])
    if like:
        alphabet = unicodedata.name(char, "OTHER").split()[0].title()
        message = f"This looks like {like} but is another letter ({alphabet} {char})."
        return InputError(message, column, f"Type {like} on a Latin keyboard.")
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        kind = "an invisible character" if category in ("Cc", "Cf") else "no character at all"
        return InputError(
            f"There is {kind} here ({code}).", column, "Delete it, or type the formula again."
        )
    name = unicodedata.name(char, code).lower()
    shown = f"“{char}” ({name})" if char.isprintable() and not category.startswith("M") else name
    return InputError(f"The character {shown} has no meaning in a formula.", column)
