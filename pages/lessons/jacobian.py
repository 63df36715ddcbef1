"""The Jacobian of a vector function."""

import numpy as np

from calc_core import Expression, lesson
from calc_core.geometry import View, determinant, size_factor
from pages.parts.formulas import Words, at, matrix, number
from pages.parts.lesson_page import lesson_page

TEXT = r"""
Differentiate each component of a vector function $f\colon \mathbb{R}^n \to \mathbb{R}^m$ by each
variable: row $i$ of the **Jacobian** belongs to the component $f_i$, column $j$ to the variable
$x_j$. Near a point, $f$ acts on small steps as this matrix does; in the plane $\lvert\det J\rvert$
is the factor by which small areas grow, and its sign tells whether $f$ turns them over.
"""
DEFINITION = r"""
\begin{gathered}
J_{ij} = \frac{\partial f_i}{\partial x_j} \\[0.8em]
f(x + \Delta x) \approx f(x) + J\,\Delta x
\end{gathered}
"""
SIZES = {1: "length", 2: "area", 3: "volume"}


def numbers(expression: Expression, picture: lesson.Picture, view: View) -> list[tuple[str, str]]:
    """J at the point, and what it does to small lengths, areas or volumes there."""
    J = picture.slope
    name = expression.name or "f"
    rows = [("Jacobian", rf"J_{{{name}}}{at(view.at)} = {matrix(J)}")]
    m, n = J.shape
    if not np.isfinite(J).all() or m < n:
        return rows
    if m == n:
        det = float(determinant(J))
        rows.append(("determinant", rf"\det J = {number(det)}"))
        if n > 1:
            rows.append(("orientation", orientation(det)))
    size = SIZES.get(n, f"{n}-volume")
    rows.append((f"{size} factor", number(float(size_factor(J)))))
    return rows


def orientation(det: float) -> Words:
    """What the sign of the determinant means."""
    if det == 0:
        return Words("lost: J flattens")
    return Words("kept" if det > 0 else "reversed")


lesson_page("jacobian", "Jacobian", TEXT, DEFINITION, numbers)
