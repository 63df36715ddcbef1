"""What a teacher can ask about a function: in words, how it is worked out, and the derivation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from calc_core.calculus import gradient, hessian, jacobian, partial
from calc_core.composite import chain, quadratic
from calc_core.derivation import Derivation
from calc_core.errors import InputError
from calc_core.exercises.exercise import Answer
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.kinds.areas import determinant_slips
from calc_core.exercises.kinds.chain import chain_work
from calc_core.exercises.kinds.gradients import gradient_work
from calc_core.exercises.kinds.in_powers import InPowers
from calc_core.exercises.kinds.jacobians import jacobian_work
from calc_core.exercises.kinds.second_order import hessian_work
from calc_core.exercises.kinds.taylor import taylor_work
from calc_core.exercises.matrix import MatrixAnswer
from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.exercises.matrix.tasks import wanted
from calc_core.exercises.plans import partial_work
from calc_core.exercises.recipes import by_all, determinant_of
from calc_core.exercises.tasks import at_point, defined, latex, partial_symbol
from calc_core.exercises.work import Work
from calc_core.expression import Expression
from calc_core.graph import entries, sym
from calc_core.matrix.derivation import name_of
from calc_core.matrix.language import read as read_matrices
from calc_core.parse import parse
from calc_core.printing import Text
from calc_core.printing.latex import symbol_latex
from calc_core.tidy import Tidier

_INNER = re.compile(r"\s*([A-Za-z]\w*)\s*=\s*(.*?)\s*(?:[,;](?=\s*[A-Za-z]\w*\s*=)|$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A task put to a function; ``skill`` is the kind that practises the same."""

    words: str
    answer: Answer
    solution: Callable[[], Derivation] | None
    skill: str


@dataclass(frozen=True, slots=True)
class Task:
    """What can be asked.

    ``title``  in a few words;
    ``ask``    from the function, its variables and what is typed beside it to the question.
    """

    title: str
    ask: Callable[[str, str, str], Asked]


def _function(text: str, variables: str) -> Expression:
    expression = parse(text, variables or None)
    if not expression.variables:
        raise InputError("There is no variable to differentiate by.", hint="Write one: x.")
    return expression


def _scalar(text: str, variables: str) -> Expression:
    expression = _function(text, variables)
    if not expression.is_scalar:
        raise InputError(
            "This is a vector function; the task is about a single one.",
            hint="Give one component, or ask for the Jacobian.",
        )
    return expression


def _vector(text: str, variables: str) -> Expression:
    expression = _function(text, variables)
    if len(expression.shape) != 1:
        raise InputError(
            "The task is about a vector function.", hint="List its components: (x y, x + y)."
        )
    return expression


def _formula(work: Work, expression: Expression) -> FormulaAnswer:
    letters = (*expression.variables, *expression.constants)
    return FormulaAnswer(work, letters, (expression.node,))


# ── derivatives ───────────────────────────────────────────────────────────────────────────────────


def _partial(text: str, variables: str, variable: str) -> Asked:
    f = _scalar(text, variables)
    x = variable or f.variables[0]
    if x not in f.variables:
        raise InputError(f"{x} is not a variable of the function.", hint=f"It has {f.variables[0]}")
    others = tuple(name for name in f.variables if name != x)
    return Asked(
        f"Find ${partial_symbol(f.letter, x)}$ of {defined(f)}.",
        _formula(partial_work(f.node, x, others), f),
        lambda: partial(f, x),
        "partial",
    )


def _gradient(text: str, variables: str, _: str) -> Asked:
    f = _scalar(text, variables)
    return Asked(
        f"Find the gradient of {defined(f)}, as a row.",
        _formula(gradient_work(f.node, f.variables), f),
        lambda: gradient(f),
        "gradient",
    )


def _jacobian(text: str, variables: str, _: str) -> Asked:
    F = _vector(text, variables)
    return Asked(
        f"Find the Jacobian of {defined(F)}, row by row.",
        _formula(jacobian_work(F.node, F.variables), F),
        lambda: jacobian(F),
        "jacobian",
    )


def _determinant(text: str, variables: str, _: str) -> Asked:
    F = _vector(text, variables)
    n = len(F.variables)
    if F.shape != (n,) or n not in (2, 3):
        raise InputError(
            "There must be two components of two variables, or three of three.",
            hint=f"There are {F.shape[0]} of {n}.",
        )
    whole = by_all(F.node, F.variables)
    return Asked(
        f"Find the determinant of the Jacobian of {defined(F)}.",
        _formula(Work(determinant_of(whole), determinant_slips(whole)), F),
        lambda: jacobian(F),
        "jacobian-determinant",
    )


