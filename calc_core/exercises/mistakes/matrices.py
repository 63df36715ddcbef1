"""What is said about mistakes with matrices."""

from __future__ import annotations

from calc_core.exercises.mistakes.mistake import Mistake
from calc_core.matrix.labels import matrix_label


def _law(rule: str) -> str:
    return matrix_label(rule).law


_INVERSE = _law("d-inverse")
_PRODUCT = _law("d-product")
_CONSTANTS = _law("d-constant-factors")
_DET = _law("d-det")
_LOG_DET = _law("d-log-det")
_READ_OFF = _law("identify-trace")
_TURNED = r"(A B)^\top = B^\top A^\top"
_SHAPE = (
    r"\operatorname{shape}\left(\frac{\partial f}{\partial x}\right)"
    r" = \operatorname{shape}(f) + \operatorname{shape}(x)"
)

_LAWS: dict[str, Mistake] = {
    "inverse-with-plus": Mistake(
        "The differential of an inverse has a minus sign{where}.", _INVERSE, 0.6
    ),
    "inverse-as-number": Mistake(
        "The inverse was differentiated like $1/x${where}: matrices do not commute, and the small "
        "change stands between two inverses.",
        _INVERSE,
        0.4,
    ),
    "inverse-once": Mistake(
        "The differential of an inverse holds the inverse twice{where}, once on each side.",
        _INVERSE,
        0.4,
    ),
    "middle-taken-as-symmetric": Mistake(
        "The factor 2 is right only if the matrix in the middle is symmetric{where}: in general "
        "the two terms of the product rule are different.",
        r"\mathrm{d}(v^\top M v) = v^\top (M + M^\top)\,\mathrm{d}v",
        0.5,
    ),
    "matrix-product-term": Mistake(
        "The product rule has a term for each factor that moves{where}, and one is missing.",
        _PRODUCT,
        0.4,
    ),
    "matrix-product-order": Mistake(
        "In the product rule every factor keeps its place{where}: matrices do not commute.",
        _PRODUCT,
        0.4,
    ),
    "constant-factor-moved": Mistake(
        "A constant factor changed its place{where}: what stands on the left of the small change "
        "stays on the left.",
        _CONSTANTS,
        0.4,
    ),
    "constant-matrix-lost": Mistake(
        "A constant matrix was lost{where}: it stays where it is.", _CONSTANTS, 0.4
    ),
    "transpose-lost": Mistake(
        "The differential of a transpose is itself transposed{where}.", _law("d-transpose"), 0.4
    ),
    "determinant-without-inverse": Mistake(
        "In the differential of a determinant the inverse stands inside the trace{where}.",
        _DET,
        0.4,
    ),
    "determinant-factor-lost": Mistake(
        "The determinant itself stays as a factor of its differential{where}.", _DET, 0.4
    ),
    "log-determinant-as-determinant": Mistake(
        "This is the derivative of the determinant{where}; the logarithm cancels a factor of it.",
        _LOG_DET,
        0.4,
    ),
    "log-determinant-without-inverse": Mistake(
        "In the differential of a log determinant the inverse stands inside the trace{where}.",
        _LOG_DET,
        0.4,
    ),
    "matrix-power-rule": Mistake(
        "The power rule of numbers does not hold for matrices{where}: each factor gets its turn "
        "in its own place.",
        _law("d-power"),
        0.3,
    ),
    "square-without-two": Mistake(
        "The differential of a squared norm has a factor 2{where}.", _law("d-squared-norm"), 0.5
    ),
    "norm-without-denominator": Mistake(
        "The differential of a norm is divided by the norm{where}.", _law("d-norm"), 0.4
    ),
    "norm-as-its-square": Mistake(
        "This is the derivative of the squared norm{where}; here the norm itself is asked for.",
        _law("d-norm"),
        0.4,
    ),
    "outer-derivative-lost": Mistake(
        "The inner derivative is there, but the outer one is missing{where}.", _law("d-chain"), 0.4
    ),
    "reciprocal-with-plus": Mistake(
        "The derivative of a reciprocal has a minus sign{where}.", _law("d-reciprocal"), 0.6
    ),
}

_PLANS: dict[str, Mistake] = {
    "inner-matrix-lost": Mistake(
        "The chain rule also takes the derivative of what stands inside, and that is a matrix "
        "here: a factor is missing, and so the shape does not fit.",
        r"\mathrm{d}(x - A s) = -A\,\mathrm{d}s",
        0.4,
    ),
    "differential-typed": Mistake(
        "This is a differential; the derivative is what is read off from it, without the small "
        "change.",
        _READ_OFF,
        0.4,
    ),
    "determinant-as-number": Mistake(
        "The chain rule also takes the derivative of the determinant, and that is a matrix.",
        _DET,
        0.2,
    ),
}

