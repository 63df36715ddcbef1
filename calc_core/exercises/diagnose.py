"""Finding out what was done: wrong laws and plans first, then what the answer itself shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, permutations

import numpy as np
from numpy.typing import NDArray

from calc_core.exercises.nearly import nearly
from calc_core.exercises.values import Array, Values, agree
from calc_core.exercises.verdict import Diagnosis, Verdict, diagnosis, judged
from calc_core.exercises.work import Suspect, Suspects, Work
from calc_core.graph import DIV, NUM, Node, Number, entries, postorder, sym

# So many mistakes at one place, and pairs of mistakes, are tried. A limit of time would make what
# is said depend on how busy the machine is.
MOST_PLACES, MOST_PAIRS = 60, 100
# A vector of more components is not tried in every order.
MOST_ORDERED = 4
# Numbers that an answer may be off by as a factor, for it to be said.
PLAIN = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0, 10.0)

Place = tuple[int, ...]


def diagnose(work: Work, given: Node, right: Node, values: Values) -> Verdict:
    """The verdict on a wrong answer of the right shape."""
    return _Inquiry(work, given, right, values).verdict()


def of_this_shape(work: Work, given: Node, values: Values) -> Verdict | None:
    """The wrong plan that leads to an answer of this other shape, if one is known."""
    for suspect in Suspects(work).plans():
        if suspect.node.shape == given.shape and agree(values(given), values(suspect.node)).all():
            return judged(*_said(suspect))
    return None


class _Inquiry:
    """One wrong answer and what is known of it."""

    def __init__(self, work: Work, given: Node, right: Node, values: Values) -> None:
        self.suspects = Suspects(work)
        self.given, self.right, self.values = given, right, values
        self.at = values(given)
        self.goal = values(right)
        self.good = self._good_entries()
        self.bad = np.flatnonzero(~self.good)
        self.known: dict[int, Suspect] = {}

    def _good_entries(self) -> NDArray[np.bool_]:
        pairs = zip(entries(self.given), entries(self.right), strict=True)
        return np.array([self.values.equality(a, b).is_equal for a, b in pairs])

    def verdict(self) -> Verdict:
        """The simplest explanation that is found."""
        looks: tuple[Callable[[], Verdict | None], ...] = (
            self._undefined,
            self._rounded,
            lambda: self._by(self.suspects.single()),
            lambda: self._by(islice(self.suspects.at_one_place(), MOST_PLACES)),
            self._arrangement,
            self._entry_by_entry,
            lambda: self._by(islice(self.suspects.double(), MOST_PAIRS)),
            self._entry_by_entry_in_doubt,
        )
        for look in looks:
            found = look()
            if found is not None:
                return found
        return self._unknown()

    # ── from the values ───────────────────────────────────────────────────────────────────────

    def _undefined(self) -> Verdict | None:
        if np.isfinite(self.at).all():
            return None
        defined = np.isfinite(self.at)
        with np.errstate(invalid="ignore"):
            fits = np.where(defined, np.isclose(self.at, self.goal, rtol=1e-8), True)
        if fits.all() and defined.any(axis=1).all():
            return judged(diagnosis("narrower"))
        return None if defined.any() else judged(diagnosis("undefined"))

    def _rounded(self) -> Verdict | None:
        with np.errstate(invalid="ignore"):
            near = np.isclose(self.at, self.goal, rtol=6e-3, atol=0) | (self.at == self.goal)
        if not near.all() or not _has_decimals(self.given):
            return None
        return judged(diagnosis("rounded"))

    # ── from laws and plans ───────────────────────────────────────────────────────────────────

    def _by(self, suspects: Iterator[Suspect]) -> Verdict | None:
        """The first suspect who explains all of the answer; who explains an entry is noted."""
        for suspect in suspects:
            if suspect.node.shape != self.given.shape or not self.values.knows(suspect.node):
                continue
            made = self.values(suspect.node)
            if agree(made, self.goal).all():
                continue
            fits = agree(made, self.at)
            if fits.all():
                return self._judged(*_said(suspect))
            for k in self.bad:
                if fits[k]:
                    self.known.setdefault(int(k), suspect)
        return None

    def _arrangement(self) -> Verdict | None:
        """The right entries at wrong places."""
        shape = self.right.shape
        if len(shape) == 2 and shape[0] == shape[1]:
            turned = self.goal.reshape(*shape, -1).swapaxes(0, 1).reshape(self.goal.shape)
            if agree(turned, self.at).all():
                return self._judged(diagnosis("transposed"))
        if len(shape) == 1 and 1 < shape[0] <= MOST_ORDERED:
            for order in permutations(range(shape[0])):
                if agree(self.goal[list(order)], self.at).all():
                    return self._judged(diagnosis("order"))
        return None

    # ── entry by entry ────────────────────────────────────────────────────────────────────────

    def _entry_by_entry(self) -> Verdict | None:
        """Every wrong entry explained by itself, by two mistakes in all at most."""
        found: list[Diagnosis] = []
        for k in self.bad:
            known = self.known.get(int(k))
            reasons = _said(known) if known else self._seen(int(k), is_sure=True)
            if not reasons:
                return None
            found += reasons
        unique = _different(found)
        return self._judged(*unique) if len(unique) <= 2 else None

    def _entry_by_entry_in_doubt(self) -> Verdict | None:
        found: list[Diagnosis] = []
        for k in self.bad:
            known = self.known.get(int(k))
            found += _said(known) if known else self._seen(int(k), is_sure=False)
        unique = _different(found)
        return self._judged(*unique[:2]) if unique else None

    def _seen(self, k: int, is_sure: bool) -> tuple[Diagnosis, ...]:
        """What one wrong entry shows by itself: a sign, a factor, one number, one term."""
        at, goal = self.at[k : k + 1], self.goal[k : k + 1]
        if not np.isfinite(at).all():
            return ()
        if agree(-at, goal).all() and goal.any():
            return (diagnosis("sign"),)
        if self.given.free and _is_plain_factor(at, goal):
            return (diagnosis("factor"),)
        if (
            self.given.free
            and self.values.count > 1
            and agree(at - at[:, :1] + goal[:, :1], goal).all()
        ):
            return (diagnosis("added-constant"),)
        letter = self._letter_off(at, goal)
        if letter is not None:
            return (diagnosis("letter-factor", letter),)
        if self._is_top_alone(k, at):
            return (diagnosis("denominator-missing"),)
        return nearly(entries(self.given)[k], entries(self.right)[k], self.values, is_sure)

    def _letter_off(self, at: Array, goal: Array) -> Node | None:
        """The letter x where the answer is right but for a factor x or x², above or below."""
        if not np.any(goal):
            return None
        for name, value in self.values.point.items():
            for n in (-2, -1, 1, 2):
                with np.errstate(all="ignore"):
                    if agree(at * value**n, goal).all():
                        return sym(name)
        return None

    def _is_top_alone(self, k: int, at: Array) -> bool:
        right = entries(self.right)[k]
        return right.op == DIV and bool(agree(at, self.values(right.args[0])).all())

    # ── saying it ─────────────────────────────────────────────────────────────────────────────

    def _judged(self, *mistakes: Diagnosis) -> Verdict:
        share = float(self.good.mean()) if len(self.good) > 1 else 0.0
        return judged(*mistakes, share=share, wrong=self._wrong())

    def _unknown(self) -> Verdict:
        return self._judged(diagnosis("unknown"))

    def _wrong(self) -> tuple[Place, ...]:
        """The wrong entries, counted from 1; nothing where all are wrong, or there is one only."""
        if len(self.good) == 1 or not self.good.any():
            return ()
        places = np.unravel_index(self.bad, self.right.shape)
        return tuple(tuple(int(i) + 1 for i in place) for place in zip(*places, strict=True))


def _said(suspect: Suspect) -> tuple[Diagnosis, ...]:
    spots = (*suspect.spots, *[None] * len(suspect.mistakes))
    return tuple(diagnosis(m, spot) for m, spot in zip(suspect.mistakes, spots, strict=False))


def _different(found: list[Diagnosis]) -> list[Diagnosis]:
    """One of each mistake; where it happened is said only if it is one place."""
    unique: dict[str, Diagnosis] = {}
    for each in found:
        first = unique.setdefault(each.mistake, each)
        if first != each:
            unique[each.mistake] = diagnosis(each.mistake)
    return list(unique.values())


def _is_plain_factor(at: Array, goal: Array) -> bool:
    with np.errstate(all="ignore"):
        ratios = (at / goal)[0]
    if not np.isfinite(ratios).all() or not np.allclose(ratios, ratios[0], rtol=1e-9):
        return False
    size = abs(float(ratios[0]))
    return any(np.isclose(size, [n, 1 / n], rtol=1e-9).any() for n in PLAIN)


def _has_decimals(u: Node) -> bool:
    """Whether there is a number with a denominator as of decimals, such as 0.333."""
    return any(n.op == NUM and _ends_as_decimal(n.data) for n in postorder(u))


def _ends_as_decimal(value: Number) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return value.denominator > 1 and rest == 1
