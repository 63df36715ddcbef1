"""What is said about each mistake: kindly, with the law that was meant, and without the answer."""

from __future__ import annotations

from calc_core.exercises.figure_mistakes import FIGURE_MISTAKES
from calc_core.exercises.matrix_mistakes import MATRIX_MISTAKES
from calc_core.exercises.mistake import Mistake
from calc_core.exercises.plan_mistakes import PLAN_MISTAKES
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

LAW_MISTAKES: dict[str, Mistake] = {
    "inner-derivative-forgotten": Mistake(
        "The outer function is differentiated rightly{where}, but the factor that the chain rule "
        "takes from inside is missing.",
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
        "The numerator of the quotient rule is right{where}, but the denominator is missing.",
        _QUOTIENT,
        0.5,
    ),
    "quotient-denominator-held": Mistake(
        "The denominator moves, too{where}: it must be differentiated as well.", _QUOTIENT
    ),
    "reciprocal-sign": Mistake(
        "The derivative of a reciprocal has a minus sign{where}: when the denominator grows, the "
        "fraction falls.",
        _law("reciprocal"),
        0.5,
    ),
    "negative-exponent": Mistake(
        "A variable below the bar has a negative exponent{where}, and taking 1 from it leads "
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
        "The derivative of the tangent is the square of a function{where}.",
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
        "Below the bar of the derivative of the arctangent stands a plus{where}.",
        _law("elementary", "atan"),
        0.5,
    ),
    "power-rule-on-exponential": Mistake(
        "The power rule was used on an exponential{where}: here the variable is in the exponent, "
        "and the base stands still.",
        _EXPONENTIAL,
    ),
    "logarithm-of-base-forgotten": Mistake(
        "An exponential whose base is not e brings the logarithm of its base{where}.",
        _EXPONENTIAL,
        0.5,
    ),
    "exponent-not-reduced": Mistake(
        "The exponent came to the front{where}, but what remains has the exponent less 1.",
        _POWER,
        0.4,
    ),
    "exponent-not-in-front": Mistake(
        "The exponent was made less by 1{where}, but it also comes to the front as a factor.",
        _POWER,
        0.4,
    ),
    "exponent-raised": Mistake(
        "Differentiating takes 1 from the exponent{where}; here it was raised.", _POWER
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
        "Another variable was differentiated, too{where}: for a partial derivative all others are "
        "held still.",
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

# Seen from the answer alone.
ANSWER_MISTAKES: dict[str, Mistake] = {
    "sign": Mistake("All but the sign is right.", "", 0.6),
    "factor": Mistake("This is right but for a constant factor.", "", 0.5),
    "letter-factor": Mistake("This is right but for a power of a letter{where}.", "", 0.4),
    "denominator-missing": Mistake("This is the numerator; the denominator is missing.", "", 0.5),
    "denominator-changed": Mistake("All is right but what stands below the bar{where}.", "", 0.4),
    "added-constant": Mistake("This is right but for a constant that was added.", "", 0.5),
    "integration-constant": Mistake(
        "A derivative has no constant of integration; that belongs to antiderivatives.", "", 0.5
    ),
    "arithmetic": Mistake(
        "Nearly: the form is right, but one number is not. Work the numbers{where} out once more.",
        "",
        0.7,
    ),
    "term-missing": Mistake("What is there is right, but a term is missing.", _SUM, 0.5),
    "term-too-many": Mistake("There is a term too many{where}.", _SUM, 0.5),
    "term-wrong": Mistake("Nearly: all terms but one are right. Look again{where}.", _SUM, 0.4),
    "rounded": Mistake(
        "This is rounded. Write it exactly, as a fraction such as 1/3 or with a root such as √2.",
        "",
        0.8,
    ),
    "narrower": Mistake(
        "The values agree where both are defined, but the answer is defined at fewer points than "
        "the function: look at its roots, logarithms and denominators.",
        "",
        0.7,
    ),
    "unsimplified": Mistake("Right, and it can be written more simply.", "", 0.9),
    "not-worked-out": Mistake("Right so far; work it out to a single number.", "", 0.9),
    "transposed": Mistake(
        "The right entries, but rows and columns have changed places: a row belongs to each "
        "function, a column to each variable.",
        r"J_{ij} = \frac{\partial f_i}{\partial x_j}",
        0.5,
    ),
    "column-for-row": Mistake(
        "The right entries, but as a column: a gradient is a row here.",
        _law("gradient"),
        0.8,
    ),
    "row-for-column": Mistake(
        "The right entries, but as a row: the derivative of a vector function by one variable is "
        "a column.",
        r"J_{ij} = \frac{\partial f_i}{\partial x_j}",
        0.8,
    ),
    "order": Mistake(
        "The right entries, but not in the order of the variables.", _law("gradient"), 0.5
    ),
    "shape": Mistake("The answer has another shape.", "", 0.0),
    "other-name": Mistake(
        "The right side is what is asked for, but the left side names something else.", "", 0.8
    ),
    "other-derivative": Mistake(
        "This is right for what the left side names, but something else is asked for.", "", 0.3
    ),
    "foreign-letter": Mistake(
        "Look again{where}: there is a letter that does not occur in the exercise.", "", 0.0
    ),
    "undefined": Mistake("The answer has no value where the function has one.", "", 0.0),
    "unknown": Mistake(
        "This is not right yet. It is none of the usual mistakes; a hint shows the next step.",
        "",
        0.0,
    ),
}

MISTAKES: dict[str, Mistake] = {
    **LAW_MISTAKES,
    **PLAN_MISTAKES,
    **ANSWER_MISTAKES,
    **MATRIX_MISTAKES,
    **FIGURE_MISTAKES,
}
