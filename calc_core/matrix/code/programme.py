"""What a programme is about, before it is written in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from calc_core.graph import SERIES, SYM, Node, Symbol, postorder
from calc_core.matrix.code.lowered import lowered, turned
from calc_core.matrix.code.names import Names
from calc_core.matrix.layouts import COLUMN, ROW, is_vectorised, public_shape
from calc_core.matrix.nodes import MATPOW
from calc_core.shapes import Shape


@dataclass(frozen=True, slots=True)
class Programme:
    """One function to be written.

    ``node``      the value, by a column lying as a row or standing as a column, as it likes;
    ``shape``     the axes of what is returned; a row or a column has one;
    ``unstacked`` the axes of f, if ``node`` is ∂vec(f)/∂vec(x) and an array is returned.
    """

    node: Node
    name: str
    comment: str
    arguments: tuple[Symbol, ...]
    shape: Shape
    unstacked: int | None = None

    @property
    def counts(self) -> frozenset[str]:
        """The symbols and bound indices that are whole numbers."""
        return whole_numbers(self.node)


def of_value(node: Node, symbols: Iterable[Symbol], name: str, comment: str) -> Programme:
    """A function that gives the value of the node."""
    shape = public_shape(node.shape)
    return Programme(lowered(node), name, comment, _arguments(node, symbols), shape)


def of_derivative(
    node: Node,
    symbols: Iterable[Symbol],
    name: str,
    comment: str,
    f_shape: Shape,
    x_shape: Shape,
    layout: str,
) -> Programme:
    """A function that gives a derivative, which the node is in a layout, by the shape law."""
    f_axes, x_axes = public_shape(f_shape), public_shape(x_shape)
    arguments = _arguments(node, symbols)
    stacked = is_vectorised(f_shape, x_shape)
    if stacked:
        lies_turned = layout == COLUMN
    else:
        lies_turned = layout == (COLUMN if f_shape else ROW) and 1 not in node.shape
    value = lowered(turned(lowered(node)) if lies_turned else node)
    plain = not stacked or len(f_axes) == len(x_axes) == 1
    shape = (*f_axes, *x_axes)
    return Programme(value, name, comment, arguments, shape, None if plain else len(f_axes))


def _arguments(node: Node, symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    """The symbols as given, and others that occur."""
    known = {symbol.name: symbol for symbol in symbols}
    for leaf in postorder(node):
        if leaf.op == "matrix":
            known.setdefault(leaf.data.name, leaf.data)
        elif leaf.op == "move":
            name = f"d{leaf.data.name}"
            known.setdefault(name, leaf.data._replace(name=name))
        elif leaf.op == SYM and leaf.data in node.free:
            known.setdefault(leaf.data, Symbol(leaf.data, ()))
    return tuple(known.values())


def whole_numbers(node: Node) -> frozenset[str]:
    """Exponents of matrices, ends of sums, and what runs between them."""
    found: set[str] = set()
    for part in postorder(node):
        if part.op == MATPOW:
            found |= part.args[1].free
        elif part.op == SERIES:
            found |= {part.args[1].data} | part.args[2].free | part.args[3].free
    return frozenset(found)


# ── where the sizes come from ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reading:
    """Letters of sizes that are read off one argument, axis by axis; "" for one not wanted."""

    argument: Symbol
    letters: tuple[str, ...]


def readings(arguments: Sequence[Symbol], wanted: Mapping[str, None]) -> Iterator[Reading]:
    """Which argument tells which letter, in as few readings as there are."""
    left = dict(wanted)
    # What tells two letters comes first.
    for most in (2, 1):
        for symbol in arguments:
            axes = public_shape(symbol.shape)
            told = [e if e in left and axes.index(e) == i else "" for i, e in enumerate(axes)]
            if sum(map(bool, told)) == most:
                yield Reading(symbol, tuple(told))
                for letter in told:
                    left.pop(letter, None)


def untold(arguments: Sequence[Symbol], wanted: Mapping[str, None]) -> list[str]:
    """The letters that no argument tells: they become arguments themselves."""
    told = {extent for symbol in arguments for extent in symbol.shape}
    return [letter for letter in wanted if letter not in told]


def described(symbol: Symbol, names: Names) -> str:
    """The axes and traits of an argument, for a comment."""
    axes = public_shape(symbol.shape)
    if not axes:
        return ""
    return ", ".join([axes_text(axes, names), *symbol.traits])


def axes_text(axes: Shape, names: Names) -> str:
    """(m, n) in the identifiers of the programme."""
    words = [_extent(extent, names) for extent in axes]
    return f"({', '.join(words)}{',' if len(words) == 1 else ''})"


def _extent(extent: int | str, names: Names) -> str:
    parts = str(extent).split("*")
    return "*".join(part if part.isdigit() else names.letter(part) for part in parts)


def permutation(f_axes: int, x_axes: int) -> tuple[list[int], list[int]]:
    """The axes of the stacked Jacobian split up in row-major order, and the way back.

    The first index of f runs fastest in vec(f): the axes come out in opposite order.
    """
    split = [*reversed(range(f_axes)), *reversed(range(f_axes, f_axes + x_axes))]
    return split, [split.index(k) for k in range(f_axes + x_axes)]
