"""The gradient of a function of several variables."""

import numpy as np

from calc_core import Expression, lesson
from calc_core.geometry import View
from pages.parts.formulas import at, number, row
from pages.parts.lesson_page import lesson_page

TEXT = r"""
A **partial derivative** tells how fast $f$ changes when one variable moves and the others are held
still. The **gradient** collects all of them in a row. It points the way in which $f$ rises fastest,
and its length is how fast.
"""
DEFINITION = r"""
\begin{gathered}
\nabla f = \begin{pmatrix} \dfrac{\partial f}{\partial x_1} & \cdots &
\dfrac{\partial f}{\partial x_n} \end{pmatrix} \\[1.2em]
\frac{\partial f}{\partial x_j} =
\lim_{h \to 0} \frac{f(\dots, x_j + h, \dots) - f(\dots, x_j, \dots)}{h}
\end{gathered}
"""


def numbers(expression: Expression, picture: lesson.Picture, view: View) -> list[tuple[str, str]]:
    """The gradient at the point, how long it is, and where it points."""
    name = expression.name or "f"
    slope = picture.slope
    size = float(np.linalg.norm(slope))
    rows = [
        ("value", rf"{name}{at(view.at)} = {number(float(picture.value))}"),
        ("gradient", rf"\nabla {name}{at(view.at)} = {row(slope)}"),
    ]
    if len(slope) == 1 or not np.isfinite(size):
        return rows
    rows.append(("its length", rf"\lvert\nabla {name}\rvert = {number(size)}"))
    if size > 0:
        rows.append(("its direction", direction(slope / size)))
    return rows


def direction(unit: np.ndarray) -> str:
    """A unit vector; in the plane also its angle from the first axis."""
    if len(unit) != 2:
        return row(unit)
    degrees = np.degrees(np.arctan2(unit[1], unit[0]))
    return rf"{row(unit)}, \quad {number(degrees, 3)}^\circ"


lesson_page("gradient", "Gradient", TEXT, DEFINITION, numbers)
