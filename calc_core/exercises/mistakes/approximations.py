"""What is said about wrong plans for tangent planes, estimates and Taylor polynomials."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake

_PLANE = r"f(x) \approx f(a) + \nabla f(a)\,(x - a)"
_TAYLOR = r"f(x) \approx f(a) + \nabla f(a)\,(x - a) + \tfrac12 (x - a)^\top H(a)\,(x - a)"

APPROXIMATIONS: dict[str, Mistake] = {
    "height-forgotten": Mistake(
        "The value at the point itself is missing: everything starts from there.", _PLANE, 0.5
    ),
    "height-only": Mistake(
        "This is the value at the point itself; the steps away from it are still to be added.",
        _PLANE,
        0.2,
    ),
    "not-shifted": Mistake(
        "The derivatives are multiplied by the steps away from the point, $x - a$, not by $x$.",
        _PLANE,
        0.4,
    ),
    "shifted-the-wrong-way": Mistake(
        "A step away from the point is $x - a$; look at its sign.", _PLANE, 0.5
    ),
    "derivative-not-at-point": Mistake(
        "The derivatives are to be taken at the point, so that they are numbers.", _PLANE, 0.4
    ),
    "height-not-at-point": Mistake(
        "The first term is the value at the point, a number, not the function itself.", _PLANE
    ),
    "slopes-exchanged": Mistake(
        "The two partial derivatives have changed places: each goes with the step in its own "
        "variable.",
        _PLANE,
        0.4,
    ),
    "gradient-for-plane": Mistake(
        "This is the gradient; the plane is built from it and from the value at the point.",
        _PLANE,
        0.3,
    ),
    "function-for-plane": Mistake(
        "This is the function itself; asked for is its tangent plane, a formula of first degree "
        "in the steps away from the point.",
        _PLANE,
        0.0,
    ),
    "function-for-polynomial": Mistake(
        "This is the function itself; asked for is its polynomial of second order at the point.",
        _TAYLOR,
        0.0,
    ),
    "exact-value": Mistake(
        "This is the value of the function itself; the linear approximation replaces the function "
        "by its tangent plane.",
        _PLANE,
        0.3,
    ),
    "step-sign-lost": Mistake("A step to a smaller coordinate is negative.", _PLANE, 0.5),
    "one-step-only": Mistake(
        "Both variables take a step; one of the two terms is missing.", _PLANE, 0.4
    ),
    "steps-not-multiplied": Mistake(
        "Each partial derivative is multiplied by the step in its variable.", _PLANE
    ),
    "half-forgotten": Mistake("The factor ½ of the second-order part is missing.", _TAYLOR, 0.5),
    "half-on-squares-forgotten": Mistake(
        "The squares have the factor ½; only the mixed term loses it, since it comes twice.",
        _TAYLOR,
        0.5,
    ),
    "cross-term-once": Mistake(
        "The mixed term comes twice, once for each order, so that the ½ cancels there.",
        _TAYLOR,
        0.5,
    ),
    "cross-term-twice": Mistake(
        "The mixed term comes twice, and the ½ takes that back: it was counted too often.",
        _TAYLOR,
        0.5,
    ),
    "cross-term-forgotten": Mistake(
        "The mixed second derivative has a term as well.", _TAYLOR, 0.5
    ),
    "first-order-only": Mistake(
        "This is the polynomial of first order; the second derivatives are still to come.",
        _TAYLOR,
        0.4,
    ),
    "linear-terms-forgotten": Mistake("The terms of first order are missing.", _TAYLOR, 0.4),
}
