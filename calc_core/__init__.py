"""Calculus of several variables, derived step by step and checked.

>>> from calc_core import gradient
>>> g = gradient("x^2 y + sin(x y)")
>>> g.result
Matrix([[2*x*y + y*cos(x*y), x**2 + x*cos(x*y)]])
>>> g.certificate.confirmed
True
>>> g.evaluate({"x": 1.0, "y": 0.0})
array([0., 2.])
"""

from calc_core.calculus import gradient, hessian, jacobian, partial
from calc_core.composite import chain, directional, implicit, quadratic, steepest_ascent
from calc_core.definition import Definition, definition
from calc_core.derivation import Derivation
from calc_core.errors import InputError
from calc_core.exercises import EXERCISE_KINDS, Exercise, Verdict, generate, grade
from calc_core.exercises.working import check_work
from calc_core.expression import Expression
from calc_core.geometry.critical import critical_points
from calc_core.matrix import MatrixDerivation, matrix_gradient, matrix_hessian
from calc_core.parse import parse

__all__ = [
    "EXERCISE_KINDS",
    "Definition",
    "Derivation",
    "Exercise",
    "Expression",
    "InputError",
    "MatrixDerivation",
    "Verdict",
    "chain",
    "check_work",
    "critical_points",
    "definition",
    "directional",
    "generate",
    "grade",
    "gradient",
    "hessian",
    "implicit",
    "jacobian",
    "matrix_gradient",
    "matrix_hessian",
    "parse",
    "partial",
    "quadratic",
    "steepest_ascent",
]
