"""The Jacobian of a vector function."""

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

lesson_page("jacobian", "Jacobian", TEXT, DEFINITION)
