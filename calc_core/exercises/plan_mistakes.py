"""What is said about wrong plans: the right laws, used on the wrong thing."""

from __future__ import annotations

from calc_core.exercises.mistake import Mistake
from calc_core.labels import label

_CONSTANT = label("constant").law
_LIMIT = r"\frac{\partial f}{\partial x}(x, y) = \lim_{h \to 0} \frac{f(x + h, y) - f(x, y)}{h}"
_GRADIENT = (
    r"\nabla f = \left(\frac{\partial f}{\partial x_1}, \dots, "
    r"\frac{\partial f}{\partial x_n}\right)"
)
_SLOPE = r"D_v f = \nabla f \cdot \frac{v}{\lvert v \rvert}"
_STEEPEST = r"D_v f \le \lvert \nabla f \rvert, \text{ with equality along } \nabla f"
_PLANE = r"f(x) \approx f(a) + \nabla f(a)\,(x - a)"
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
_SECOND = (
    r"\frac{\partial^2 f}{\partial y\,\partial x} = "
    r"\frac{\partial}{\partial y}\left(\frac{\partial f}{\partial x}\right)"
)
_HESSIAN = r"H_{ij} = \frac{\partial^2 f}{\partial x_j\,\partial x_i}"
_LAPLACIAN = (
    r"\Delta f = \frac{\partial^2 f}{\partial x_1^2} + \dots + \frac{\partial^2 f}{\partial x_n^2}"
)
_TAYLOR = r"f(x) \approx f(a) + \nabla f(a)\,(x - a) + \tfrac12 (x - a)^\top H(a)\,(x - a)"
_IMPLICIT = (
    r"\frac{\mathrm{d}y}{\mathrm{d}x} = "
    r"-\frac{\partial F/\partial x}{\partial F/\partial y}"
)
_CRITICAL = r"\nabla f = 0"
_KINDS = (
    r"\det H < 0: \text{ saddle point}; \quad "
    r"\det H > 0: \text{ minimum for } f_{xx} > 0, \text{ maximum for } f_{xx} < 0"
)

_OF_PARTIALS: dict[str, Mistake] = {
    "wrong-variable": Mistake(
        "This is the derivative by another variable: hold *that* one still, and let the one that "
        "is asked for move.",
        _CONSTANT,
    ),
    "not-differentiated": Mistake("This is the function itself, not its derivative.", "", 0.0),
    "differentiated-twice": Mistake("This is differentiated once too often.", "", 0.3),
    "differentiated-once": Mistake("This is differentiated once too few.", "", 0.3),
    "all-partials-added": Mistake(
        "The partial derivatives were added up; here only one variable moves.", _CONSTANT, 0.2
    ),
    "not-at-point": Mistake("The derivative is there as a formula; now put the point in.", "", 0.6),
    "coordinates-exchanged": Mistake(
        "The coordinates of the point have changed places: put the first in for the first "
        "variable.",
        "",
        0.6,
    ),
    "point-first": Mistake(
        "Differentiate first, and put the point in afterwards: of a number nothing is left to "
        "differentiate.",
        _CONSTANT,
        0.1,
    ),
}

_OF_QUOTIENTS: dict[str, Mistake] = {
    "limit-at-once": Mistake(
        "This is the limit already; the quotient itself is asked for, which still holds $h$.",
        _LIMIT,
        0.4,
    ),
    "all-variables-moved": Mistake(
        "All variables were moved by $h$; for a partial derivative only one moves.", _LIMIT
    ),
    "wrong-variable-moved": Mistake(
        "The other variable was moved by $h$: look which one the quotient moves.", _LIMIT
    ),
    "value-not-subtracted": Mistake(
        "The value at the point itself must be subtracted before dividing by $h$.", _LIMIT
    ),
    "value-added": Mistake(
        "The value at the point itself is subtracted in the quotient, not added.", _LIMIT
    ),
    "not-divided-by-h": Mistake(
        "The difference is right; it is still to be divided by $h$.", _LIMIT, 0.5
    ),
    "h-added-to-value": Mistake(
        "The $h$ is added to the variable inside the function, not to the value of the function.",
        _LIMIT,
        0.1,
    ),
    "power-of-sum": Mistake(
        "A power of $x + h$ is not the sum of the powers: multiply it out.",
        r"(x + h)^2 = x^2 + 2xh + h^2",
    ),
    "higher-powers-lost": Mistake(
        "The terms with higher powers of $h$ belong to the quotient as long as $h$ is not 0.",
        _LIMIT,
        0.5,
    ),
    "h-not-cancelled": Mistake(
        "The value is right, but $h$ still divides: cancel it, so that $h = 0$ can be put in.",
        _LIMIT,
        0.6,
    ),
}