_SEEN: dict[str, Mistake] = {
    "matrix-transposed": Mistake(
        "This is the transpose: the derivative of a number by a matrix is laid out in the shape "
        "of that matrix, entry under entry.",
        _READ_OFF,
        0.6,
        among="It is transposed: the derivative has the shape of the matrix.",
    ),
    "jacobian-transposed": Mistake(
        "This is the transpose: a row of the Jacobian belongs to each component of the function, "
        "a column to each variable.",
        r"J_{ij} = \frac{\partial f_i}{\partial x_j}",
        0.5,
        among="It is transposed: a row belongs to each component of the function.",
    ),
    "factor-two-lost": Mistake(
        "Half of it is there: a factor 2, or one of two equal terms, was lost.",
        _PRODUCT,
        0.5,
        among="A factor 2 is missing.",
    ),
    "factor-order": Mistake(
        "The right factors, but not in the right order{where}: matrices do not commute, and "
        "transposing turns the order round.",
        _TURNED,
        0.4,
        among="The factors are not in the right order.",
    ),
    "factor-transposed": Mistake(
        "In a factor there is a transpose too many, or one is missing.", _TURNED, 0.5
    ),
    "factor-inverted": Mistake(
        "A factor should be inverted and is not, or is and should not be.",
        _INVERSE,
        0.4,
    ),
    "letters-exchanged": Mistake("Two letters have changed places.", _TURNED, 0.5),
    "factor-missing": Mistake(
        "What is there is right, but a factor is missing.",
        _CONSTANTS,
        0.4,
        among="A factor is missing.",
    ),
    "factor-too-many": Mistake("There is a factor too many{where}.", _CONSTANTS, 0.4),
    "sign-of-term": Mistake(
        "All is right but the sign of one term.",
        "",
        0.6,
        among="The sign of one term is wrong.",
    ),
    "matrix-shape": Mistake("The answer has another shape.", _SHAPE, 0.0),
}

_SHAPES: dict[str, Mistake] = {
    "shapes-exchanged": Mistake(
        "The two shapes have changed places: the axes of the function come first.", _SHAPE, 0.4
    ),
    "shape-of-variable-missing": Mistake(
        "This is the shape of the function; the axes of the variable come after it.", _SHAPE, 0.2
    ),
    "shape-of-function-missing": Mistake(
        "This is the shape of the variable; the axes of the function come before it.", _SHAPE, 0.2
    ),
    "axes-multiplied": Mistake(
        "This is the shape of the Jacobian of the vecs; by the shape law every axis stays.",
        _SHAPE,
        0.5,
    ),
    "axes-order": Mistake("The right axes, but not in the right order.", _SHAPE, 0.4),
    "shape-not-by-law": Mistake(
        "This is not the shape: write the axes of the function, then those of the variable.",
        _SHAPE,
        0.0,
    ),
}

_LOOKALIKES: dict[str, Mistake] = {
    "product-of-differentials": Mistake(
        "The differential of a product is not the product of the differentials{where}.", _PRODUCT
    ),
    "inverse-of-differential": Mistake(
        "The differential of an inverse is not the inverse of a differential{where}.", _INVERSE
    ),
    "determinant-of-differential": Mistake(
        "The differential of a determinant is not the determinant of the differential{where}.",
        _DET,
    ),
    "square-of-norm-as-number": Mistake(
        "The norm of a small change is not the small change of a norm{where}: there is a product "
        "of the vector with its small change.",
        _law("d-squared-norm"),
    ),
}

_READING: dict[str, Mistake] = {
    "law-not-used": Mistake("That is a law, but it is not the one that was used here.", "", 0.0),
    "mistake-comes-later": Mistake("This line is right. The mistake comes later.", "", 0.0),
    "mistake-came-earlier": Mistake(
        "This line follows from the one before it. The mistake came earlier.", "", 0.0
    ),
    "reason-of-another-line": Mistake(
        "That is true, but it is not what happens in this line.", "", 0.0
    ),
}

MATRICES: dict[str, Mistake] = {
    **_LAWS,
    **_PLANS,
    **_SEEN,
    **_SHAPES,
    **_LOOKALIKES,
    **_READING,
}
