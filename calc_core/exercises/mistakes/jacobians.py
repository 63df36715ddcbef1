"""What is said about wrong plans for vector functions: chains, Jacobians, determinants."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake

_PATHS = (
    r"\frac{\mathrm{d}z}{\mathrm{d}t} = \frac{\partial z}{\partial x}\,"
    r"\frac{\mathrm{d}x}{\mathrm{d}t} + \frac{\partial z}{\partial y}\,"
    r"\frac{\mathrm{d}y}{\mathrm{d}t}"
)
_JACOBIAN = r"J_{ij} = \frac{\partial f_i}{\partial x_j}"
_DETERMINANT = r"\det \begin{pmatrix} a & b \\ c & d \end{pmatrix} = ad - bc"
_FACTOR = r"\text{size of the image} \approx \lvert \det J \rvert \cdot \text{size}"
_SURFACE = r"\lvert r_u \times r_v \rvert"
_DIVERGENCE = (
    r"\operatorname{div} f = \frac{\partial f_1}{\partial x_1} + \dots + "
    r"\frac{\partial f_n}{\partial x_n}"
)
_CURL = r"\operatorname{curl} f = \frac{\partial f_2}{\partial x} - \frac{\partial f_1}{\partial y}"

CHAINS: dict[str, Mistake] = {
    "outer-not-at-inner": Mistake(
        "The chain rule is used rightly; now put the inner functions in for the outer variables.",
        _PATHS,
        0.7,
    ),
    "one-path-only": Mistake(
        "There is one path for each inner variable, and one of them is missing.", _PATHS, 0.4
    ),
    "inner-derivatives-missing": Mistake(
        "The partial derivatives were added without the inner derivatives that belong to them.",
        _PATHS,
    ),
    "one-inner-derivative-missing": Mistake(
        "On one of the paths the inner derivative is missing.", _PATHS, 0.4
    ),
    "paths-multiplied": Mistake(
        "The paths were multiplied: along a path one multiplies, but the paths are added.", _PATHS
    ),
    "inner-derivatives-exchanged": Mistake(
        "The inner derivatives have changed places: each goes with its own variable.", _PATHS, 0.4
    ),
    "speeds-added": Mistake(
        "Only the inner functions were differentiated; the outer one must be differentiated, too.",
        _PATHS,
    ),
}

JACOBIANS: dict[str, Mistake] = {
    "rows-exchanged": Mistake(
        "The rows have changed places: the first row belongs to the first component.",
        _JACOBIAN,
        0.5,
    ),
    "columns-exchanged": Mistake(
        "The columns have changed places: the first column belongs to the first variable.",
        _JACOBIAN,
        0.5,
    ),
    "own-variable-only": Mistake(
        "Every component is differentiated by every variable, not by its own only.", _JACOBIAN
    ),
    "one-column-only": Mistake(
        "This is one column of the Jacobian; there is one for each variable.", _JACOBIAN, 0.3
    ),
    "jacobian-for-column": Mistake(
        "This is the whole Jacobian; the derivative by one variable is one of its columns.",
        _JACOBIAN,
        0.3,
    ),
    "components-summed": Mistake(
        "The components were added up; the derivative of a vector function is a vector.", _JACOBIAN
    ),
    "parts-not-added": Mistake(
        "These are the right parts; put them together to one number or formula.", "", 0.5
    ),
    "all-entries-added": Mistake(
        "All entries of the Jacobian were added up; only those on its diagonal count.",
        _DIVERGENCE,
    ),
    "jacobian-for-number": Mistake(
        "This is the Jacobian; a single number or formula is to be made of its entries.", "", 0.2
    ),
    "variables-crossed": Mistake(
        "Each component is differentiated by its own variable here, not by the other one.",
        _DIVERGENCE,
    ),
    "curl-turned": Mistake("The two terms have changed places: look at the sign.", _CURL, 0.5),
    "curl-with-plus": Mistake("The second term of the curl is subtracted.", _CURL, 0.4),
    "divergence-for-curl": Mistake(
        "This is the divergence; in the curl each component is differentiated by the other "
        "variable.",
        _CURL,
    ),
    "own-variables-subtracted": Mistake(
        "In the curl each component is differentiated by the other variable, not by its own.",
        _CURL,
    ),
}

DETERMINANTS: dict[str, Mistake] = {
    "det-turned": Mistake(
        "The sign is the wrong way round: the product along the main diagonal comes first.",
        _DETERMINANT,
        0.5,
    ),
    "det-with-plus": Mistake(
        "In a determinant the products against the main diagonal are subtracted.",
        _DETERMINANT,
        0.4,
    ),
    "main-diagonal-only": Mistake(
        "This is the product along the main diagonal only; the other products belong to the "
        "determinant as well.",
        _DETERMINANT,
    ),
    "trace-for-determinant": Mistake(
        "The entries on the diagonal were added; that is the trace.", _DETERMINANT, 0.2
    ),
    "matrix-for-determinant": Mistake(
        "This is the Jacobian; its determinant is still to be worked out.", _DETERMINANT, 0.4
    ),
    "factor-with-sign": Mistake(
        "A size is not negative: the sign only tells that the orientation is reversed.",
        _FACTOR,
        0.6,
    ),
    "inverse-factor": Mistake(
        "This is the factor of the way back; from the variables to the values it is the other way "
        "round.",
        _FACTOR,
        0.4,
    ),
    "factor-squared": Mistake(
        "The determinant is the factor already; it is not squared.", _FACTOR, 0.4
    ),
    "cross-for-length": Mistake(
        "This is the cross product; the factor is its length.", _SURFACE, 0.5
    ),
    "product-of-lengths": Mistake(
        "The product of the lengths is the area of a rectangle; these two vectors need not be at a "
        "right angle.",
        _SURFACE,
    ),
    "dot-for-cross": Mistake(
        "This is the scalar product; the area comes from the cross product.", _SURFACE, 0.2
    ),
    "middle-sign-lost": Mistake(
        "Each component of a cross product is a difference of two products.",
        r"(b \times c)_1 = b_2 c_3 - b_3 c_2",
        0.4,
    ),
}
