"""One wrong answer: what is looked at, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from calc_core.exercises.diagnosing.arranged import (
    arrangements,
    as_a_whole,
    is_plain_factor,
    slip_beside,
)
from calc_core.exercises.diagnosing.entry import Entry
from calc_core.exercises.diagnosing.insides import DENOMINATOR, INSIDE
from calc_core.exercises.diagnosing.nearly import nearly
from calc_core.exercises.diagnosing.rounding import is_rounded
from calc_core.exercises.diagnosing.sought import Sought
from calc_core.exercises.polynomials import in_steps
from calc_core.exercises.values import Array, Values, agree
from calc_core.exercises.verdict import Diagnosis, Verdict, diagnosis, judged
from calc_core.exercises.work import Suspect, Suspects, Work
from calc_core.graph import ZERO, Node, entries

# So many mistakes at one place, and pairs of mistakes, are tried. A limit of time would make what
# is said depend on how busy the machine is.
MOST_PLACES, MOST_PAIRS = 60, 100

# What is no beginning of an answer.
NOTHING_DONE = (
    "not-differentiated",
    "function-for-plane",
    "function-for-polynomial",
    "left-as-it-is",
    "integral",
    "point-first",
)

# To these numbers lead by chance, so that a lost sign is said before them.
BY_CHANCE = frozenset(("differentiated-twice", "wrong-variable", "coordinates-exchanged"))
# These are about all entries, and no reason for a single one.
MIXED = frozenset(("rows-exchanged", "columns-exchanged", "pure-and-mixed-exchanged"))

Place = tuple[int, ...]


def diagnose(work: Work, given: Node, sought: Sought) -> Verdict:
    """The verdict on a wrong answer of the right shape."""
    return _Inquiry(work, given, sought).verdict()


def of_this_shape(work: Work, given: Node, values: Values) -> Verdict | None:
    """The wrong plan that leads to an answer of this other shape, if one is known."""
    for suspect in Suspects(work).plans():
        if suspect.node.shape == given.shape and agree(values(given), values(suspect.node)).all():
            return judged(*_said(suspect))
    return None


class _Inquiry:
    """One wrong answer and what is known of it."""

    def __init__(self, work: Work, given: Node, sought: Sought) -> None:
        self.suspects = Suspects(work)
        self.given, self.sought = given, sought
        self.right, self.values = sought.node, sought.values
        # Beside an answer such as ln x, which is not defined everywhere, others count there only.
        self.here = _defined_at(self.values(given))
        self.at, self.goal = self._at(given), self._at(self.right)
        self.good = self._good_entries()
        self.bad = np.flatnonzero(~self.good)
        self.known: dict[int, Suspect] = {}
        self.met: list[tuple[Suspect, Array]] = []
        # Mistakes that make no difference here, and are no part of two.
        self.idle: set[str] = set()

    def _at(self, node: Node) -> Array:
        """The values of a node where the answer has values."""
        return self.values(node)[:, self.here]

    def _good_entries(self) -> NDArray[np.bool_]:
        pairs = zip(entries(self.given), entries(self.right), strict=True)
        return np.array([self.values.equality(a, b).is_equal for a, b in pairs])

    def verdict(self) -> Verdict:
        """The simplest explanation that is found."""
        looks: tuple[Callable[[], Verdict | None], ...] = (
            self._undefined,
            self._as_a_whole,
            self._rounded,
            self._in_steps,
            lambda: self._by(self.suspects.single()),
            lambda: self._by(islice(self.suspects.at_one_place(), MOST_PLACES)),
            self._arrangement,
            self._factor_of_numbers,
            self._entry_by_entry,
            self._by_two,
            self._and_more,
            self._entry_by_entry_in_doubt,
        )
        for look in looks:
            found = look()
            if found is not None:
                return found
        return self._unknown()

    # ── from the values ───────────────────────────────────────────────────────────────────────

    def _undefined(self) -> Verdict | None:
        at, goal = self.values(self.given), self.values(self.right)
        defined = np.isfinite(at)
        if defined.all():
            return None
        with np.errstate(invalid="ignore"):
            fits = np.where(defined, np.isclose(at, goal, rtol=1e-8), True)
        if fits.all() and defined.any(axis=1).all():
            return judged(diagnosis("narrower"))
        return None if self.here.any() else judged(diagnosis("undefined"))

    def _rounded(self) -> Verdict | None:
        """Of a number, after the wrong plans: one of them may lead to a number near the right."""
        is_same = agree(self.at, self.goal).all()
        if is_same or is_rounded(self.given, self.right, self.values):
            return judged(diagnosis("rounded"))
        return None

    def _as_a_whole(self) -> Verdict | None:
        """The sign, or a factor, of all entries of several; of numbers a plan comes before it."""
        are_numbers = not self.given.free and not self.right.free
        plans = (s for s in self.suspects.plans() if BY_CHANCE.isdisjoint(s.mistakes))
        found = self._by(plans) if are_numbers else None
        if found is not None or (len(self.bad) < 2 and not are_numbers):
            return found
        if agree(-self.at, self.goal).all():
            return judged(diagnosis("sign"))
        one = self.at.reshape(1, -1), self.goal.reshape(1, -1)
        is_factor = not are_numbers and is_plain_factor(*one)
        return judged(diagnosis("factor")) if is_factor else None

    # ── from laws and plans ───────────────────────────────────────────────────────────────────

    def _by(self, suspects: Iterator[Suspect]) -> Verdict | None:
        """The first suspect who explains all of the answer; who explains an entry is noted."""
        for suspect in suspects:
            if suspect.node.shape != self.given.shape or not self.values.knows(suspect.node):
                continue
            made = self._at(suspect.node)
            if agree(made, self.goal).all():
                self.idle.update(suspect.mistakes if len(suspect.mistakes) == 1 else ())
                continue
            if len(suspect.mistakes) > 1 and not self.idle.isdisjoint(suspect.mistakes):
                continue
            self.met.append((suspect, made))
            fits = agree(made, self.at)
            if fits.all():
                return self._judged(*_said(suspect))
            if not MIXED.isdisjoint(suspect.mistakes):
                continue
            for k in self.bad:
                if fits[k]:
                    self.known.setdefault(int(k), suspect)
        return None

    def _in_steps(self) -> Verdict | None:
        """Of a polynomial in the steps from a point: how it is put together, term by term."""
        here = self.suspects.work.here
        if here is None:
            return None
        by_plan = self._by(self.suspects.plans())
        if by_plan is not None:
            return by_plan
        given, right = in_steps(self.given, here), in_steps(self.right, here)
        if given is None or right is None:
            return None
        found = nearly(given, right, self.values, is_sure=False)
        # A term is not to be shown as one in x where it is one in x − a.
        is_shifted = any(a is not ZERO for a in here.values())
        return self._judged(*_without_spots(found) if is_shifted else found) if found else None

    def _arrangement(self) -> Verdict | None:
        """The right entries at wrong places."""
        for mistake, arranged in arrangements(self.goal, self.right.shape):
            if agree(arranged, self.at).all():
                return judged(diagnosis(mistake))
            least = max(int(self.good.sum()), len(self.good) // 2) + 1
            more = slip_beside(self.at, arranged, least) if mistake == "transposed" else ""
            if more:
                return judged(diagnosis(mistake), diagnosis(more))
        return None

    def _factor_of_numbers(self) -> Verdict | None:
        """One factor of several numbers, which no single mistake leads to."""
        one = self.at.reshape(1, -1), self.goal.reshape(1, -1)
        is_factor = len(self.bad) > 1 and not self.given.free and is_plain_factor(*one)
        return self._judged(diagnosis("factor")) if is_factor else None

    def _by_two(self) -> Verdict | None:
        """Two mistakes; to 0 many of them lead together."""
        if not self.at.any():
            return None
        return self._by(islice(self.suspects.double(), MOST_PAIRS))

    def _and_more(self) -> Verdict | None:
        """One mistake, and its result with another sign, a factor, or entries at wrong places."""
        for suspect, made in self._single():
            mistake = as_a_whole(made, self.at, self.right.shape)
            if mistake and suspect.mistakes[0] not in NOTHING_DONE:
                return self._judged(*_said(suspect), diagnosis(mistake))
        return None

    def _single(self) -> Iterator[tuple[Suspect, Array]]:
        """All suspects of one mistake, with the values that it leads to."""
        return ((suspect, made) for suspect, made in self.met if len(suspect.mistakes) == 1)

    # ── entry by entry ────────────────────────────────────────────────────────────────────────

    @cached_property
    def _entries(self) -> list[tuple[int, Entry]]:
        """The wrong entries, with their places."""
        pairs = list(zip(entries(self.given), entries(self.right), strict=True))
        found = []
        for k in map(int, self.bad):
            given, right = pairs[k]
            sought = replace(self.sought, node=right)
            is_alone = len(self.bad) == 1
            found.append((k, Entry(given, sought, self.here, bool(self.given.free), is_alone)))
        return found

    def _entry_by_entry(self) -> Verdict | None:
        """Every wrong entry explained by itself, by two mistakes in all at most."""
        reasons = [self._reasons(k, entry) for k, entry in self._entries]
        unique = _different([each for found in reasons for each in found])
        return self._judged(*unique) if all(reasons) and len(unique) <= 2 else None

    def _reasons(self, k: int, entry: Entry) -> tuple[Diagnosis, ...]:
        """What is surely wrong with one entry; of a number any law may turn the sign."""
        known = self.known.get(k)
        if known is None or (not self.given.free and agree(-self.at, self.goal)[k]):
            return entry.seen(is_sure=True) or self._inside_and_law(k, entry, INSIDE)
        return _said(known)

    def _inside_and_law(self, k: int, entry: Entry, mistake: str) -> tuple[Diagnosis, ...]:
        """An inside that was changed, beside one wrong law."""
        for mended, at in entry.mended(mistake):
            for suspect, made in self._single():
                if agree(at, made[k : k + 1]).all():
                    return (*_said(suspect), diagnosis(mistake, mended.spot))
        return ()

    def _entry_by_entry_in_doubt(self) -> Verdict | None:
        found: list[Diagnosis] = []
        for k, entry in self._entries:
            known = self.known.get(k)
            found += (
                _said(known)
                if known
                else entry.seen(is_sure=False) or self._inside_and_law(k, entry, DENOMINATOR)
            )
        unique = _different(found)
        return self._judged(*unique[:2]) if unique else None

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


def _without_spots(found: Iterable[Diagnosis]) -> tuple[Diagnosis, ...]:
    return tuple(diagnosis(each.mistake) for each in found)


def _different(found: list[Diagnosis]) -> list[Diagnosis]:
    """One of each mistake; where it happened is said only if it is one place."""
    unique: dict[str, Diagnosis] = {}
    for each in found:
        first = unique.setdefault(each.mistake, each)
        if first != each:
            unique[each.mistake] = diagnosis(each.mistake)
    return list(unique.values())


def _defined_at(table: Array) -> NDArray[np.bool_]:
    """The points at which all entries have values."""
    return np.asarray(np.isfinite(table).all(axis=0))
