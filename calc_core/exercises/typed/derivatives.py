"""Derivatives of a function that a teacher typed: by one variable, and by all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from calc_core.calculus import gradient, hessian, jacobian, partial
from calc_core.derivation import Derivation
from calc_core.errors import InputError
from calc_core.exercises.kinds.areas import determinant_slips
from calc_core.exercises.kinds.gradients import gradient_work
from calc_core.exercises.kinds.jacobians import jacobian_work
from calc_core.exercises.kinds.second_order import hessian_work
from calc_core.exercises.plans import partial_work
from calc_core.exercises.recipes import by_all, determinant_of
from calc_core.exercises.tasks import defined, partial_symbol
from calc_core.exercises.typed.asked import Ask, Asked, formula
from calc_core.exercises.typed.reading import all_variables, scalar, square, vector
from calc_core.exercises.work import Work
from calc_core.expression import Expression
from calc_core.graph import Node


def ask_partial(text: str, variables: str, by: str) -> Asked:
    """The derivative by one variable, the first if none is named."""
    f = scalar(text, variables)
    x = by or f.variables[0]
    if x not in f.variables:
        listed = ", ".join(f.variables)
        raise InputError(
            f"“{x}” is not a variable of the function.", hint=f"Write one of these: {listed}."
        )
    others = tuple(name for name in f.variables if name != x)
    return Asked(
        f"Find ${partial_symbol(f.letter, x)}$ of {defined(f)}.",
        formula(partial_work(f.node, x, others), f),
        lambda: partial(f, x),
        "partial",
    )


def _by_all(
    words: str,
    read: Callable[[str, str], Expression],
    work: Callable[[Node, Sequence[str]], Work],
    derive: Callable[[Expression], Derivation],
    skill: str,
) -> Ask:
    """What is asked for by all variables at once; ``words`` with the function in its place."""

    def ask(text: str, variables: str, by: str) -> Asked:
        f = all_variables(read(text, variables), by)
        answer = formula(work(f.node, f.variables), f)
        return Asked(words.format(defined(f)), answer, lambda: derive(f), skill)

    return ask


def _determinant_work(F: Node, names: Sequence[str]) -> Work:
    whole = by_all(F, names)
    return Work(determinant_of(whole), determinant_slips(whole))


ask_gradient = _by_all(
    "Find the gradient of {}, as a row.", scalar, gradient_work, gradient, "gradient"
)
ask_jacobian = _by_all(
    "Find the Jacobian of {}, row by row.", vector, jacobian_work, jacobian, "jacobian"
)
ask_determinant = _by_all(
    "Find the determinant of the Jacobian of {}.",
    square,
    _determinant_work,
    jacobian,
    "jacobian-determinant",
)
ask_hessian = _by_all(
    "Find the Hessian of {}, row by row.", scalar, hessian_work, hessian, "hessian"
)
