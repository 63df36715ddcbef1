"""A computation as a plan: carried out by right laws or by wrong ones, or a wrong plan itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from calc_core.derive import Engine
from calc_core.exercises.wrong_laws import WRONG_LAWS, WrongLaw
from calc_core.graph import D, Node
from calc_core.light import lightly
from calc_core.rules import LAWS, Law
from calc_core.tidy import Tidier

#: From an engine, which holds the laws, to a result.
Recipe = Callable[[Engine], Node]


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong plan: the id of the mistake, and what then is computed."""

    mistake: str
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be computed, and the wrong plans that tempt people in its place."""

    recipe: Recipe
    slips: tuple[Slip, ...] = ()

    def right(self) -> Node:
        """The result by the right laws, tidied."""
        return Tidier()(self.recipe(Engine()))[0]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A result that these mistakes lead to; ``spots`` are the operands at which they happen."""

    mistakes: tuple[str, ...]
    node: Node
    spots: tuple[Node, ...] = ()


def single_mistakes(work: Work) -> Iterator[Suspect]:
    """One mistake: a wrong law wherever it tempts, then wrong plans."""
    for wrong in WRONG_LAWS:
        believer = _Believer((wrong,))
        node = believer.work_out(work.recipe)
        if believer.met and node is not None:
            yield Suspect((wrong.mistake,), node, (believer.met[0].args[0],))
    for slip in work.slips:
        node = _Believer(()).work_out(slip.recipe)
        if node is not None:
            yield Suspect((slip.mistake,), node)


def mistakes_at_one_place(work: Work) -> Iterator[Suspect]:
    """A wrong law at one of the places where it tempts, the right one at the others."""
    for wrong in WRONG_LAWS:
        believer = _Believer((wrong,))
        believer.work_out(work.recipe)
        goals = dict.fromkeys(believer.met)
        for goal in goals if len(goals) > 1 else ():
            node = _Believer((wrong,), only=goal).work_out(work.recipe)
            if node is not None:
                yield Suspect((wrong.mistake,), node, (goal.args[0],))


def double_mistakes(work: Work) -> Iterator[Suspect]:
    """Two wrong laws, or a wrong law in a wrong plan."""
    tempting = [wrong for wrong in WRONG_LAWS if _tempts(wrong, work.recipe)]
    for pair in combinations(tempting, 2):
        if pair[0].mistake != pair[1].mistake:
            node = _Believer(pair).work_out(work.recipe)
            if node is not None:
                yield Suspect((pair[0].mistake, pair[1].mistake), node)
    for slip in work.slips:
        for wrong in tempting:
            node = _Believer((wrong,)).work_out(slip.recipe)
            if node is not None:
                yield Suspect((wrong.mistake, slip.mistake), node)


def _tempts(wrong: WrongLaw, recipe: Recipe) -> bool:
    believer = _Believer((wrong,))
    believer.work_out(recipe)
    return bool(believer.met)


class _Believer:
    """An engine that puts wrong laws before the right ones, and remembers the goals they met."""

    def __init__(self, wrongs: tuple[WrongLaw, ...], only: Node | None = None) -> None:
        self.met: list[Node] = []
        self._only = only
        laws = tuple(Law(w.mistake, "", self._tempted(w), w.heads) for w in wrongs)
        self._engine = Engine((*laws, *LAWS), tidy=_Lightly())

    def work_out(self, recipe: Recipe) -> Node | None:
        """The result; None where the mistake leads to something that no law is about."""
        try:
            return recipe(self._engine)
        except (ArithmeticError, ValueError):
            return None

    def _tempted(self, wrong: WrongLaw) -> Callable[[Node, Node], Node | None]:
        def apply(u: Node, x: Node) -> Node | None:
            if x.shape or u.shape:
                return None
            after = wrong.apply(u, x)
            if after is None:
                return None
            goal = D(u, x)
            if self._only is not None and goal is not self._only:
                return None
            self.met.append(goal)
            return after

        return apply


class _Lightly(Tidier):
    """Only what keeps wrong results small: nobody reads them."""

    def __call__(self, root: Node) -> tuple[Node, tuple[str, ...]]:
        return lightly(root), ()