def _hessian(text: str, variables: str, _: str) -> Asked:
    f = _scalar(text, variables)
    return Asked(
        f"Find the Hessian of {defined(f)}, row by row.",
        _formula(hessian_work(f.node, f.variables), f),
        lambda: hessian(f),
        "hessian",
    )


# ── what needs something beside the function ──────────────────────────────────────────────────────


def _taylor(text: str, variables: str, place: str) -> Asked:
    f = _scalar(text, variables)
    if len(f.variables) != 2:
        raise InputError("The task is about a function of two variables.")
    if not place:
        raise InputError("The point is missing.", hint="Write it under “By”: (1, 2).")
    values = [Tidier()(value)[0] for value in entries(parse(place).node)]
    derivation = quadratic(f, [Text()(value) for value in values])
    here = dict(zip([sym(name) for name in f.variables], values, strict=True))
    letters = (*f.variables, *f.constants)
    return Asked(
        f"Find the Taylor polynomial of second order of {defined(f)} at {at_point(here)}.",
        InPowers(taylor_work(f.node, f.variables, here), letters, (f.node,), shown=derivation.node),
        lambda: derivation,
        "taylor-point",
    )


def _chain(text: str, variables: str, given: str) -> Asked:
    f = _scalar(text, variables)
    inner = _inner(given)
    if len(f.variables) != 2 or set(inner) != set(f.variables):
        names = " and ".join(f.variables)
        raise InputError(
            f"There must be an inner function for each of {names}.",
            hint="Write them under “By”: x = t^2, y = t^3.",
        )
    by = tuple(dict.fromkeys(v for g in inner.values() for v in g.variables))
    nodes = {name: inner[name].node for name in f.variables}
    z, t = "z", by[0]
    symbol = partial_symbol(z, t)
    if len(by) == 1:
        symbol = rf"\dfrac{{\mathrm{{d}}z}}{{\mathrm{{d}}{symbol_latex(t)}}}"
    told = ", ".join(f"${symbol_latex(name)} = {latex(g)}$" for name, g in nodes.items())
    alone = " and ".join(f"${symbol_latex(v)}$" for v in by)
    letters = (*by, *f.variables, *f.constants)
    return Asked(
        f"Let $z = {latex(f.node)}$ with {told}. Find ${symbol}$, written in {alone} alone.",
        FormulaAnswer(chain_work(f.node, nodes, t), letters, (f.node, *nodes.values())),
        lambda: chain(f, inner, t),
        "chain-curve" if len(by) == 1 else "chain-coordinates",
    )


def _inner(given: str) -> dict[str, Expression]:
    """The functions of x = t^2, y = t^3."""
    found = {}
    for name, text in _INNER.findall(given):
        found[name] = parse(text)
        if not found[name].is_scalar or not found[name].variables:
            raise InputError(f"{name} must be a function of other letters, such as t^2.")
    return found


# ── matrices ──────────────────────────────────────────────────────────────────────────────────────


def _matrix(text: str, symmetric: str, wrt: str) -> Asked:
    """``symmetric``  the letters of symmetric matrices."""
    if not wrt:
        raise InputError("What moves is missing.", hint="Write its letter under “By”: X.")
    shapes = {name_of(s): s.shape for s in read_matrices(text, wrt).symbols}
    names = tuple(name for name in re.split(r"[\s,;]+", symmetric) if name in shapes)
    function = MatrixFunction(text, wrt, shapes, names)
    skill = "vector-jacobian" if function.node.shape else "quadratic-form"
    return Asked(
        wanted(function),
        MatrixAnswer(function),
        lambda: function.derivation,
        skill if len(function.x.shape) < 2 or function.x.shape[1] == 1 else "bilinear-form",
    )


#: The tasks that a teacher can choose from, by their names in an address.
TASKS: dict[str, Task] = {
    "partial": Task("Partial derivative", _partial),
    "gradient": Task("Gradient", _gradient),
    "jacobian": Task("Jacobian", _jacobian),
    "determinant": Task("Determinant of the Jacobian", _determinant),
    "hessian": Task("Hessian", _hessian),
    "chain": Task("Chain rule", _chain),
    "taylor": Task("Taylor polynomial", _taylor),
    "matrix": Task("Matrix gradient", _matrix),
}
