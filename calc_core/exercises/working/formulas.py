"""Working in formulas of numbers, rows and matrices of them: for every answer that is a formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import combinations_with_replacement

import numpy as np

from calc_core.certify import Certifier
from calc_core.derivation import Derivation
from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.verdict import Verdict
from calc_core.exercises.working.explain import Explanation
from calc_core.exercises.working.meaning import Slopes, filled, fitted, once, put_in, settled
from calc_core.exercises.working.vectors import worked_out
from calc_core.graph import (
    APP,
    AT,
    DERIV,
    LIMIT,
    SYM,
    D,
    Node,
    array,
    at,
    bindings,
    entries,
    inert_parts,
    neg,
    postorder,
    sym,
)
from calc_core.parse.working_line import Statement, read_line
from calc_core.parse.working_scanner import Scope
from calc_core.printing import Latex
from calc_core.printing.latex import symbol_latex

# Values that differ by more than this, relative to their size, are not equal; others may be.
FAR, NOISE = 1e-4, 1e-9
# A line of more nodes, or with more derivatives inside each other, is refused.
LARGEST, HIGHEST = 1000, 4


class Formulas:
    """The language of one exercise whose answer is a formula; letters are defined as one goes."""

    def __init__(self, exercise: Exercise, answer: FormulaAnswer) -> None:
        self._answer = answer
        self._engine = Engine()
        self._meanings: dict[Node, Node] = {}
        derivation = exercise.solution() if exercise.solution is not None else None
        apps = {n.data[0]: n.args for r in answer.roots for n in postorder(r) if n.op == APP}
        self._scope = replace(self._scope_of(derivation), unknown=apps)
        self._step = None if derivation is None else derivation.step
        self._asked = self.goal if derivation is None else derivation.step.goal
        self._point = _point(self._asked)
        self._slopes = self._slopes_of()

    # ── what the letters mean ─────────────────────────────────────────────────────────────────

    def _scope_of(self, derivation: Derivation | None) -> Scope:
        """The letters of the exercise, and the function in it by its name."""
        if derivation is None:
            return self._scope_of_roots()
        expression = derivation.expression
        f, variables = expression.node, expression.variables
        inner: tuple[str, ...] = ()
        if f.op == AT:
            # f(x(t), y(t)): the inner functions are what x and y stand for.
            table = {x: v for x, v in bindings(f).items() if x is not v}
            self._meanings.update(table)
            inner, f = variables, f.args[0]
            variables = tuple([x.data for x in bindings(expression.node)])
        letters = {*self._answer.names, *variables, *expression.node.free, *f.free, *inner}
        return Scope(
            variables,
            {expression.letter: f},
            frozenset(letters),
            frozenset([x.data for x in self._meanings]),
            by=_prime(derivation, inner or variables),
            also=inner,
        )

    def _slopes_of(self) -> Slopes | None:
        """Which letter an equation makes a function of another, if that is what is asked about."""
        step = self._step
        if step is None or step.rule != "implicit":
            return None
        whole, x = step.goal.args
        name = whole.data[0]
        self._scope = replace(self._scope, meant=self._scope.meant | {name})
        return Slopes(sym(name), x, step.result, tuple(self._scope.functions.values()))

    def _scope_of_roots(self) -> Scope:
        names = self._answer.names
        letters = frozenset(names).union(*[root.free for root in self._answer.roots])
        if len(self._answer.roots) != 1:
            return Scope(names, {}, letters)
        f = self._answer.roots[0]
        variables = tuple([name for name in names if name in f.free])
        return Scope(variables, {"f": f}, letters, by=variables[0] if len(variables) == 1 else "")

    def may_be_defined(self, letter: str) -> bool:
        """Whether a letter has no meaning yet."""
        return bool(letter) and letter not in self._scope.letters | set(self._scope.functions)

    def define(self, letter: str, value: Node) -> None:
        """Give a letter a meaning for the lines that follow."""
        for f in self._scope.functions.values():
            if self.same(value, f):
                # F = x² + y² is another name for the function itself.
                functions = {**self._scope.functions, letter: f}
                self._scope = replace(self._scope, functions=functions)
                return
        self._meanings[sym(letter)] = settled(value, self._engine)
        letters, meant = self._scope.letters | {letter}, self._scope.meant
        if not value.shape:
            meant |= {letter}
        self._scope = replace(self._scope, letters=letters, meant=meant)

    # ── reading ───────────────────────────────────────────────────────────────────────────────

    def read(self, line: str) -> tuple[Statement, ...]:
        """The statements of a line.  Raises InputError for what cannot be read."""
        return read_line(line, self._scope)

    @property
    def readings(self) -> int:
        """Two where y is a function of x: ∂F/∂x may mean y to be held still, or not."""
        return 1 if self._slopes is None else 2

    def meaning(self, node: Node, column: int, reading: int = 0) -> Node:
        """A side with every name in it replaced.  Raises InputError."""
        _check_size(node, column)
        slopes = self._slopes if reading == 0 or self._slopes is None else self._slopes.held()
        try:
            found = fitted(worked_out(put_in(node, self._meanings, slopes)), self.goal.shape)
            settled(found, self._engine)
        except InputError as error:
            raise InputError(error.message, column, error.hint) from None
        strangers = sorted(found.free - set(self._answer.values.point))
        apps = {n.data[0] for n in postorder(found) if n.op == APP}
        unknown = sorted(apps - set(self._scope.unknown))
        if strangers or unknown:
            letter = (strangers or unknown)[0]
            raise InputError(
                f"The letter {letter} does not occur in this exercise.",
                column,
                f"Say first what it stands for: {letter} = …",
            )
        return found if found.inert else filled(found)

    def latex(self, node: Node) -> str:
        """A side in LaTeX."""
        return str(Latex()(node))

    # ── comparing ─────────────────────────────────────────────────────────────────────────────

    @property
    def goal(self) -> Node:
        """The right answer."""
        return self._answer.node

    @cached_property
    def _certifier(self) -> Certifier:
        return Certifier(point=self._answer.values.point)

    def same(self, left: Node, right: Node) -> bool:
        """Whether two sides are equal, where the function and the answer are defined."""
        if left.shape != right.shape:
            return False
        pairs = zip(entries(left), entries(right), strict=True)
        return all(self._same_entry(a, b) for a, b in pairs)

    def _same_entry(self, a: Node, b: Node) -> bool:
        if a is b:
            return True
        if self._are_far_apart(a, b):
            return False
        if a.inert or b.inert:
            left, right = (once(side, self._engine) for side in (a, b))
            return self._certifier.equal(left, right).confirmed
        return self._answer.values.equality(a, b).is_equal

    def _are_far_apart(self, a: Node, b: Node) -> bool:
        """Whether the values differ by so much that no second look with many digits is needed."""
        with np.errstate(all="ignore"):
            left, right = self._certifier.at(a), self._certifier.at(b)
            distance, size = np.abs(left - right), np.abs(left) + np.abs(right)
            # What cancels to 0 differs from it by rounding.
            return bool(np.any(distance > FAR * (size + np.max(size)) + NOISE))

    def accepts(self, text: str) -> bool:
        """Whether a side is right as an answer, where that takes more than being equal to it."""
        if type(self._answer).grade is FormulaAnswer.grade:
            return False
        try:
            return self._answer.grade(text).is_right
        except InputError:
            return False

    def at_point(self, node: Node) -> Node | None:
        """A side taken at the point that the exercise is about; None where there is no point."""
        if not self._point or not node.free:
            return None
        if not node.shape:
            return at(node, self._point)
        return array(node.shape, [at(part, self._point) for part in entries(node)])

    def names_goal(self, node: Node) -> bool:
        """Whether a side is the name of what is asked for, and no step towards it."""
        slopes = self._slopes
        by_letter = None if slopes is None else put_in(D(slopes.letter, slopes.by), {}, slopes)
        return node is by_letter or node is worked_out(self._asked)

    def about(self, node: Node) -> str:
        """What a side names, if that is no way to the derivative that is asked for."""
        names = {f: symbol_latex(name) for name, f in self._scope.functions.items()}
        asked, named = _operands(self._asked), _operands(node)
        if named[-1] not in names or asked[-1] is not named[-1] or node in asked:
            return ""
        return str(Latex(names)(node))

    def is_given(self, left: Node, right: Node) -> bool:
        """Whether left = right is the equation of the exercise, or a rearrangement of it."""
        if self._slopes is None or left.shape or right.shape:
            return False
        difference = left - right
        both = [sign for f in self._slopes.functions for sign in (f, neg(f))]
        return any(self.same(difference, f) for f in both)

    def is_open(self, node: Node) -> bool:
        """Whether an inert derivative waits in it."""
        return node.inert

    def part_of_goal(self, node: Node) -> bool:
        """Whether a side is an entry of the goal; or, of a number, what it is the value of."""
        return any(self.same(node, part) for part in self._parts())

    def _parts(self) -> Iterator[Node]:
        if self.goal.shape:
            yield from entries(self.goal)
        if self.goal.free:
            return
        for f in self._scope.functions.values():
            if not f.free:
                continue
            variables = [sym(x) for x in self._scope.variables]
            point = array((len(variables),), variables)
            wholes = [D(f, point), *([] if f.shape else [D(D(f, point), point)])]
            yield from [worked_out(put_in(whole, self._meanings, self._slopes)) for whole in wholes]
            for part in entries(f):
                yield from [D(part, x) for x in variables]
                pairs = combinations_with_replacement(variables, 2)
                yield from [D(D(part, x), y) for x, y in pairs]

    # ── explaining ────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _written(self) -> tuple[Node, ...]:
        """What a first line would be: the derivation after its first step, and at its end."""
        step = self._step
        nodes = () if step is None else (step.after, step.filled)
        found = [worked_out(node) for node in nodes if not _has_limit(node)]
        return tuple([node for node in found if self.same(node, self.goal)])

    def explain(self, before: Node | None, given: Node) -> Verdict:
        """Why a side does not follow."""
        return Explanation(self._answer, self._engine, self._written).of(before, given)


def _check_size(node: Node, column: int) -> None:
    """Raises InputError for what nobody would write, and would take long to work out."""
    if node.size > LARGEST:
        raise InputError("This line is too long.", column, "Write it in several steps.")
    orders: dict[Node, int] = {}
    for part in postorder(node):
        orders[part] = max([orders[a] for a in part.args], default=0) + (part.op == DERIV)
    if orders[node] > HIGHEST:
        raise InputError(f"More than {HIGHEST} derivatives stand inside each other.", column)


def _point(goal: Node) -> dict[Node, Node]:
    """The point of numbers at which a derivation takes its result, if it does."""
    for part in postorder(goal):
        if part.op == AT and not any(v.free for v in bindings(part).values()):
            return bindings(part)
    return {}


def _has_limit(node: Node) -> bool:
    return any(part.op == LIMIT for part in postorder(node))


def _operands(node: Node) -> list[Node]:
    """A scalar derivative, what it is the derivative of, and so on down to a function."""
    found = [node]
    while found[-1].op == DERIV and not found[-1].shape:
        found.append(found[-1].args[0])
    return found


def _prime(derivation: Derivation, variables: tuple[str, ...]) -> str:
    """The variable that a prime stands for: the one that the exercise differentiates by."""
    goals = [derivation.step.goal, *inert_parts(derivation.step.goal)]
    for goal in goals:
        if goal.op == DERIV and goal.args[1].op == SYM:
            return str(goal.args[1].data)
    return variables[0] if len(variables) == 1 else ""
