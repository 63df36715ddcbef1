"""The table of wrong laws."""

from __future__ import annotations

from calc_core.exercises.wrong_laws import chain, constants, powers, products
from calc_core.exercises.wrong_laws.integrals import integral
from calc_core.exercises.wrong_laws.law import WrongLaw
from calc_core.exercises.wrong_laws.quotients import (
    QUOTIENT_RULE,
    RECIPROCAL_RULE,
    bottom_held,
    exponent_wrong_way,
    quotient_of_derivatives,
)
from calc_core.graph import ADD, APP, DIV, FN, MUL, NUM, POW, SYM, fn, neg

#: The heads of compositions.
COMPOSED = (FN, POW, APP)

#: In the order in which they are tried: the more common first.
WRONG_LAWS: tuple[WrongLaw, ...] = (
    WrongLaw("inner-derivative-forgotten", chain.inner_forgotten, COMPOSED),
    WrongLaw("product-of-derivatives", products.of_derivatives, (MUL,)),
    WrongLaw("product-term-forgotten", products.first_term, (MUL,)),
    WrongLaw("product-term-forgotten", products.second_term, (MUL,)),
    WrongLaw("cosine-sign", chain.instead("cos", lambda u: fn("sin", u)), (FN,)),
    WrongLaw("product-with-minus", products.minus, (MUL,)),
    WrongLaw("product-with-minus", products.minus_back, (MUL,)),
    WrongLaw("product-as-sum", products.as_sum, (MUL,)),
    WrongLaw("negative-exponent", exponent_wrong_way, (DIV,)),
    QUOTIENT_RULE.wrong("quotient-with-plus"),
    QUOTIENT_RULE.wrong("quotient-turned-round"),
    WrongLaw("quotient-of-derivatives", quotient_of_derivatives, (DIV,)),
    QUOTIENT_RULE.wrong("quotient-not-squared"),
    QUOTIENT_RULE.wrong("quotient-without-denominator"),
    WrongLaw("quotient-denominator-held", bottom_held, (DIV,)),
    RECIPROCAL_RULE.wrong("reciprocal-sign"),
    RECIPROCAL_RULE.wrong("quotient-not-squared"),
    RECIPROCAL_RULE.wrong("inner-derivative-forgotten"),
    WrongLaw("sine-sign", chain.instead("sin", lambda u: neg(fn("cos", u))), (FN,)),
    WrongLaw("hyperbolic-sign", chain.instead("cosh", lambda u: neg(fn("sinh", u))), (FN,)),
    WrongLaw("tangent-not-squared", chain.instead("tan", lambda u: fn("sec", u)), (FN,)),
    WrongLaw("root-without-half", chain.instead("sqrt", lambda u: 1 / fn("sqrt", u)), (FN,)),
    WrongLaw("root-not-below", chain.instead("sqrt", lambda u: fn("sqrt", u) / 2), (FN,)),
    WrongLaw("root-lost", chain.instead("sqrt", lambda u: 1 / (2 * u)), (FN,)),
    WrongLaw("arctangent-sign", chain.instead("atan", lambda u: 1 / (1 - u**2)), (FN,)),
    WrongLaw("power-rule-on-exponential", powers.rule_on_exponential, (FN, POW)),
    WrongLaw("power-rule-on-exponential", powers.rule_on_exponential_with_chain, (FN, POW)),
    WrongLaw("logarithm-of-base-forgotten", powers.logarithm_forgotten, (POW,)),
    WrongLaw("exponent-not-reduced", powers.exponent_kept, (POW,)),
    WrongLaw("exponent-not-in-front", powers.exponent_lost, (POW,)),
    WrongLaw("exponent-raised", powers.exponent_raised, (POW,)),
    WrongLaw("lost-constant", constants.numbers_lost, (MUL, DIV)),
    WrongLaw("held-factor-lost", constants.letters_lost, (MUL,)),
    WrongLaw("held-factor-to-zero", constants.still_factor_differentiated, (MUL,)),
    WrongLaw("other-variable-moves", constants.others_move, (ADD, MUL)),
    WrongLaw("constant-kept", constants.terms_kept, (ADD,)),
    WrongLaw("constant-to-one", constants.term_to_one, (ADD,)),
    WrongLaw("minus-lost", constants.minus_lost, (MUL,)),
    WrongLaw("minus-lost", constants.minus_lost_in_sum, (ADD,)),
    WrongLaw("outer-not-differentiated", chain.outer_kept, COMPOSED),
    WrongLaw("derivative-inside", chain.derivative_inside, (FN, POW)),
    WrongLaw("inner-derivative-added", chain.inner_added, COMPOSED),
    WrongLaw("power-of-derivative", chain.power_of_derivative, (POW,)),
    WrongLaw("left-as-it-is", constants.kept, (SYM, FN, POW, MUL)),
    WrongLaw("integral", integral, (SYM, NUM, FN, POW, MUL, ADD, DIV)),
)
