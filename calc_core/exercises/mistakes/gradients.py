"""What is said about wrong plans for gradients, directions and slopes."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake

_GRADIENT = (
    r"\nabla f = \left(\frac{\partial f}{\partial x_1}, \dots, "
    r"\frac{\partial f}{\partial x_n}\right)"
)
_SLOPE = r"D_v f = \nabla f \cdot \frac{v}{\lvert v \rvert}"
_STEEPEST = r"D_v f \le \lvert \nabla f \rvert, \text{ with equality along } \nabla f"

GRADIENTS: dict[str, Mistake] = {
    "gradient-added": Mistake(
        "The partial derivatives were added up; a gradient keeps them side by side.", _GRADIENT
    ),
    "length-without-root": Mistake(
        "This is the square of the length: the root is still to be taken.",
        r"\lvert v \rvert = \sqrt{v_1^2 + \dots + v_n^2}",
        0.5,
    ),
    "components-added": Mistake(
        "The length of a vector is not the sum of its components.",
        r"\lvert v \rvert = \sqrt{v_1^2 + \dots + v_n^2}",
    ),
    "gradient-for-rate": Mistake(
        "This is the direction; the slope in it is a number, the length of the gradient.",
        _STEEPEST,
        0.5,
    ),
    "rate-for-direction": Mistake("This is the slope; a direction is a vector.", _STEEPEST, 0.4),
    "not-normalised": Mistake(
        "The vector of a direction has length 1 here: divide it by its length.", _SLOPE, 0.6
    ),
    "divided-by-square": Mistake(
        "Divide by the length of the vector, not by the square of its length.", _SLOPE, 0.5
    ),
    "other-way": Mistake(
        "This is the opposite direction: the gradient points to where the function grows.",
        _STEEPEST,
        0.5,
    ),
    "along-the-level-line": Mistake(
        "In this direction the value does not change at first: it runs along the level line, at a "
        "right angle to the gradient.",
        _STEEPEST,
        0.2,
    ),
    "length-of-gradient": Mistake(
        "This is the largest slope of all; in another direction the slope is the scalar product "
        "with the unit vector.",
        _SLOPE,
    ),
    "products-not-added": Mistake(
        "A scalar product is a number: the products of the components are added up.", _SLOPE, 0.5
    ),
    "direction-exchanged": Mistake(
        "The components of the direction have changed places.", _SLOPE, 0.5
    ),
}
