"""Random matrices at which an expression has values: where the certificate looks.

Two samples of different sizes, so that a law that holds for square matrices only, or for vectors of
one length, is found out.  The numbers are random but always the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice, permutations, product
from typing import Any

import numpy as np

from calc_core.graph import BINDERS, FN, LOGIC, REL, SERIES, SYM, Node, Symbol, outside_binders
from calc_core.graph import postorder as below
from calc_core.matrix.kernels import KINKED
from calc_core.matrix.nodes import (
    COMMUTATION,
    DELTA,
    DET,
    EACH,
    EXTENT,
    IDENTITY,
    INVERSE,
    MATFN,
    MATPOW,
    ONES,
    SELECTION,
    SUBSCRIPT,
    UNVEC,
)
from calc_core.matrix.numbers import Numbers, symbols_in
from calc_core.shapes import Extent, measure

Array = Any

WANTED = 2
# Signs and steps take few values, which agree by chance more easily: so many times as many samples.
WITH_KINKS = 3
LARGEST = 1e8
WORST_CONDITION = 1e4
# Distinct, so that a product in the wrong order does not fit; the first is the larger one, as
# (XᵀX)⁻¹ wants it.
SIZES = (3, 2, 4, 5, 6, 7, 8, 9)
WHOLE_NUMBERS = (3, 4, 5, 6)
MOST_SIZES = 8
MOST_MIXTURES = 30
# So many choices of the letters of subscripts are looked at: of four letters, all of 1 and 2.
MOST_PLACES = 16


@dataclass(frozen=True, slots=True)
class Sample:
    """Sizes, values, small changes dX, and choices of places for the letters of subscripts."""

    sizes: dict[str, int]
    values: dict[str, Array]
    moves: dict[str, Array]
    places: tuple[dict[str, int], ...] = ({},)


def sample(roots: Sequence[Node], symbols: Iterable[Symbol] = ()) -> tuple[Sample, ...]:
    """Two samples at which every part of the roots is finite and well conditioned; fewer if not.

    With kinks and steps there are six, of two sizes.

    Symbols that do not occur in the roots get values as well.  The traits of a symbol hold for its
    value and for its dX.
    """
    known = tuple({**{s.name: s for s in symbols}, **symbols_in(*roots)}.values())
    parts = [node for node in outside_binders(*roots) if not node.inert]
    exponents = _whole_numbers(roots)
    # A step inside a sum over an index is looked at where the index is 1.
    bound = {n.args[1].data: np.float64(1.0) for n in below(*roots) if n.op == SERIES}
    assignments = [dict(a) for a in _assignments(_letters(known, roots))]
    wanted = WANTED
    if any(n.op in (FN, EACH) and n.data in KINKED for n in below(*roots)):
        wanted *= WITH_KINKS
        assignments = assignments[:WANTED] * WITH_KINKS + assignments[WANTED:]
    subscripts = [node for node in below(*roots) if node.op in (SUBSCRIPT, DELTA)]
    found: dict[int, Sample] = {}
    tried: Sequence[tuple[str, str]] = TRIED
    if any(n.op == MATFN and n.data == "ln" for n in below(*roots)):
        tried = WITH_LOGARITHM + TRIED
    # Mixtures are tried only where nothing simpler will do for two assignments.
    for mixed in (False, True):
        for which, sizes in enumerate(assignments):
            if which not in found and len(found) < wanted:
                places = _places(subscripts, sizes)
                drawn = _draws(known, sizes, exponents, which, () if mixed else tried)
                candidates = (
                    Sample(sizes, bound | values, moves, places) for values, moves in drawn
                )
                good = next((s for s in candidates if _is_good(s, parts)), None)
                if good is not None:
                    found[which] = good
    return tuple(found.values())


# ── sizes ─────────────────────────────────────────────────────────────────────────────────────────

_WITH_EXTENTS: dict[str, Callable[[Any], tuple[Extent, ...]]] = {
    IDENTITY: lambda data: (data,),
    EXTENT: lambda data: (data,),
    SELECTION: lambda data: (data,),
    ONES: tuple,
    COMMUTATION: tuple,
    UNVEC: tuple,
}


def _letters(symbols: Iterable[Symbol], roots: Sequence[Node]) -> tuple[str, ...]:
    """The letters of all the extents, in the order in which they come."""
    extents = [extent for symbol in symbols for extent in symbol.shape]
    for node in below(*roots):
        if node.op in _WITH_EXTENTS:
            extents.extend(_WITH_EXTENTS[node.op](node.data))
    parts = [part for extent in extents for part in str(extent).split("*")]
    return tuple(dict.fromkeys(part for part in parts if not part.isdigit()))


@lru_cache(maxsize=256)
def _assignments(letters: tuple[str, ...]) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Choices of distinct sizes: the first ones in opposite order."""
    count = len(letters)
    if not count:
        return ((), ())
    many = SIZES + tuple(range(10, 10 + count))
    first = many[:count]
    others = islice(permutations(many[: count + 1], count), 3 * MOST_SIZES)
    # Many letters may multiply to matrices beyond all room: last, sizes that hardly grow.
    small = [tuple(islice(cycle(turn), count)) for turn in ((2, 1), (1, 2, 2))] if count > 4 else []
    chosen = [*list(dict.fromkeys((first, first[::-1], *others)))[:MOST_SIZES], *small]
    return tuple([tuple(zip(letters, sizes, strict=True)) for sizes in chosen])


