"""What a person may have meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

MEANT: dict[str, str] = {
    "atn": "arctan", "arctn": "arctan", "arctang": "arctan", "atang": "arctan", "atg": "arctan",
    "sine": "sin", "sinus": "sin", "sni": "sin", "sn": "sin", "sim": "sin", "sinn": "sin",
    "cosine": "cos", "cosinus": "cos", "cso": "cos", "coss": "cos", "cs": "cos", "cosin": "cos",
    "tangent": "tan", "tangens": "tan", "tn": "tan", "tann": "tan", "tna": "tan",
    "arcsine": "arcsin", "arccosine": "arccos", "arctangent": "arctan", "asn": "arcsin",
    "acs": "arccos", "invsin": "arcsin", "invcos": "arccos", "invtan": "arctan",
    "squareroot": "sqrt", "sqr": "sqrt", "sqroot": "sqrt", "rt": "sqrt", "squrt": "sqrt",
    "sqrtt": "sqrt", "srqt": "sqrt", "qsrt": "sqrt", "rad": "sqrt", "wurzel": "sqrt",
    "exponential": "exp", "expo": "exp", "epx": "exp", "xep": "exp",
    "logarithm": "ln", "nlog": "ln", "natlog": "ln", "lnn": "ln", "lon": "ln", "lgo": "log",
    "absolute": "abs", "absval": "abs", "modulus": "abs", "fabs": "abs",
    "norm": "abs", "betrag": "abs", "cosecant": "csc", "secant": "sec", "cotangent": "cot",
    "maximum": "max", "minimum": "min", "fact": "factorial", "fakt": "factorial",
    "arctan2": "atan2", "heavisidetheta": "heaviside", "unitstep": "heaviside", "step": "heaviside",
    "phytagoras": "hypot", "frac": "\\frac",
}  # fmt: skip
"""Common slips and words of other languages, with the function that was meant."""

_DERIVES = "The app differentiates by itself: type only the function."
_INFINITY = "Infinity is not a number to calculate with."
_ONLY = "Type only the function, such as x^2 y + sin y."

_DERIVATIVES = """
    diff derivative deriv grad gradient nabla jacobian hessian partial del differentiate laplacian
    curl div
"""
_NO_PART = """
    find the of let compute calculate with given solve function is plot simplify import exec eval
    def return print open class system getattr while globals locals builtins compile input
    subprocess from none self var const new
"""

REFUSED: dict[str, tuple[str, str]] = {
    **dict.fromkeys(_DERIVATIVES.split(), ("A derivative cannot be typed here.", _DERIVES)),
    **{word: (f"The word “{word}” is no part of a formula.", _ONLY) for word in _NO_PART.split()},
    "inf": (_INFINITY, "Write a letter or a large number in its place."),
    "infinity": (_INFINITY, "Write a letter or a large number in its place."),
    "oo": (_INFINITY, "Write a letter or a large number in its place."),
    "infty": (_INFINITY, "Write a letter or a large number in its place."),
    "nan": ("“nan” is no number.", ""),
    "sinc": ("The function sinc is not known.", "Write sin(x)/x."),
    "mod": ("The remainder (mod) is not known.", "Write x - 2 floor(x/2) for x mod 2."),
    "gcd": ("The function gcd is not known.", ""),
    "lcm": ("The function lcm is not known.", ""),
    "sum": ("Sums cannot be read yet.", "Write the terms out: x_1 + x_2 + x_3."),
    "prod": ("Products cannot be read yet.", "Write the factors out: x_1 x_2 x_3."),
    "lim": ("A limit cannot be read.", "Type only the function."),
    "limit": ("A limit cannot be read.", "Type only the function."),
    "det": ("A determinant cannot be read here.", "Matrices have their own page."),
    "tr": ("A trace cannot be read here.", "Matrices have their own page."),
    "round": ("The function round is not known.", "Write floor(x + 1/2)."),
    "binomial": ("A binomial coefficient cannot be read yet.", "Write it with factorials."),
    "deg": ("Angles are in radians.", "Write x pi/180 for x degrees."),
    "plus": ("The sign + was written as a word.", "Write +."),
    "minus": ("The sign - was written as a word.", "Write -."),
    "times": ("The sign * was written as a word.", "Write *."),
    "over": ("A fraction was written as a word.", "Write /."),
    "squared": ("A power was written as a word.", "Write x^2."),
    "cubed": ("A power was written as a word.", "Write x^3."),
}  # fmt: skip
"""Words that are understood, and why they cannot be used."""


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that was most likely meant, or an empty string."""
    lower = word.lower()
    if lower in MEANT:
        return MEANT[lower]
    # Short words resemble many: for them a single slip is all that may be guessed.
    if len(word) < 4:
        return next((name for name in sorted(known) if one_slip_apart(lower, name)), "")
    close = get_close_matches(lower[:24], known, n=1, cutoff=0.65)
    return close[0] if close else ""


def one_slip_apart(a: str, b: str) -> bool:
    """Whether one letter changed, added, dropped or swapped with the next makes b of a."""
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if len(a) + 1 == len(b):
        return any(b[:i] + b[i + 1 :] == a for i in range(len(b)))
    if len(a) != len(b):
        return False
    wrong = [i for i, (p, q) in enumerate(zip(a, b, strict=True)) if p != q]
    if len(wrong) == 1:
        return True
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(a) == sorted(b)
