"""What is said about wrong plans for second derivatives."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake

_SECOND = (
    r"\frac{\partial^2 f}{\partial y\,\partial x} = "
    r"\frac{\partial}{\partial y}\left(\frac{\partial f}{\partial x}\right)"
)
_HESSIAN = r"H_{ij} = \frac{\partial^2 f}{\partial x_j\,\partial x_i}"
_LAPLACIAN = (
    r"\Delta f = \frac{\partial^2 f}{\partial x_1^2} + \dots + \frac{\partial^2 f}{\partial x_n^2}"
)

SECOND_ORDER: dict[str, Mistake] = {
    "pure-for-mixed": Mistake(
        "This is differentiated twice by the same variable; here each of the two has its turn.",
        _SECOND,
    ),
    "mixed-for-pure": Mistake(
        "This is the mixed derivative; here the same variable moves both times.", _SECOND
    ),
    "partials-multiplied": Mistake(
        "The two first derivatives were multiplied; that is not what is asked for.", "", 0.2
    ),
    "partials-added": Mistake(
        "The two first derivatives were added; that is not what is asked for.", "", 0.2
    ),
    "square-of-derivative": Mistake(
        "The second derivative is the derivative of the derivative, not its square.", _SECOND
    ),
    "mixed-forgotten": Mistake(
        "The mixed derivatives belong to the Hessian as well; they need not be 0.", _HESSIAN, 0.4
    ),
    "pure-forgotten": Mistake(
        "The second derivatives by one variable stand on the diagonal; they are missing.",
        _HESSIAN,
        0.4,
    ),
    "products-of-partials": Mistake(
        "These are products of first derivatives; the Hessian holds second derivatives.", _HESSIAN
    ),
    "gradient-for-hessian": Mistake(
        "This is the gradient; differentiate each of its entries by each variable.", _HESSIAN, 0.3
    ),
    "laplacian-for-hessian": Mistake(
        "This is the sum of the entries on the diagonal; the whole matrix is asked for.",
        _HESSIAN,
        0.2,
    ),
    "pure-and-mixed-exchanged": Mistake(
        "The pure and the mixed derivatives have changed places: the pure ones stand on the "
        "diagonal.",
        _HESSIAN,
        0.5,
    ),
    "mixed-added": Mistake(
        "The mixed derivatives do not belong to the Laplacian.", _LAPLACIAN, 0.4
    ),
    "hessian-for-number": Mistake(
        "This is the Hessian; the Laplacian is one number or formula made of it.", _LAPLACIAN, 0.3
    ),
    "one-term-only": Mistake(
        "There is one term for each variable, and not all are here.", _LAPLACIAN, 0.3
    ),
}
