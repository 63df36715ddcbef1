"""Exercises that a teacher types: a task and a function, with the same diagnosis as all others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from calc_core.calculus import gradient, hessian, jacobian, partial
from calc_core.derivation import Derivation
from calc_core.errors import InputError
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.kinds.gradients import gradient_work
from calc_core.exercises.kinds.jacobians import jacobian_work
from calc_core.exercises.kinds.second_order import hessian_work
from calc_core.exercises.plans import partial_work
from calc_core.exercises.tasks import defined
from calc_core.exercises.work import Work
from calc_core.expression import Expression
from calc_core.parse import parse
from calc_core.printing.latex import symbol_latex

#: The kind of all exercises that were typed.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a teacher typed.

    ``task``       one of :data:`TASKS`;
    ``text``       the function; ``variables`` its variables in order, or nothing to detect them;
    ``variable``   the one to differentiate by, for a partial derivative.
    """

    task: str
    text: str
    variables: str = ""
    variable: str = ""

    def source(self) -> str:
        """All of it in one line, as it is kept and put into an address."""
        fields = {"task": self.task, "f": self.text, "of": self.variables, "by": self.variable}
        return urlencode({name: value for name, value in fields.items() if value})

    @classmethod
    def read(cls, source: str) -> Typed:
        """What :meth:`source` was made from."""
        fields = dict(parse_qsl(source, max_num_fields=8))
        given = (fields.get(name, "") for name in ("task", "f", "of", "by"))
        return cls(*given)

    def exercise(self) -> Exercise:
        """The exercise.  Raises InputError if the function does not suit the task."""
        task = TASKS.get(self.task)
        if task is None:
            raise InputError("There is no such task.", hint=f"Choose one of {', '.join(TASKS)}.")
        expression = parse(self.text, self.variables or None)
        if not expression.variables:
            raise InputError("There is no variable to differentiate by.", hint="Write one: x.")
        asked = task.ask(expression, self.variable.strip())
        answer = FormulaAnswer(asked.work, _letters(expression), (expression.node,))
        return Exercise(
            kind=OWN,
            level=1,
            seed=0,
            skill=task.skill,
            task=asked.words,
            answer=answer,
            solution=asked.solution,
            source=self.source(),
        )


def _letters(expression: Expression) -> tuple[str, ...]:
    return (*expression.variables, *expression.constants)


@dataclass(frozen=True, slots=True)
class Asked:
    """A task put to a function: in words, how it is worked out, and the derivation."""

    words: str
    work: Work
    solution: Callable[[], Derivation]


@dataclass(frozen=True, slots=True)
class Task:
    """What can be asked about a function; ``skill`` is the kind that practises the same."""

    title: str
    skill: str
    ask: Callable[[Expression, str], Asked]


def _scalar(expression: Expression) -> Expression:
    if not expression.is_scalar:
        raise InputError(
            "This is a vector function; the task is about a single one.",
            hint="Give one component, or ask for the Jacobian.",
        )
    return expression


def _vector(expression: Expression) -> Expression:
    if len(expression.shape) != 1:
        raise InputError(
            "The task is about a vector function.", hint="List its components: (x y, x + y)."
        )
    return expression


def _partial(expression: Expression, variable: str) -> Asked:
    f, names = _scalar(expression), expression.variables
    x = variable or names[0]
    if x not in names:
        raise InputError(f"{x} is not a variable of the function.", hint=f"It has {names[0]}.")
    others = tuple(name for name in names if name != x)
    symbol = rf"\dfrac{{\partial {symbol_latex(f.letter)}}}{{\partial {symbol_latex(x)}}}"
    return Asked(
        f"Find ${symbol}$ of {defined(f)}.",
        partial_work(f.node, x, others),
        lambda: partial(f, x),
    )


def _gradient(expression: Expression, _: str) -> Asked:
    f = _scalar(expression)
    return Asked(
        f"Find the gradient of {defined(f)}, as a row.",
        gradient_work(f.node, f.variables),
        lambda: gradient(f),
    )


def _jacobian(expression: Expression, _: str) -> Asked:
    F = _vector(expression)
    return Asked(
        f"Find the Jacobian of {defined(F)}, row by row.",
        jacobian_work(F.node, F.variables),
        lambda: jacobian(F),
    )


def _hessian(expression: Expression, _: str) -> Asked:
    f = _scalar(expression)
    return Asked(
        f"Find the Hessian of {defined(f)}, row by row.",
        hessian_work(f.node, f.variables),
        lambda: hessian(f),
    )


#: The tasks that a teacher can choose from, by their names in an address.
TASKS: dict[str, Task] = {
    "partial": Task("Partial derivative", "partial", _partial),
    "gradient": Task("Gradient", "gradient", _gradient),
    "jacobian": Task("Jacobian", "jacobian", _jacobian),
    "hessian": Task("Hessian", "hessian", _hessian),
}
