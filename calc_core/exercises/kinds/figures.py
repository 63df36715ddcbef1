"""Reading figures: fields, level curves, surfaces and maps.

The levels go by the functions that are drawn: 1 linear or round, 2 squares, 3 ellipses and mixed
terms, 4 turned or cubic ones, 5 waves and hills.
"""

from __future__ import annotations

from calc_core.exercises.figure_questions import fields, levels, places, surfaces
from calc_core.exercises.kinds.base import Kind

KINDS = (
    Kind("gradient-field", "The field of a gradient", "gradient", fields.field_of_function),
    Kind("function-of-field", "The function of a field", "gradient", fields.function_of_field),
    Kind("gradient-arrow", "The gradient among arrows", "gradient", levels.gradient_arrow),
    Kind("steepest-point", "Where a function is steepest", "gradient", levels.steepest_point),
    Kind("signs-of-partials", "Signs of partials on a map", "partial", levels.signs_of_partials),
    Kind("still-place", "Where a function stands still", "partial", places.still_place),
    Kind("critical-place", "Critical points on a map", "hessian", places.critical_place),
    Kind("bending", "Bending of a surface", "hessian", surfaces.bending),
    Kind("determinant-place", "The sign of a determinant", "jacobian", places.determinant_place),
    Kind("area-ratio", "The determinant of a drawn map", "jacobian", surfaces.area_ratio),
)
