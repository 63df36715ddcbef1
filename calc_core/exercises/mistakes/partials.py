"""What is said about wrong plans for a partial derivative and its difference quotient."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake
from calc_core.labels import label

_CONSTANT = label("constant").law
_LIMIT = r"\frac{\partial f}{\partial x}(x, y) = \lim_{h \to 0} \frac{f(x + h, y) - f(x, y)}{h}"

PARTIALS: dict[str, Mistake] = {
    "wrong-variable": Mistake(
        "This is the derivative by another variable: hold *that* one still, and let the one that "
        "is asked for move.",
        _CONSTANT,
    ),
    "not-differentiated": Mistake("This is the function itself, not its derivative.", "", 0.0),
    "differentiated-twice": Mistake("This has been differentiated too often.", "", 0.3),
    "differentiated-once": Mistake("This has not been differentiated often enough.", "", 0.3),
    "all-partials-added": Mistake(
        "The partial derivatives were added up; here only one variable moves.", _CONSTANT, 0.2
    ),
    "not-at-point": Mistake("The derivative is there as a formula; now put the point in.", "", 0.6),
    "coordinates-exchanged": Mistake(
        "The coordinates of the point have changed places: put the first in for the first "
        "variable.",
        "",
        0.6,
    ),
    "point-first": Mistake(
        "Differentiate first, and put the point in afterwards: a number does not move, and its "
        "derivative is 0.",
        _CONSTANT,
        0.1,
    ),
}

QUOTIENTS: dict[str, Mistake] = {
    "limit-at-once": Mistake(
        "This is the limit already; the quotient itself is asked for, which still holds $h$.",
        _LIMIT,
        0.4,
    ),
    "all-variables-moved": Mistake(
        "All variables were moved by $h$; for a partial derivative only one moves.", _LIMIT
    ),
    "wrong-variable-moved": Mistake(
        "The other variable was moved by $h$: look which one the quotient moves.", _LIMIT
    ),
    "value-not-subtracted": Mistake(
        "The value at the point itself must be subtracted before dividing by $h$.", _LIMIT
    ),
    "value-added": Mistake(
        "The value at the point itself is subtracted in the quotient, not added.", _LIMIT
    ),
    "not-divided-by-h": Mistake(
        "The difference is right; it is still to be divided by $h$.", _LIMIT, 0.5
    ),
    "h-added-to-value": Mistake(
        "The $h$ is added to the variable inside the function, not to the value of the function.",
        _LIMIT,
        0.1,
    ),
    "power-of-sum": Mistake(
        "A power of $x + h$ is not the sum of the powers: multiply it out.",
        r"(x + h)^2 = x^2 + 2xh + h^2",
    ),
    "higher-powers-lost": Mistake(
        "The terms with higher powers of $h$ belong to the quotient as long as $h$ is not 0.",
        _LIMIT,
        0.5,
    ),
    "h-not-cancelled": Mistake(
        "The value is right, but $h$ still divides: cancel it, so that $h = 0$ can be put in.",
        _LIMIT,
        0.6,
    ),
}
