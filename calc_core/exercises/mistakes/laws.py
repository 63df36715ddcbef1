"""What is said about wrong laws."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake
from calc_core.labels import label


def _law(rule: str, detail: str = "") -> str:
    return label(rule, detail).law


_CHAIN = _law("chain")
_PRODUCT = _law("product")
_QUOTIENT = _law("quotient")
_MULTIPLE = _law("constant-multiple")
_POWER = _law("elementary", "power")
_EXPONENTIAL = _law("elementary", "exponential")
_CONSTANT = _law("constant")
_SUM = _law("sum")

LAWS: dict[str, Mistake] = {
    "inner-derivative-forgotten": Mistake(
        "The inner derivative is missing{where}; by the chain rule it is a factor.",
        _CHAIN,
        0.4,
    ),
    "outer-not-differentiated": Mistake(
        "The inner derivative is there{where}, but the outer function was left as it is.", _CHAIN
    ),
    "derivative-inside": Mistake(
        "The derivative was put inside the function{where}: the outer derivative is taken at the "
        "inner function itself, and the inner derivative is a factor.",
        _CHAIN,
    ),
    "inner-derivative-added": Mistake(
        "The inner derivative was added{where}; it is a factor.", _CHAIN
    ),
    "inside-changed": Mistake(
        "What stands inside a function was changed{where}; the chain rule leaves it as it is.",
        _CHAIN,
        0.4,
    ),
    "power-of-derivative": Mistake(
        "The base was differentiated under its exponent{where}; the power itself comes first.",
        _CHAIN,
    ),
    "product-of-derivatives": Mistake(
        "The derivative of a product is not the product of the derivatives{where}.", _PRODUCT
    ),
    "product-term-forgotten": Mistake(
        "The product rule has two terms{where}, and one of them is missing: each factor gets its "
        "turn.",
        _PRODUCT,
        0.4,
    ),
    "product-with-minus": Mistake(
        "The two terms of the product rule are added{where}; the minus belongs to the quotient "
        "rule.",
        _PRODUCT,
        0.5,
    ),
    "product-as-sum": Mistake(
        "The product was differentiated as if it were a sum{where}: the factors that wait their "
        "turn must stay.",
        _PRODUCT,
    ),
    "quotient-with-plus": Mistake(
        "In the quotient rule the second term is subtracted{where}.", _QUOTIENT, 0.5
    ),
    "quotient-turned-round": Mistake(
        "The two terms above the bar have changed places{where}: the derivative of the numerator "
        "comes first, and the sign depends on it.",
        _QUOTIENT,
        0.5,
    ),
    "quotient-of-derivatives": Mistake(
        "The derivative of a quotient is not the quotient of the derivatives{where}.", _QUOTIENT
    ),
    "quotient-not-squared": Mistake(
        "The denominator of the quotient rule is squared{where}.", _QUOTIENT, 0.5
    ),
    "quotient-without-denominator": Mistake(
        "In the quotient rule the square of the denominator stands below the bar{where}; it is "
        "missing.",
        _QUOTIENT,
        0.5,
    ),
    "quotient-denominator-held": Mistake(
        "The denominator moves as well{where}: it must be differentiated, too.", _QUOTIENT
    ),
    "reciprocal-sign": Mistake(
        "The derivative of a reciprocal has a minus sign{where}: when the denominator grows, the "
        "fraction falls.",
        _law("reciprocal"),
        0.5,
    ),
    "negative-exponent": Mistake(
        "A variable below the bar has a negative exponent{where}, and lowering it by 1 leads "
        "further away from 0.",
        _POWER,
        0.4,
    ),
    "cosine-sign": Mistake(
        "The derivative of the cosine has a minus sign{where}.", _law("elementary", "cos"), 0.6
    ),
    "sine-sign": Mistake(
        "The derivative of the sine has no minus sign{where}.", _law("elementary", "sin"), 0.6
    ),
    "hyperbolic-sign": Mistake(
        "The derivative of cosh has no minus sign{where}, unlike that of cos.",
        _law("elementary", "cosh"),
        0.6,
    ),
    "tangent-not-squared": Mistake(
        "The derivative of the tangent is a square{where}.",
        _law("elementary", "tan"),
        0.5,
    ),
    "root-without-half": Mistake(
        "The factor ½ of the derivative of a root is missing{where}.",
        _law("elementary", "sqrt"),
        0.5,
    ),
    "root-not-below": Mistake(
        "A root is the power ½, and its derivative the power −½{where}: the root goes below the "
        "bar.",
        _law("elementary", "sqrt"),
    ),
    "root-lost": Mistake(
        "What stands below the bar keeps its root{where}.", _law("elementary", "sqrt"), 0.4
    ),
    "arctangent-sign": Mistake(
        "In the derivative of the arctangent a plus stands below the bar{where}.",
        _law("elementary", "atan"),
        0.5,
    ),
    "power-rule-on-exponential": Mistake(
        "The power rule was used on an exponential{where}: here the variable is in the exponent, "
        "and the base stands still.",
        _EXPONENTIAL,
    ),
    "logarithm-of-base-forgotten": Mistake(
        "The derivative of an exponential whose base is not e has the logarithm of the base as a "
        "factor{where}.",
        _EXPONENTIAL,
        0.5,
    ),
    "exponent-not-reduced": Mistake(
        "The exponent came to the front{where}; what remains must have the exponent less 1.",
        _POWER,
        0.4,
    ),
    "exponent-not-in-front": Mistake(
        "The exponent was lowered by 1{where}; it must also come to the front as a factor.",
        _POWER,
        0.4,
    ),
    "exponent-raised": Mistake(
        "Differentiating lowers the exponent by 1{where}; here it was raised.", _POWER
    ),
    "lost-constant": Mistake(
        "A constant factor was lost{where}: it stays in front of the derivative.", _MULTIPLE, 0.5
    ),
    "held-factor-lost": Mistake(
        "A factor that is held still was lost{where}: it counts as a constant, and stays.",
        _MULTIPLE,
        0.4,
    ),
    "held-factor-to-zero": Mistake(
        "A factor that is held still was differentiated to 0{where}: a constant *factor* stays, "
        "only a constant *term* becomes 0.",
        _MULTIPLE,
    ),
    "other-variable-moves": Mistake(
        "Another variable was differentiated as well{where}: for a partial derivative all others "
        "are held still.",
        _CONSTANT,
    ),
    "constant-kept": Mistake(
        "A term that does not move was kept{where}; its derivative is 0.", _CONSTANT, 0.4
    ),
    "constant-to-one": Mistake(
        "A term that does not move became 1{where}; its derivative is 0.", _CONSTANT, 0.4
    ),
    "minus-lost": Mistake("A minus sign was lost on the way{where}.", _MULTIPLE, 0.6),
    "left-as-it-is": Mistake("A part was not differentiated{where}.", _SUM, 0.4),
    "integral": Mistake("This is an integral; the derivative is asked for.", "", 0.1),
}
