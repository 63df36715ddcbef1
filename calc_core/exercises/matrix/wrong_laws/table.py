"""The table of wrong laws on differentials."""

from __future__ import annotations

from calc_core.exercises.matrix.wrong_laws import invariants, inverses, numbers, products
from calc_core.exercises.wrong_laws.chain import instead
from calc_core.exercises.wrong_laws.law import WrongLaw
from calc_core.graph import ADD, DIV, FN, MUL, POW, fn, neg
from calc_core.matrix.nodes import DET, INVERSE, MATMUL, MATPOW, NORM, TRANSPOSE, d

#: In the order in which they are tried: the more telling first.
MATRIX_WRONG_LAWS: tuple[WrongLaw, ...] = (
    WrongLaw("inverse-with-plus", inverses.with_plus, (INVERSE,)),
    WrongLaw("inverse-as-number", inverses.squared_left, (INVERSE,)),
    WrongLaw("inverse-as-number", inverses.squared_right, (INVERSE,)),
    WrongLaw("inverse-once", inverses.left_only, (INVERSE,)),
    WrongLaw("inverse-once", inverses.right_only, (INVERSE,)),
    WrongLaw("middle-taken-as-symmetric", products.quadratic(turned=False), (MATMUL,)),
    WrongLaw("middle-taken-as-symmetric", products.quadratic(turned=True), (MATMUL,)),
    WrongLaw("matrix-product-term", products.one_term(0), (MATMUL, MUL)),
    WrongLaw("matrix-product-term", products.one_term(-1), (MATMUL, MUL)),
    WrongLaw("matrix-product-order", products.moved(to_front=True), (MATMUL,)),
    WrongLaw("matrix-product-order", products.moved(to_front=False), (MATMUL,)),
    WrongLaw("constant-factor-moved", products.constants_to_the_right, (MATMUL,)),
    WrongLaw("constant-factor-moved", products.constants_to_the_left, (MATMUL,)),
    WrongLaw("constant-matrix-lost", products.left_constant_lost, (MATMUL,)),
    WrongLaw("constant-matrix-lost", products.right_constant_lost, (MATMUL,)),
    WrongLaw("constant-matrix-lost", products.middle_constant_lost, (MATMUL,)),
    WrongLaw("transpose-lost", invariants.transpose_lost, (TRANSPOSE,)),
    WrongLaw("determinant-without-inverse", invariants.det_without_inverse, (DET,)),
    WrongLaw("determinant-without-inverse", invariants.det_not_inverted, (DET,)),
    WrongLaw("determinant-factor-lost", invariants.det_without_factor, (DET,)),
    WrongLaw("log-determinant-as-determinant", invariants.log_det_as_det, (FN,)),
    WrongLaw("log-determinant-without-inverse", invariants.log_det_without_inverse, (FN,)),
    WrongLaw("log-determinant-without-inverse", invariants.log_det_not_inverted, (FN,)),
    WrongLaw("log-determinant-without-inverse", invariants.log_det_by_det, (FN,)),
    WrongLaw("matrix-power-rule", inverses.power_left, (MATPOW,)),
    WrongLaw("matrix-power-rule", inverses.power_right, (MATPOW,)),
    WrongLaw("square-without-two", invariants.square_without_two, (POW,)),
    WrongLaw("norm-without-denominator", invariants.norm_without_denominator, (NORM,)),
    WrongLaw("norm-as-its-square", invariants.norm_as_its_square, (NORM,)),
    WrongLaw("outer-derivative-lost", numbers.outer_lost, (FN, POW)),
    WrongLaw("outer-not-differentiated", numbers.outer_kept, (FN, POW)),
    WrongLaw("exponent-not-reduced", numbers.exponent_kept, (POW,)),
    WrongLaw("exponent-not-in-front", numbers.exponent_lost, (POW,)),
    WrongLaw("root-without-half", instead("sqrt", lambda v: 1 / fn("sqrt", v), d), (FN,)),
    WrongLaw("cosine-sign", instead("cos", lambda v: fn("sin", v), d), (FN,)),
    WrongLaw("sine-sign", instead("sin", lambda v: neg(fn("cos", v)), d), (FN,)),
    numbers.QUOTIENT.wrong("quotient-with-plus"),
    numbers.QUOTIENT.wrong("quotient-turned-round"),
    numbers.QUOTIENT.wrong("quotient-not-squared"),
    WrongLaw("quotient-denominator-held", numbers.bottom_held, (DIV,)),
    numbers.RECIPROCAL.wrong("reciprocal-with-plus"),
    numbers.RECIPROCAL.wrong("quotient-not-squared"),
    WrongLaw("minus-lost", numbers.minus_lost, (ADD,)),
    WrongLaw("lost-constant", numbers.number_lost, (MUL, DIV)),
)