_OF_GRADIENTS: dict[str, Mistake] = {
    "gradient-added": Mistake(
        "The partial derivatives were added up; a gradient keeps them side by side.", _GRADIENT
    ),
    "length-without-root": Mistake(
        "This is the square of the length: the root is still to be drawn.",
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

_OF_APPROXIMATIONS: dict[str, Mistake] = {
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
        "This is the function itself. Asked for is its tangent plane, a formula of first degree "
        "in the steps away from the point.",
        _PLANE,
        0.0,
    ),
    "function-for-polynomial": Mistake(
        "This is the function itself. Asked for is the polynomial of second order that comes "
        "nearest to it at the point.",
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
    "cross-term-forgotten": Mistake("The mixed second derivative has a term, too.", _TAYLOR, 0.5),
    "first-order-only": Mistake(
        "This is the polynomial of first order; the second derivatives are still to come.",
        _TAYLOR,
        0.4,
    ),
    "linear-terms-forgotten": Mistake("The terms of first order are missing.", _TAYLOR, 0.4),
}

_OF_CHAINS: dict[str, Mistake] = {
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
        "The paths were multiplied; along a path one multiplies, over the paths one adds.", _PATHS
    ),
    "inner-derivatives-exchanged": Mistake(
        "The inner derivatives have changed places: each goes with its own variable.", _PATHS, 0.4
    ),
    "speeds-added": Mistake(
        "Only the inner functions were differentiated; the outer one must be, too.", _PATHS
    ),
}

_OF_JACOBIANS: dict[str, Mistake] = {
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
        "The right parts, but they are to be put together to one number.", "", 0.5
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

_OF_DETERMINANTS: dict[str, Mistake] = {
    "det-turned": Mistake(
        "The sign is turned round: the product along the main diagonal comes first.",
        _DETERMINANT,
        0.5,
    ),
    "det-with-plus": Mistake(
        "In a determinant the products against the main diagonal are subtracted.",
        _DETERMINANT,
        0.4,
    ),
    "main-diagonal-only": Mistake(
        "This is the product along the main diagonal only; the others belong to the determinant, "
        "too.",
        _DETERMINANT,
    ),
    "trace-for-determinant": Mistake(
        "The entries on the diagonal were added; that is the trace.", _DETERMINANT, 0.2
    ),
    "matrix-for-determinant": Mistake(
        "This is the Jacobian; its determinant is still to be worked out.", _DETERMINANT, 0.4
    ),
    "factor-with-sign": Mistake(
        "A size is not negative: the sign only tells that the orientation is turned round.",
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

_OF_SECOND_ORDER: dict[str, Mistake] = {
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

_OF_EQUATIONS: dict[str, Mistake] = {
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

_OF_POINTS: dict[str, Mistake] = {
    "point-missing": Mistake("At least one point is missing.", _CRITICAL, 0.5),
    "gradient-not-zero": Mistake(
        "There is a point among them at which the gradient is not 0.", _CRITICAL
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

PLAN_MISTAKES: dict[str, Mistake] = {
    **_OF_PARTIALS,
    **_OF_QUOTIENTS,
    **_OF_GRADIENTS,
    **_OF_APPROXIMATIONS,
    **_OF_CHAINS,
    **_OF_JACOBIANS,
    **_OF_DETERMINANTS,
    **_OF_SECOND_ORDER,
    **_OF_EQUATIONS,
    **_OF_POINTS,
}
