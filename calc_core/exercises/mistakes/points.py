"""What is said about wrong plans for equations and critical points."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake

_IMPLICIT = (
    r"\frac{\mathrm{d}y}{\mathrm{d}x} = "
    r"-\frac{\partial F/\partial x}{\partial F/\partial y}"
)
_CRITICAL = r"\nabla f = 0"
_KINDS = (
    r"\det H < 0: \text{ saddle point}; \quad "
    r"\det H > 0: \text{ minimum for } f_{xx} > 0, \text{ maximum for } f_{xx} < 0"
)

EQUATIONS: dict[str, Mistake] = {
    "implicit-sign-lost": Mistake(
        "The minus sign is missing: it comes from bringing one term to the other side.",
        _IMPLICIT,
        0.6,
    ),
    "implicit-upside-down": Mistake(
        "The fraction is upside down: the derivative by the dependent variable divides.",
        _IMPLICIT,
        0.4,
    ),
    "implicit-upside-down-without-sign": Mistake(
        "The fraction is upside down, and the minus sign is missing.", _IMPLICIT
    ),
    "dependent-held-still": Mistake(
        "The dependent variable moves as well: the equation is differentiated by it, too.",
        _IMPLICIT,
    ),
}

POINTS: dict[str, Mistake] = {
    "point-missing": Mistake("At least one point is missing.", _CRITICAL, 0.5),
    "gradient-not-zero": Mistake(
        "At one of these points at least, the gradient is not 0.", _CRITICAL
    ),
    "one-equation-only": Mistake(
        "Both partial derivatives must be 0 at the same point.", _CRITICAL, 0.4
    ),
    "points-exchanged": Mistake(
        "The coordinates have changed places: the first is that of the first variable.",
        _CRITICAL,
        0.5,
    ),
    "kind-not-said": Mistake("The kind of a point is still to be said.", _KINDS, 0.6),
    "extrema-exchanged": Mistake("Minimum and maximum are exchanged.", _KINDS, 0.5),
    "saddle-as-extremum": Mistake(
        "Where the determinant of the Hessian is negative there is no extremum.", _KINDS, 0.5
    ),
    "extremum-as-saddle": Mistake(
        "Where the determinant of the Hessian is positive there is an extremum, not a saddle.",
        _KINDS,
        0.5,
    ),
    "kind-wrong": Mistake("The kind of some point is not right.", _KINDS, 0.5),
    "choice": Mistake("Another option was chosen.", "", 0.0),
}
