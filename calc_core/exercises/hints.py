"""Hints: what comes next, then its law, then the line itself; all of them are the derivation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from calc_core.derivation import Derivation
from calc_core.exercises.choosing.phrases import UNNAMED, described
from calc_core.exercises.exercise import Exercise
from calc_core.graph import DERIV, LIMIT, SYM, Node, postorder
from calc_core.lines import Block, Line

Stage = Literal["next", "law", "line"]


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint, to be shown after those before it.

    ``step``   which step of the derivation it belongs to, counted from 1;
    ``stage``  ``"next"`` says what is to be done, ``"law"`` by which law, ``"line"`` is the line;
    ``text``   in Markdown, or nothing;
    ``latex``  a formula to display, or nothing.
    """

    step: int
    stage: Stage
    text: str
    latex: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The hint as plain data, ready for JSON."""
        return asdict(self)


@runtime_checkable
class HasHints(Protocol):
    """An answer that is found without a derivation, and says how."""

    def hints(self) -> tuple[str, ...]:
        """Sentences in Markdown, each of which says more than the one before."""


# What is to be done where no derivative is marked, by the rule that follows.
_TO_DO = {
    "known": "Put in what was worked out above.",
    "tidy": "Nothing is left to be differentiated: write the result more simply.",
    "directional": "Begin with what a directional derivative is made of.",
    "length": "Begin with what the rate of steepest ascent is.",
    "implicit": "Begin with what the slope is made of.",
    "taylor": "Begin with what the polynomial is made of.",
    "at-point": "Find the formula first, and put in the point at the end.",
    "composition": "One function stands inside another one.",
    "gradient": "The function is to be differentiated by each variable.",
    "jacobian": "Each component is to be differentiated by each variable.",
    "hessian": "The function is to be differentiated twice, in every way.",
}
_LIMIT = "A derivative is a limit of difference quotients."
_BEGIN, _MARKED, _ON = (
    "Begin with what is asked for.",
    "Look at the marked part.",
    "Go on from here.",
)


def hints(exercise: Exercise) -> tuple[Hint, ...]:
    """The hints to an exercise, each to be shown after those before it.

    For every line of the derivation there are three: what comes next, the law, the line.  What the
    answer itself has to say follows; where there is neither, the remark.

    >>> from calc_core.exercises import generate
    >>> [hint.stage for hint in hints(generate("partial", 1, 0))]
    ['next', 'law', 'line']
    """
    found = [] if exercise.solution is None else list(_of_derivation(exercise.solution()))
    answer = exercise.answer
    said = answer.hints() if isinstance(answer, HasHints) else ()
    if not found and not said and exercise.remark:
        said = (exercise.remark,)
    last = found[-1].step if found else 0
    return (*found, *[Hint(last + k, "line", text) for k, text in enumerate(said, 1)])


def _of_derivation(derivation: Derivation) -> Iterator[Hint]:
    step = 0
    for block in derivation.blocks("usual"):
        for k, line in enumerate(block.lines):
            step += 1
            yield Hint(step, "next", _next(block, k), _before(derivation, block, k))
            yield Hint(step, "law", _law(line), line.label.law)
            written = f"{derivation.goal_latex(block)} = {derivation.printer()(line.node)}"
            yield Hint(step, "line", "", written)


def _part(block: Block, k: int) -> Node | None:
    """What line k works on: the goal at first, then the mark of the line before."""
    return block.lines[k - 1].mark if k else block.goal


def _next(block: Block, k: int) -> str:
    part, line = _part(block, k), block.lines[k]
    if line.rule in _TO_DO:
        return _TO_DO[line.rule]
    if any(node.op == LIMIT for node in postorder(line.node)):
        return _ON if k else _LIMIT
    if part is None:
        return _ON
    if part.op != DERIV or part.args[1].op != SYM or part.args[0].inert:
        return _MARKED if k else _BEGIN
    what = described(*part.args)
    if what == UNNAMED:
        return _MARKED if k else _BEGIN
    where = "The marked part" if k else "What is to be differentiated"
    return f"{where} is {what}."


def _before(derivation: Derivation, block: Block, k: int) -> str:
    """The line to go on from, with what comes next marked."""
    if k:
        return str(derivation.printer(_part(block, k))(block.lines[k - 1].node))
    return str(derivation.printer()(block.goal))


def _law(line: Line) -> str:
    """The name of the law, and of what is used in the same breath."""
    name = "; ".join((line.label.name, *line.also))
    return f"{name[0].upper()}{name[1:]}."
