"""The numbers of rows and columns while they are still unknown: what must be equal is made one.

An extent is a number, an unknown, or a product of them.  A number that follows from the form, as
the one column of a vector, never becomes the value of an unknown if it is 1: whoever multiplies
two columns has made a slip, and did not mean vectors of length one.  Numbers that a person
declared may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calc_core import shapes


class Unknown:
    """The number of rows or columns of something; ``is_now`` once that has turned out."""

    __slots__ = ("is_now", "letter", "number")

    def __init__(self, letter: str = "", number: int = 0) -> None:
        self.letter = letter
        self.number = number
        self.is_now: Extent | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """A product of extents."""

    factors: tuple[Extent, ...]


Extent = int | Unknown | Times


def times(extents: list[Extent]) -> Extent:
    """The product of several, as simple as it can be."""
    rest = [extent for extent in extents if extent != 1]
    return rest[0] if len(rest) == 1 else Times(tuple(rest)) if rest else 1


@dataclass(frozen=True, slots=True)
class _Product:
    """A number times unknowns; ``natural`` if it is the number 1 by its form."""

    number: int
    unknowns: Counter[Unknown]
    natural: bool = False


_Side = tuple[_Product, Counter[Unknown]]


class Extents:
    """All that is known about the extents of one text."""

    def __init__(self) -> None:
        self.letters: dict[str, Unknown] = {}
        self._waiting: list[tuple[Extent, Extent]] = []

    def letter(self, letter: str) -> Unknown:
        """The extent that a person calls by this letter."""
        return self.letters.setdefault(letter, Unknown(letter))

    # What is equal

    def same(self, a: Extent, b: Extent) -> bool:
        """Makes two extents equal; False if they cannot be."""
        left, right = _product(a), _product(b)
        common = left.unknowns & right.unknowns
        top, bottom = left.unknowns - common, right.unknowns - common
        natural = (left.natural or right.natural) or bool(common)
        if not top and not bottom:
            return left.number == right.number
        if not top:
            return self._is_number(bottom, left.number, right.number, natural)
        if not bottom:
            return self._is_number(top, right.number, left.number, natural)
        return self._two_products(a, b, (left, top), (right, bottom))

    def _is_number(self, unknowns: Counter[Unknown], number: int, by: int, natural: bool) -> bool:
        """Makes by·u…·v equal to a number."""
        if number % by:
            return False
        if len(list(unknowns.elements())) > 1:
            return self._later(unknowns, by, number)
        unknown = next(iter(unknowns))
        if number == by and natural:
            return False
        return _becomes(unknown, Unknown(number=number // by))

    def _later(self, unknowns: Counter[Unknown], by: int, number: int) -> bool:
        self._waiting.append((Times((by, *unknowns.elements())), number))
        return True

    def _two_products(self, a: Extent, b: Extent, first: _Side, second: _Side) -> bool:
        (left, top), (right, bottom) = first, second
        if left.number == right.number and len(top) == len(bottom) == 1:
            (one, times), (two, others) = *top.items(), *bottom.items()
            if times == others:
                return _one(one, two)
        for (whole, single), (other, many) in ((first, second), (second, first)):
            alone = next(iter(single))
            if single.total() == 1 and other.number % whole.number == 0:
                rest: tuple[Extent, ...] = (other.number // whole.number, *many.elements())
                if not alone.letter:
                    return _becomes(alone, Times(rest))
        self._waiting.append((a, b))
        return True

    def settle(self) -> bool:
        """Takes up what had to wait; False if something remains that is not known to be equal."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            if not all(self.same(a, b) for a, b in waiting):
                return False
            if len(self._waiting) == len(waiting):
                return self._settle_in_order(waiting)
        return True

    def _settle_in_order(self, waiting: list[tuple[Extent, Extent]]) -> bool:
        """Takes products of as many factors for equal factor by factor, as (A ⊗ B)(C ⊗ D) has."""
        self._waiting = []
        for a, b in waiting:
            in_order = isinstance(a, Times) and isinstance(b, Times)
            if not in_order or not _in_order(self, a, b):
                return False
        return not self._waiting

    # What it is called

    def value(self, extent: Extent) -> shapes.Extent:
        """The number or letters that it is; unknowns without a letter count as ``?``."""
        product = _product(extent)
        names = [unknown.letter or "?" for unknown in product.unknowns.elements()]
        return shapes.times(product.number, *names)

    def name(self, groups: Iterable[Iterable[Extent]], taken: set[str]) -> None:
        """Gives letters to the unknowns without one: n or m and n, then p, q and so on.

        Those of a group are named together, as the rows and columns of a matrix are.
        """
        taken = taken | set(self.letters)
        pool = _free_letters(taken)
        for group in groups:
            nameless = _nameless(group)
            wanted = "mn" if len(nameless) == 2 else "nm"
            if len(nameless) == 2 and not taken.isdisjoint("mn"):
                wanted = ""
            for unknown in nameless:
                letter = next((c for c in wanted if c not in taken), "") or next(
                    c for c in pool if c not in taken
                )
                unknown.letter = letter
                taken.add(letter)


def _in_order(extents: Extents, a: Extent, b: Extent) -> bool:
    first, second = _factors(a), _factors(b)
    if len(first) != len(second):
        return False
    return all(extents.same(p, q) for p, q in zip(first, second, strict=True))


def _factors(extent: Extent) -> list[Extent]:
    if isinstance(extent, Times):
        return [part for factor in extent.factors for part in _factors(factor)]
    if isinstance(extent, Unknown) and extent.is_now is not None:
        return _factors(extent.is_now)
    return [] if is_one(extent) else [extent]


def is_one(extent: Extent) -> bool:
    """Whether this is known to be the number 1."""
    product = _product(extent)
    return product.number == 1 and not product.unknowns


def _nameless(group: Iterable[Extent]) -> list[Unknown]:
    found: dict[Unknown, None] = {}
    for extent in group:
        found.update({u: None for u in _product(extent).unknowns if not u.letter})
    return list(found)


def _free_letters(taken: set[str]) -> Iterator[str]:
    for letter in "pqrklhgcdmnstuvw":
        if letter not in taken:
            yield letter
    i = 1
    while True:
        yield f"n_{i}"
        i += 1


def _product(extent: Extent) -> _Product:
    number, natural = 1, extent == 1
    unknowns: Counter[Unknown] = Counter()
    stack = [extent]
    while stack:
        part = stack.pop()
        if isinstance(part, int):
            number *= part
        elif isinstance(part, Times):
            stack.extend(part.factors)
        elif part.is_now is not None:
            stack.append(part.is_now)
        elif part.number:
            number *= part.number
        else:
            unknowns[part] += 1
    return _Product(number, unknowns, natural)


def _one(a: Unknown, b: Unknown) -> bool:
    if a.letter and b.letter:
        return False
    # What has a letter keeps it.
    return _becomes(b, a) if a.letter else _becomes(a, b)


def _becomes(unknown: Unknown, value: Extent) -> bool:
    if unknown in _product(value).unknowns:
        return False
    unknown.is_now = value
    return True