def _whole_numbers(roots: Sequence[Node]) -> dict[str, int]:
    """The scalars that count something, exponents of matrices and ends of sums, in order."""
    found: dict[str, int] = {}
    free = set[str]().union(*[root.free for root in roots])
    for node in below(*roots):
        counting = node.args[1:] if node.op == MATPOW else ()
        if node.op == SERIES:
            counting = node.args[BINDERS[SERIES].outside]
        for part in below(*counting):
            if part.op == SYM and part.data in free:
                found.setdefault(part.data, len(found))
    return found


def _places(subscripts: list[Node], sizes: Mapping[str, int]) -> tuple[dict[str, int], ...]:
    """Numbers for the letters of subscripts: equal ones and different ones.

    Letters that are bound by a sum get one, too, which does no harm.
    """
    limits: dict[str, int] = {}
    for node in subscripts:
        shape = node.args[0].shape if node.op == SUBSCRIPT else (2, 2)
        extents = shape if len(node.data) == 2 else [e for e in shape if e != 1]
        for letter, extent in zip(node.data, extents, strict=False):
            if not letter.isdigit():
                limits[letter] = min(measure(extent, dict(sizes)), limits.get(letter, 2))
    choices = product(*[range(1, limit + 1) for limit in limits.values()])
    return tuple(
        [dict(zip(limits, chosen, strict=True)) for chosen in islice(choices, MOST_PLACES)]
    )


# ── values ────────────────────────────────────────────────────────────────────────────────────────

GAUSSIAN, NEAR_IDENTITY, DEFINITE = "gaussian", "near identity", "definite"
POSITIVE, SMALL, LARGE = "positive", "small", "above one"
KINDS = (GAUSSIAN, NEAR_IDENTITY, DEFINITE, POSITIVE, SMALL, LARGE)
# For square matrices, and for all the rest.
TRIED = (
    (GAUSSIAN, GAUSSIAN),
    (NEAR_IDENTITY, GAUSSIAN),
    (DEFINITE, GAUSSIAN),
    (DEFINITE, POSITIVE),
    (POSITIVE, POSITIVE),
    (SMALL, SMALL),
    (DEFINITE, SMALL),
    (LARGE, LARGE),
)

# Where there is a logarithm of a matrix: that of a Gaussian one is seldom real.
WITH_LOGARITHM = ((DEFINITE, GAUSSIAN), (NEAR_IDENTITY, GAUSSIAN))

Values = tuple[dict[str, Array], dict[str, Array]]


