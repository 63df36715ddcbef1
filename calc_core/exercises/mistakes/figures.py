"""What is said about figures that were misread."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake

_RISE = r"D_v f = \nabla f \cdot v"
_GRADIENT = r"\nabla f = \left(\frac{\partial f}{\partial x}, \frac{\partial f}{\partial y}\right)"
_AREA = r"\frac{\text{area of the image}}{\text{area of the cell}} = \lvert\det J\rvert"

FIGURES: dict[str, Mistake] = {
    # fields and arrows
    "downhill": Mistake("This runs against the gradient, to where f falls fastest.", _RISE, 0.0),
    "along-level-line": Mistake(
        "This runs along the level lines; there f does not change.", _RISE, 0.0
    ),
    "partials-exchanged": Mistake(
        "The two partial derivatives have changed places: the one by x goes to the right.",
        _GRADIENT,
        0.0,
    ),
    "sign-of-partial": Mistake(
        "One of the two partial derivatives has the wrong sign.", _GRADIENT, 0.0
    ),
    "towards-extremum": Mistake(
        "This arrow points to the top or away from the lowest point. The gradient knows only what "
        "is near: it is perpendicular to the level line here.",
        "",
        0.0,
    ),
    "opposite-function": Mistake(
        "The gradient of this one runs the opposite way: it falls along the arrows.", _RISE, 0.0
    ),
    "variables-exchanged": Mistake(
        "In this one x and y have changed places: look at the arrows on the two axes.", "", 0.0
    ),
    "mirrored-function": Mistake(
        "Along one of the two axes the gradient of this one runs the other way.", _GRADIENT, 0.0
    ),
    "other-function": Mistake(
        "The gradient of this one points elsewhere: look where the arrows turn round or vanish.",
        "",
        0.0,
    ),
    # points on level curves
    "highest-not-steepest": Mistake(
        "Here f is larger than at the right point, but not steeper: look how close the level "
        "lines are.",
        r"\lvert\nabla f\rvert",
        0.0,
    ),
    "flatter": Mistake(
        "Here the level lines lie further apart, so f is flatter.", r"\lvert\nabla f\rvert", 0.0
    ),
    "sign-by-first": Mistake(
        "Go a little to the right of the point, and keep the other variable still: f changes the "
        "other way.",
        "",
        0.3,
    ),
    "sign-by-second": Mistake(
        "Go a little upwards from the point, and keep the other variable still: f changes the "
        "other way.",
        "",
        0.3,
    ),
    "signs-of-both": Mistake(
        "Both signs are the wrong way round: compare the values on both sides of the point.",
        "",
        0.0,
    ),
    # places
    "not-critical": Mistake(
        "The gradient is not 0 here: a single level line passes through, and f rises across it.",
        r"\nabla f = 0",
        0.0,
    ),
    "minimum-clicked": Mistake(
        "The gradient is 0 here, but this is a minimum: f rises on all sides.", "", 0.3
    ),
    "maximum-clicked": Mistake(
        "The gradient is 0 here, but this is a maximum: f falls on all sides.", "", 0.3
    ),
    "saddle-clicked": Mistake(
        "The gradient is 0 here, but this is a saddle: f rises one way and falls another.", "", 0.3
    ),
    "slope-not-zero": Mistake("Here f still rises or falls in this direction.", _RISE, 0.0),
    "zero-in-other-direction": Mistake(
        "Here f stands still, but in the direction across the one that is asked for.", _RISE, 0.2
    ),
    "orientation-kept": Mistake(
        "Here det J is positive: the map keeps the orientation.", r"\det J > 0", 0.0
    ),
    "orientation-turned": Mistake(
        "Here det J is negative: the map reverses the orientation.", r"\det J < 0", 0.0
    ),
    # bending and areas
    "bends-the-other-way": Mistake(
        "Up and down have changed places: positive eigenvalues bend the surface upwards.",
        r"D_v^2 f = v^\top H v",
        0.0,
    ),
    "bends-both-ways": Mistake(
        "That holds in one direction. Look in other directions as well: up in one and down in "
        "another.",
        r"D_v^2 f = v^\top H v",
        0.0,
    ),
    "bends-one-way": Mistake(
        "There is no direction here in which the surface bends the other way.",
        r"D_v^2 f = v^\top H v",
        0.0,
    ),
    "does-not-bend": Mistake(
        "In one direction the surface does not bend at all: there it is straight.",
        r"D_v^2 f = v^\top H v = 0",
        0.0,
    ),
    "bends-everywhere": Mistake(
        "The surface bends in every direction; in none is it straight.",
        r"D_v^2 f = v^\top H v",
        0.0,
    ),
    "orientation-sign": Mistake(
        "The size is right, but not the sign: see whether the two arrows still turn the same way "
        "round.",
        r"\det J < 0 \text{ where the orientation turns}",
        0.4,
    ),
    "area-not-compared": Mistake(
        "This is the area of the image; det J compares it with the area of the cell.", _AREA, 0.3
    ),
    "plus-for-minus": Mistake(
        "The second product of a determinant is subtracted.",
        r"\det\begin{pmatrix} a & b \\ c & d\end{pmatrix} = a d - b c",
        0.2,
    ),
    "one-product": Mistake(
        "A determinant has two products; this is only the first.",
        r"\det\begin{pmatrix} a & b \\ c & d\end{pmatrix} = a d - b c",
        0.2,
    ),
    "other-area": Mistake(
        "Compare the areas once more: count how often the cell fits into its image.", _AREA, 0.0
    ),
}
