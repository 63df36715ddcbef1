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


class Suspects:
    """The results of one work that mistakes lead to; later methods build on the earlier ones."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._light: dict[Node, Node] = {}
        self._met: dict[WrongLaw, list[Node]] = {}

    def single(self) -> Iterator[Suspect]:
        """One mistake: a wrong law wherever it tempts, then wrong plans."""
        for wrong in WRONG_LAWS:
            believer = self._believer(wrong)
            node = believer.work_out(self.work.recipe)
            if believer.met:
                self._met[wrong] = list(dict.fromkeys(believer.met))
                yield from _suspect(node, wrong.mistake, spot=believer.met[0].args[0])
        yield from self.plans()

    def plans(self) -> Iterator[Suspect]:
        """Wrong plans, carried out by the right laws."""
        for slip in self.work.slips:
            yield from _suspect(self._believer().work_out(slip.recipe), slip.mistake)

    def at_one_place(self) -> Iterator[Suspect]:
        """A wrong law at one of the places where it tempts, the right one at the others."""
        for wrong, goals in self._met.items():
            for goal in goals if len(goals) > 1 else ():
                node = self._believer(wrong, only=goal).work_out(self.work.recipe)
                yield from _suspect(node, wrong.mistake, spot=goal.args[0])

    def double(self) -> Iterator[Suspect]:
        """Two wrong laws, or a wrong law in a wrong plan; the common ones first."""
        for slip in self.work.slips:
            for wrong in self._met:
                node = self._believer(wrong).work_out(slip.recipe)
                yield from _suspect(node, wrong.mistake, slip.mistake)
        pairs = sorted(combinations(enumerate(self._met), 2), key=lambda p: p[0][0] + p[1][0])
        for (_, one), (_, other) in pairs:
            if one.mistake != other.mistake:
                node = self._believer(one, other).work_out(self.work.recipe)
                yield from _suspect(node, one.mistake, other.mistake)

    def _believer(self, *wrongs: WrongLaw, only: Node | None = None) -> _Believer:
        return _Believer(wrongs, self._light, only)


def _suspect(node: Node | None, *mistakes: str, spot: Node | None = None) -> Iterator[Suspect]:
    if node is not None:
        yield Suspect(mistakes, node, () if spot is None else (spot,))


class _Believer:
    """An engine that puts wrong laws before the right ones, and remembers the goals they met."""

    def __init__(
        self, wrongs: tuple[WrongLaw, ...], light: dict[Node, Node], only: Node | None
    ) -> None:
        self.met: list[Node] = []
        self._only = only
        laws = tuple(Law(w.mistake, "", self._tempted(w), w.heads) for w in wrongs)
        self._engine = Engine((*laws, *LAWS), tidy=_Lightly(light))

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

    def __init__(self, done: dict[Node, Node]) -> None:
        super().__init__()
        self._light = done

    def __call__(self, root: Node) -> tuple[Node, tuple[str, ...]]:
        return lightly(root, self._light), ()
