"""What an exercise is about, for whoever writes down a derivation: its letters and its goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from calc_core.derivation import Derivation
from calc_core.derive import Engine, Step
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.working.meaning import Slopes, settled
from calc_core.graph import (
    APP,
    AT,
    DERIV,
    SYM,
    D,
    Node,
    bindings,
    div,
    inert_parts,
    neg,
    postorder,
    sym,
)
from calc_core.parse.working_scanner import Scope


@dataclass(frozen=True, slots=True)
class Setting:
    """What an exercise says before anybody has written a line.

    ``scope``       the letters, and the function by its name;
    ``asked``       what is derived, as an inert derivative;
    ``derivation``  how, if there is a derivation;
    ``meanings``    what inner functions stand for;
    ``point``       the numbers at which a derivative is taken, if it is;
    ``slopes``      which letter an equation makes a function of another, if that is asked about.
    """

    scope: Scope
    asked: Node
    derivation: Derivation | None = None
    meanings: Mapping[Node, Node] = field(default_factory=lambda: MappingProxyType({}))
    point: Mapping[Node, Node] = field(default_factory=lambda: MappingProxyType({}))
    slopes: Slopes | None = None


def setting_of(exercise: Exercise, answer: FormulaAnswer) -> Setting:
    """The setting of an exercise whose answer is a formula."""
    if exercise.solution is None:
        scope = _with_unknown(_scope_of_roots(answer), answer)
        return Setting(scope, answer.node)
    derivation = exercise.solution()
    step = derivation.step
    meanings = _inner_functions(derivation)
    scope = _with_unknown(_scope_of(derivation, answer, meanings), answer)
    slopes = _slopes_of(step, tuple(scope.functions.values()))
    if slopes is not None:
        scope = replace(scope, meant=scope.meant | {slopes.letter.data})
    return Setting(scope, step.goal, derivation, meanings, _point(step.goal), slopes)


def _slopes_of(step: Step, functions: tuple[Node, ...]) -> Slopes | None:
    """Which letter the equation F = 0 makes a function of the others, and its derivatives."""
    if step.rule != "implicit":
        return None
    whole, _ = step.goal.args
    letter = sym(whole.data[0])
    [f] = functions
    slopes = {x: settled(neg(div(D(f, x), D(f, letter))), Engine()) for x in whole.args}
    return Slopes(letter, slopes, functions)


def _with_unknown(scope: Scope, answer: FormulaAnswer) -> Scope:
    apps = {n.data[0]: n.args for root in answer.roots for n in postorder(root) if n.op == APP}
    return replace(scope, unknown=apps)


def _inner_functions(derivation: Derivation) -> dict[Node, Node]:
    """What x and y stand for in f(x(t), y(t))."""
    f = derivation.expression.node
    return {x: v for x, v in bindings(f).items() if x is not v} if f.op == AT else {}


def _scope_of(
    derivation: Derivation, answer: FormulaAnswer, meanings: Mapping[Node, Node]
) -> Scope:
    """The letters of the exercise, and the function in it by its name."""
    expression = derivation.expression
    f, variables = expression.node, expression.variables
    inner: tuple[str, ...] = ()
    if f.op == AT:
        put = {letter for v in bindings(f).values() for letter in v.free}
        inner = tuple(dict.fromkeys((*variables, *sorted(put))))
        variables = tuple([x.data for x in bindings(f)])
        f = f.args[0]
    letters = {*answer.names, *variables, *expression.node.free, *f.free, *inner}
    return Scope(
        variables,
        {expression.letter: f},
        frozenset(letters),
        frozenset([x.data for x in meanings]),
        by=_prime(derivation, derivation.expression.variables),
        also=inner,
    )


def _scope_of_roots(answer: FormulaAnswer) -> Scope:
    letters = frozenset(answer.names).union(*[root.free for root in answer.roots])
    if len(answer.roots) != 1:
        return Scope(answer.names, {}, letters)
    f = answer.roots[0]
    variables = tuple([name for name in answer.names if name in f.free])
    return Scope(variables, {"f": f}, letters, by=variables[0] if len(variables) == 1 else "")


def _prime(derivation: Derivation, variables: tuple[str, ...]) -> str:
    """The variable that a prime stands for: the one that the exercise differentiates by."""
    goals = [derivation.step.goal, *inert_parts(derivation.step.goal)]
    for goal in goals:
        if goal.op == DERIV and goal.args[1].op == SYM:
            return str(goal.args[1].data)
    return variables[0] if len(variables) == 1 else ""


def _point(goal: Node) -> dict[Node, Node]:
    """The point of numbers at which a derivation takes its result, if it does."""
    for part in postorder(goal):
        if part.op == AT and not any(v.free for v in bindings(part).values()):
            return bindings(part)
    return {}