def _draws(
    symbols: Sequence[Symbol],
    sizes: dict[str, int],
    exponents: Mapping[str, int],
    which: int,
    tried: Sequence[tuple[str, str]],
) -> Iterator[Values]:
    """Values and moves, one kind of numbers after the other; mixtures if none are to be tried."""
    mixed = not tried
    shapes = [tuple([measure(extent, sizes) for extent in s.shape]) for s in symbols]
    square = [len(shape) == 2 and shape[0] == shape[1] for shape in shapes]
    moves = {
        s.name: _drawn(GAUSSIAN, shape, s.traits, (which, i, 1))
        for i, (s, shape) in enumerate(zip(symbols, shapes, strict=True))
    }
    for attempt, kinds in enumerate(_mixtures(square) if mixed else _uniform(square, tried)):
        values = {
            s.name: _drawn(kind, shape, s.traits, (which, i, 2 + attempt * mixed))
            for i, (s, shape, kind) in enumerate(zip(symbols, shapes, kinds, strict=True))
        }
        for name, k in exponents.items():
            if name in values:
                values[name] = np.float64(WHOLE_NUMBERS[(k + which) % len(WHOLE_NUMBERS)])
        yield values, moves


def _uniform(square: list[bool], tried: Sequence[tuple[str, str]]) -> Iterator[list[str]]:
    for of_square, of_others in tried:
        yield [of_square if is_square else of_others for is_square in square]


def _mixtures(square: list[bool]) -> Iterator[list[str]]:
    rng = np.random.default_rng(len(square))
    for _ in range(MOST_MIXTURES):
        yield [KINDS[k] for k in rng.integers(len(KINDS), size=len(square))]


@lru_cache(maxsize=4096)
def _drawn(
    kind: str, shape: tuple[int, ...], traits: tuple[str, ...], seed: tuple[int, ...]
) -> Array:
    """Random numbers of a kind and with the traits; the same for the same seed."""
    rng = np.random.default_rng(seed)
    if not shape:
        return np.float64(_entries(kind, rng, (1,))[0])
    value = _entries(kind, rng, shape)
    if shape[0] == shape[1]:
        for trait in traits:
            value = _TRAITS[trait](value)
    value.setflags(write=False)
    return value


def _entries(kind: str, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    if kind == POSITIVE:
        return rng.uniform(0.2, 2.0, shape)
    if kind == SMALL:
        return rng.uniform(0.1, 0.9, shape)
    if kind == LARGE:
        return rng.uniform(1.1, 3.0, shape)
    normal = rng.normal(size=shape)
    if kind == GAUSSIAN or len(shape) < 2 or shape[0] != shape[1]:
        return normal
    n = len(normal)
    if kind == NEAR_IDENTITY:
        return np.eye(n) + 0.3 * normal
    # Not symmetric, lest X and Xᵀ look alike: xᵀXx > 0 all the same.
    return normal @ normal.T / n + 0.5 * np.eye(n) + 0.3 * (normal - normal.T)


_TRAITS: dict[str, Callable[[Array], Array]] = {
    "symmetric": lambda value: (value + value.T) / 2,
    "diagonal": lambda value: np.diag(np.diag(value)),
    "lower": np.tril,
    "upper": np.triu,
    "orthogonal": lambda value: _rotation(np.linalg.qr(value)[0]),
}


def _rotation(value: Array) -> Array:
    """An orthogonal matrix as one of determinant 1: all reflections of the plane have trace 0."""
    return value * np.where(np.arange(len(value)) == 0, np.sign(np.linalg.det(value)), 1.0)


# ── what is asked of a sample ─────────────────────────────────────────────────────────────────────


def _is_good(drawn: Sample, parts: Iterable[Node]) -> bool:
    """Whether every part is finite, and what is inverted well conditioned."""
    at = Numbers(drawn.values, drawn.sizes, drawn.moves, None, drawn.places[0])
    try:
        with np.errstate(all="ignore"):
            return all(_is_fine(at, node) for node in parts)
    except (ValueError, IndexError):
        return False


def _is_fine(at: Numbers, node: Node) -> bool:
    value = at(node)
    if node.op in (REL, LOGIC):
        return True
    if not np.abs(value).max() < LARGEST:
        return False
    if node.op in (INVERSE, DET) and node.args[0].shape:
        return bool(np.linalg.cond(at(node.args[0])) < WORST_CONDITION)
    return True
