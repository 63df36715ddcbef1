"""Finding out what was done: wrong laws and plans first, then what the answer itself shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, permutations

import numpy as np
from numpy.typing import NDArray

from calc_core.exercises.insides import with_right_insides
from calc_core.exercises.nearly import has_constant, nearly
from calc_core.exercises.rounding import is_rounded
from calc_core.exercises.values import Array, Values, agree
from calc_core.exercises.verdict import Diagnosis, Verdict, diagnosis, judged
from calc_core.exercises.work import Suspect, Suspects, Work
from calc_core.graph import DIV, Node, entries, sym

# So many mistakes at one place, and pairs of mistakes, are tried. A limit of time would make what
# is said depend on how busy the machine is.
MOST_PLACES, MOST_PAIRS = 60, 100
# A vector of more components is not tried in every order.
MOST_ORDERED = 4
# Numbers that an answer may be off by as a factor, for it to be said.
PLAIN = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0, 10.0)

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
        # Beside an answer such as ln x, which is not defined everywhere, others count there only.
        self.here = _defined_at(values(given))
        self.at, self.goal = self._at(given), self._at(right)
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
            lambda: self._by(self.suspects.single()),
            lambda: self._by(islice(self.suspects.at_one_place(), MOST_PLACES)),
            self._arrangement,
            self._entry_by_entry,
            lambda: self._by(islice(self.suspects.double(), MOST_PAIRS)),
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
        is_factor = not are_numbers and _is_plain_factor(*one)
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

    def _arrangement(self) -> Verdict | None:
        """The right entries at wrong places."""
        for mistake, arranged in _arrangements(self.goal, self.right.shape):
            if agree(arranged, self.at).all():
                return judged(diagnosis(mistake))
            if mistake == "transposed" and self._slips_beside(arranged):
                return judged(diagnosis(mistake), diagnosis(self._slips_beside(arranged)))
        return None

    def _slips_beside(self, arranged: Array) -> str:
        """What is wrong with entries at wrong places, if more are right there than here."""
        good = agree(arranged, self.at)
        if good.sum() <= max(self.good.sum(), len(good) // 2):
            return ""
        bad = self.at[~good], arranged[~good]
        if agree(-bad[0], bad[1]).all():
            return "sign"
        is_factor = all(_is_plain_factor(a[None], b[None]) for a, b in zip(*bad, strict=True))
        return "factor" if is_factor else ""

    def _and_more(self) -> Verdict | None:
        """One mistake, and its result with another sign, a factor, or entries at wrong places."""
        for suspect, made in self.met:
            if len(suspect.mistakes) > 1 or suspect.mistakes[0] in NOTHING_DONE:
                continue
            mistake = _more(made, self.at, self.right.shape)
            if mistake:
                return self._judged(*_said(suspect), diagnosis(mistake))
        return None

    # ── entry by entry ────────────────────────────────────────────────────────────────────────

    def _entry_by_entry(self) -> Verdict | None:
        """Every wrong entry explained by itself, by two mistakes in all at most."""
        found: list[Diagnosis] = []
        for k in self.bad:
            reasons = self._reasons(int(k))
            if not reasons:
                return None
            found += reasons
        unique = _different(found)
        return self._judged(*unique) if len(unique) <= 2 else None

    def _reasons(self, k: int) -> tuple[Diagnosis, ...]:
        """What is surely wrong with one entry; of a number any law may turn the sign."""
        known = self.known.get(k)
        if known is None or (not self.given.free and agree(-self.at, self.goal)[k]):
            return self._seen(k, is_sure=True) or self._inside_and_law(k)
        return _said(known)

    def _inside_and_law(self, k: int) -> tuple[Diagnosis, ...]:
        """The inside of a function that was changed, beside a wrong law."""
        given, right = entries(self.given)[k], entries(self.right)[k]
        for mended in with_right_insides(given, right):
            at = self._at(mended.node)
            for suspect, made in self.met:
                if len(suspect.mistakes) == 1 and agree(at, made[k : k + 1]).all():
                    return (*_said(suspect), diagnosis(mended.mistake, mended.spot))
        return ()

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
        given, right = entries(self.given)[k], entries(self.right)[k]
        if not at.size:
            return ()
        if agree(-at, goal).all() and goal.any():
            return (diagnosis("sign"),)
        if self.given.free and _is_plain_factor(at, goal):
            return (diagnosis("factor"),)
        if self.given.free and not is_sure and _is_plain_factor(-at, goal):
            return diagnosis("sign"), diagnosis("factor")
        if self.given.free and _is_constant_off(at, goal) and not has_constant(right):
            return (diagnosis("added-constant"),)
        letter = self._letter_off(at, goal)
        if letter is not None:
            return (diagnosis("letter-factor", letter),)
        if self._is_top_alone(k, at):
            return (diagnosis("denominator-missing"),)
        if is_sure and not given.free and len(self.bad) > 1:
            return ()
        return nearly(given, right, self.values, is_sure)

    def _letter_off(self, at: Array, goal: Array) -> Node | None:
        """The letter x where the answer is right but for a factor x or x², above or below."""
        if not np.any(goal):
            return None
        for name, value in self.values.point.items():
            for n in (-2, -1, 1, 2):
                with np.errstate(all="ignore"):
                    if agree(at * value[self.here] ** n, goal).all():
                        return sym(name)
        return None

    def _is_top_alone(self, k: int, at: Array) -> bool:
        right = entries(self.right)[k]
        return right.op == DIV and bool(agree(at, self._at(right.args[0])).all())

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


def _defined_at(table: Array) -> NDArray[np.bool_]:
    """The points at which all entries have values."""
    return np.asarray(np.isfinite(table).all(axis=0))


def _more(made: Array, at: Array, shape: tuple[int, ...]) -> str:
    """What is wrong with a result as a whole, if that turns it into the answer."""
    if agree(-made, at).all():
        return "sign"
    if _is_plain_factor(at.reshape(1, -1), made.reshape(1, -1)):
        return "factor"
    arranged = _arrangements(made, shape)
    return next((mistake for mistake, other in arranged if agree(other, at).all()), "")


def _arrangements(table: Array, shape: tuple[int, ...]) -> Iterator[tuple[str, Array]]:
    """The entries of a result at other places."""
    if len(shape) == 2 and shape[0] == shape[1]:
        yield "transposed", table.reshape(*shape, -1).swapaxes(0, 1).reshape(table.shape)
    if len(shape) == 1 and 1 < shape[0] <= MOST_ORDERED:
        for order in permutations(range(shape[0])):
            if order != tuple(range(shape[0])):
                yield "order", table[list(order)]


def _is_plain_factor(at: Array, goal: Array) -> bool:
    """Whether an entry is right but for a positive factor that people lose."""
    with np.errstate(all="ignore"):
        ratios = (at / goal)[0]
    if not np.isfinite(ratios).all() or not np.allclose(ratios, ratios[0], rtol=1e-9):
        return False
    size = float(ratios[0])
    return any(np.isclose(size, [n, 1 / n], rtol=1e-9).any() for n in PLAIN)


def _is_constant_off(at: Array, goal: Array) -> bool:
    return at.shape[1] > 1 and bool(agree(at - at[:, :1] + goal[:, :1], goal).all())
