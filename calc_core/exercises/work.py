"""A computation as a plan: carried out by right laws or by wrong ones, or a wrong plan itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from calc_core.derive import Engine, Step
from calc_core.exercises.wrong_laws.law import WrongLaw
from calc_core.exercises.wrong_laws.pairs import together
from calc_core.exercises.wrong_laws.table import WRONG_LAWS
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
    """What is to be computed, and the wrong plans that tempt people in its place.

    ``here``  the point, if the result is a polynomial in the steps away from it: how such a one is
              put together is what is practised, and goes wrong before the derivatives do.
    """

    recipe: Recipe
    slips: tuple[Slip, ...] = ()
    here: Mapping[Node, Node] | None = None

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
        self._right = _Right({})
        self._met: dict[WrongLaw, list[Node]] = {}
        self._tempted: dict[tuple[WrongLaw, Node], bool] = {}
        self._masks: dict[WrongLaw, tuple[int, int]] = {}

    def single(self) -> Iterator[Suspect]:
        """One mistake: a wrong law wherever it tempts, then wrong plans, then the rest."""
        goals = self._right.goals(self.work.recipe)
        tempting = [w for w in WRONG_LAWS if any(self._tempts(w, goal) for goal in goals)]
        for wrong in tempting:
            if wrong.mistake not in LEFT:
                yield from self._everywhere(wrong)
        yield from self.plans()
        for wrong in tempting:
            if wrong.mistake in LEFT:
                yield from self._everywhere(wrong)

    def _everywhere(self, wrong: WrongLaw) -> Iterator[Suspect]:
        believer = self._believer(wrong)
        node = believer.work_out(self.work.recipe)
        if believer.met:
            self._met[wrong] = list(dict.fromkeys(believer.met))
            yield from _suspect(node, wrong.mistake, spot=believer.met[0].args[0])

    def plans(self) -> Iterator[Suspect]:
        """Wrong plans, carried out by the right laws."""
        for slip in self.work.slips:
            yield from _suspect(_worked_out(slip.recipe, self._right), slip.mistake)

    def at_one_place(self) -> Iterator[Suspect]:
        """A wrong law at one of the places where it tempts, the right one at the others."""
        goals = self._right.goals(self.work.recipe)
        for wrong in WRONG_LAWS:
            places = [goal for goal in goals if self._tempts(wrong, goal)]
            if self._met.get(wrong) == places[:1] == places:
                continue
            for goal in places:
                node = self._believer(wrong, only=goal).work_out(self.work.recipe)
                yield from _suspect(node, wrong.mistake, spot=goal.args[0])

    def double(self) -> Iterator[Suspect]:
        """Two wrong laws, or a wrong law in a wrong plan; the common ones first."""
        tried = sorted((*self._pairs(), *self._in_plans()), key=lambda pair: pair[0])
        for _, recipe, laws, mistakes in tried:
            yield from _suspect(self._believer(*laws).work_out(recipe), *mistakes)

    def _pairs(self) -> Iterator[_Try]:
        for (i, one), (j, other) in combinations(enumerate(_combined(self._met)), 2):
            if one.mistake != other.mistake:
                yield i + j, self.work.recipe, (one, other), (one.mistake, other.mistake)

    def _in_plans(self) -> Iterator[_Try]:
        for j, slip in enumerate(self.work.slips):
            goals = self._right.goals(slip.recipe)
            tempting = [w for w in WRONG_LAWS if any(self._tempts(w, goal) for goal in goals)]
            for i, wrong in enumerate(_combined(tempting)):
                yield i + j + LATER, slip.recipe, (wrong,), (wrong.mistake, slip.mistake)

    def _tempts(self, wrong: WrongLaw, goal: Node) -> bool:
        known = self._tempted.get((wrong, goal))
        if known is None:
            u, x = goal.args
            fits = not (u.shape or x.shape) and (not wrong.heads or u.op in wrong.heads)
            known = self._tempted[wrong, goal] = fits and wrong.apply(u, x) is not None
        return known

    def _touched(self, wrong: WrongLaw) -> int:
        """The bits of all goals known so far at which a wrong law tempts."""
        seen, touched = self._masks.get(wrong, (0, 0))
        goals = list(self._right.bits)
        for i in range(seen, len(goals)):
            touched |= self._tempts(wrong, goals[i]) << i
        self._masks[wrong] = len(goals), touched
        return touched

    def _believer(self, *wrongs: WrongLaw, only: Node | None = None) -> _Believer:
        touched = self._right.bits[only] if only else 0
        for wrong in wrongs if only is None else ():
            touched |= self._touched(wrong)
        laws = together(*wrongs) if len(wrongs) == 2 else wrongs
        return _Believer(laws, self._right, touched, only)


# That nothing was done, or the reverse, is said after all that may have been done.
LEFT = ("left-as-it-is", "integral")
# These lead to anything when something else is added to them.
ALONE = ("left-as-it-is", "integral", "other-variable-moves")
# A wrong plan with a wrong law in it comes after so many pairs of the more common laws.
LATER = 4

#: How common a pair is, what is worked out, by which wrong laws, and the mistakes.
_Try = tuple[int, Recipe, tuple[WrongLaw, ...], tuple[str, str]]


def _combined(laws: Iterable[WrongLaw]) -> list[WrongLaw]:
    return [wrong for wrong in laws if wrong.mistake not in ALONE]


def _suspect(node: Node | None, *mistakes: str, spot: Node | None = None) -> Iterator[Suspect]:
    if node is not None:
        yield Suspect(mistakes, node, () if spot is None else (spot,))


def _worked_out(recipe: Recipe, engine: Engine) -> Node | None:
    """The result; None where a mistake leads to something that no law is about."""
    try:
        return recipe(engine)
    except (ArithmeticError, ValueError):
        return None


class _Right(Engine):
    """The right laws; it knows which goals a goal leads to, each of which has a bit."""

    def __init__(self, light: dict[Node, Node]) -> None:
        super().__init__(tidy=_Lightly(light))
        self.bits: dict[Node, int] = {}
        self._below: dict[Node, int] = {}
        self._steps_of: dict[Node, Step] = {}
        self._asked: set[Node] = set()

    def derive(self, goal: Node) -> Step:
        """The step, and what it leads to."""
        step = super().derive(goal)
        self._asked.add(goal)
        if goal not in self.bits:
            self.bits[goal] = below = 1 << len(self.bits)
            for part in (*step.inner, *step.children):
                below |= self._below[part.goal]
            self._below[goal] = below
            self._steps_of[goal] = step
        return step

    def goals(self, recipe: Recipe) -> list[Node]:
        """The derivatives that a recipe needs, the outermost first."""
        self._asked = set()
        _worked_out(recipe, self)
        needed = 0
        for goal in self._asked:
            needed |= self._below[goal]
        return [goal for goal, bit in reversed(self.bits.items()) if bit & needed]

    def untouched(self, goal: Node, touched: int) -> Step | None:
        """The step of a goal that leads to none of the touched ones."""
        below = self._below.get(goal)
        return None if below is None or below & touched else self._steps_of[goal]


class _Believer(Engine):
    """An engine that puts wrong laws before the right ones, and remembers the goals they met.

    ``right``    the right laws, whose results it takes over where nothing is ``touched``;
    ``only``     the one goal that the wrong laws are used on, or None for all.
    """

    def __init__(
        self, wrongs: tuple[WrongLaw, ...], right: _Right, touched: int, only: Node | None
    ) -> None:
        laws = tuple(Law(w.mistake, "", self._tempted(w), w.heads) for w in wrongs)
        super().__init__((*laws, *LAWS), tidy=right.tidy)
        self.met: list[Node] = []
        self._known, self._touched, self._only = right, touched, only

    def derive(self, goal: Node) -> Step:
        """The step of the right laws where no wrong one tempts below."""
        known = self._known.untouched(goal, self._touched)
        return super().derive(goal) if known is None else known

    def work_out(self, recipe: Recipe) -> Node | None:
        """The result; None where the mistake leads to something that no law is about."""
        return _worked_out(recipe, self)

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
