"""What is said of what is seen from an answer alone."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake
from calc_core.labels import label

_SUM = label("sum").law
_GRADIENT = label("gradient").law

ANSWERS: dict[str, Mistake] = {
    "sign": Mistake("All but the sign is right.", "", 0.6, among="The sign is wrong."),
    "factor": Mistake(
        "This is right but for a constant factor.",
        "",
        0.5,
        among="A constant factor is wrong.",
    ),
    "letter-factor": Mistake(
        "This is right but for a power of a letter{where}.",
        "",
        0.4,
        among="A power of a letter is wrong.",
    ),
    "denominator-missing": Mistake(
        "This is the numerator; the denominator is missing.",
        "",
        0.5,
        among="The denominator is missing.",
    ),
    "denominator-changed": Mistake("What stands below the bar is not right{where}.", "", 0.4),
    "added-constant": Mistake(
        "This is right but for a constant that was added.",
        "",
        0.5,
        among="A constant was added.",
    ),
    "integration-constant": Mistake(
        "A derivative has no constant of integration; that belongs to antiderivatives.", "", 0.5
    ),
    "arithmetic": Mistake(
        "Nearly: the form is right, but one number is not. Check the numbers{where}.",
        "",
        0.7,
        among="One number is wrong.",
    ),
    "term-missing": Mistake(
        "What is there is right, but a term is missing.",
        _SUM,
        0.5,
        among="A term is missing.",
    ),
    "term-too-many": Mistake("There is a term too many{where}.", _SUM, 0.5),
    "term-wrong": Mistake(
        "Nearly: all terms but one are right. Look again{where}.",
        _SUM,
        0.4,
        among="One term is wrong.",
    ),
    "rounded": Mistake(
        "This is rounded. Write it exactly, for example as a fraction such as 1/3 or with a root "
        "such as √2.",
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
    "not-worked-out": Mistake("Right so far; now work it out to a single number.", "", 0.9),
    "transposed": Mistake(
        "The right entries, but rows and columns have changed places: a row belongs to each "
        "function, a column to each variable.",
        r"J_{ij} = \frac{\partial f_i}{\partial x_j}",
        0.5,
        among="Rows and columns have changed places.",
    ),
    "column-for-row": Mistake(
        "The right entries, but as a column: a gradient is a row here.",
        _GRADIENT,
        0.8,
        among="It is written as a column; a gradient is a row here.",
    ),
    "row-for-column": Mistake(
        "The right entries, but as a row: the derivative of a vector function by one variable is "
        "a column.",
        r"J_{ij} = \frac{\partial f_i}{\partial x_j}",
        0.8,
        among="It is written as a row, where a column is asked for.",
    ),
    "order": Mistake(
        "The right entries, but not in the order of the variables.",
        _GRADIENT,
        0.5,
        among="The entries are not in the order of the variables.",
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
