"""Numbers as they are written on a page."""

from __future__ import annotations

from math import isfinite, isnan

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def numeral(value: float, digits: int = 4) -> str:
    """The value to so many significant digits, with a true minus sign.

    >>> numeral(-1.23456), numeral(2.0), numeral(1.5e-7), numeral(float("nan"))
    ('−1.235', '2', '1.5×10⁻⁷', 'undefined')
    """
    if isnan(value):
        return "undefined"
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{digits}g}"
    mantissa, _, exponent = text.partition("e")
    if exponent:
        mantissa += f"×10{str(int(exponent)).translate(SUPERSCRIPT)}"
    return "0" if mantissa == "-0" else mantissa.replace("-", "−")


def vector(values: object, digits: int = 4) -> str:
    """(a, b, …) of a row of numbers."""
    return f"({', '.join(numeral(float(v), digits) for v in values)})"  # type: ignore[attr-defined]
