"""Working in formulas of numbers, rows and matrices of them: for every answer that is a formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import combinations_with_replacement

import numpy as np

from calc_core.certify import Certifier
from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.vectors import worked_out
from calc_core.exercises.verdict import Verdict
from calc_core.exercises.working.explain import Explanation
from calc_core.exercises.working.meaning import (
    filled,
    fitted,
    once,
    put_in,
    settled,
)
from calc_core.exercises.working.names import Names
from calc_core.exercises.working.setting import setting_of
from calc_core.graph import (
    APP,
    DERIV,
    LIMIT,
    D,
    Node,
    array,
    at,
    entries,
    neg,
    postorder,
    sym,
)
from calc_core.parse.working_line import Statement, read_line
from calc_core.printing import Latex

# Values that differ by more than this, relative to their size, are not equal; others may be.
FAR, NOISE = 1e-4, 1e-9
# A line of more nodes, or with more derivatives inside each other, is refused.
LARGEST, HIGHEST = 1000, 4


class Formulas:
    """The language of one exercise whose answer is a formula; letters are defined as one goes."""

    def __init__(self, exercise: Exercise, answer: FormulaAnswer) -> None:
        self._answer = answer
        self._engine = Engine()
        self._setting = setting_of(exercise, answer)
        self._scope = self._setting.scope
        self._meanings: dict[Node, Node] = dict(self._setting.meanings)
        self.names = Names(self._setting)

    # ── what the letters mean ─────────────────────────────────────────────────────────────────

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
        return 1 if self._setting.slopes is None else 2

    def meaning(self, node: Node, column: int, reading: int = 0) -> Node:
        """A side with every name in it replaced.  Raises InputError."""
        _check_size(node, column)
        slopes = (
            self._setting.slopes
            if reading == 0 or self._setting.slopes is None
            else self._setting.slopes.held()
        )
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

    def with_own_letter(self, node: Node) -> Node:
        """A side in which an unknown letter, if there is one, stands for the only function."""
        strangers = sorted(node.free - self._scope.letters)
        functions = list(dict.fromkeys(self._scope.functions.values()))
        if len(strangers) != 1 or len(functions) != 1:
            return node
        return put_in(node, {sym(strangers[0]): functions[0]})

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
        if type(self._answer).of_wrong is FormulaAnswer.of_wrong:
            return False
        try:
            return self._answer.grade(text).is_right
        except InputError:
            return False

    def at_point(self, node: Node) -> Node | None:
        """A side taken at the point that the exercise is about; None where there is no point."""
        if not self._setting.point or not node.free:
            return None
        if not node.shape:
            return at(node, self._setting.point)
        return array(node.shape, [at(part, self._setting.point) for part in entries(node)])

    @cached_property
    def asked(self) -> str:
        """What is asked for, in LaTeX; nothing where it has no name."""
        derivation = self._setting.derivation
        if derivation is None or not self.same(derivation.node, self.goal):
            return ""
        return derivation.symbol[0]

    def is_given(self, left: Node, right: Node) -> bool:
        """Whether left = right is the equation of the exercise, or a rearrangement of it."""
        if self._setting.slopes is None or left.shape or right.shape:
            return False
        difference = left - right
        both = [sign for f in self._setting.slopes.functions for sign in (f, neg(f))]
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
            slopes = self._setting.slopes
            yield from [worked_out(put_in(whole, self._meanings, slopes)) for whole in wholes]
            for part in entries(f):
                yield from [D(part, x) for x in variables]
                pairs = combinations_with_replacement(variables, 2)
                yield from [D(D(part, x), y) for x, y in pairs]

    # ── explaining ────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _written(self) -> tuple[Node, ...]:
        """What a first line would be: the derivation after its first step, and at its end."""
        derivation = self._setting.derivation
        step = None if derivation is None else derivation.step
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


def _has_limit(node: Node) -> bool:
    return any(part.op == LIMIT for part in postorder(node))
