"""A composition of functions as it is typed: an outer function, and the inner ones by name.

A composition of layers, Rⁿ → … → Rᵐ, is a graph in columns.  A name that a layer needs and the next
one does not give comes from further in, and is handed on by a box of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.graph import Node, sym
from calc_core.parse import parse
from calc_core.parse.definitions import HOW, Layer, read_definitions
from calc_core.parse.variables import detect

MOST_LAYERS, MOST_BOXES, MOST_SIZE = 4, 5, 120


@dataclass(frozen=True)
class Composition:
    """Layers from the outermost in: ``layers[0]`` is f, and each is a function of the next.

    ``names[k]``   the boxes of layer k, and last the variables;
    ``nodes[k]``   what they are, in terms of ``names[k + 1]``;
    ``passed[k]``  names that layer k only hands on from further in.
    """

    outer: Expression
    names: tuple[tuple[str, ...], ...]
    nodes: tuple[tuple[Node, ...], ...]
    passed: tuple[frozenset[str], ...]
    decimal: bool

    @property
    def widths(self) -> tuple[int, ...]:
        """How many boxes there are in each column, from the variables to the outermost."""
        return tuple(len(names) for names in reversed(self.names))

    @property
    def variables(self) -> tuple[str, ...]:
        """What all depends on in the end."""
        return self.names[-1]


def read(outer: str, inner: str) -> Composition:
    """The composition.  Raises InputError if it is none, or too large to be drawn.

    >>> read("u^2 + v", "u = x y, v = x - y").widths
    (2, 2, 1)
    """
    f = parse(outer)
    if len(f.shape) > 1:
        raise InputError("This is a matrix.", hint="Give a function, or a list such as (u v, u).")
    layers = read_definitions(inner).layers
    if len(layers) > MOST_LAYERS - 1:
        raise InputError(
            f"There are {len(layers)} layers of inner functions; {MOST_LAYERS - 1} can be shown."
        )
    places = _places(layers)
    free = f.node.free.union(*[g.node.free for layer in layers for g in layer.values()])
    variables = set(detect(free - set(places))) if free - set(places) else set()
    composition = _composition(f, layers, places, variables)
    _check(composition)
    return composition


def _places(layers: Sequence[Layer]) -> dict[str, int]:
    """In which layer each name is defined."""
    places: dict[str, int] = {}
    for k, layer in enumerate(layers):
        for name in layer:
            if name in places:
                raise InputError(f"{name} is given twice.", hint="Give each name once.")
            places[name] = k
    return places


def _composition(
    f: Expression,
    layers: Sequence[Layer],
    places: Mapping[str, int],
    variables: set[str],
) -> Composition:
    names: list[tuple[str, ...]] = [_outputs(f)]
    nodes: list[tuple[Node, ...]] = [f.components]
    passed: list[frozenset[str]] = [frozenset()]
    for k, layer in enumerate(layers):
        needed = _needed(nodes[-1], variables, places)
        for name in layer:
            if name not in needed:
                raise InputError(
                    f"{name} does not occur in {'the outer function' if k == 0 else 'the layer'}"
                    f"{'' if k == 0 else ' that it should stand in'}.",
                    hint="Use it there, or leave it out here.",
                )
        on = [name for name in needed if name not in layer]
        late = [name for name in on if places.get(name, k) < k]
        if late:
            raise InputError(
                f"{late[0]} is used further in than it is given.",
                hint="After a semicolon stands what the names before it depend on.",
            )
        names.append((*layer, *on))
        nodes.append((*[g.node for g in layer.values()], *[sym(name) for name in on]))
        passed.append(frozenset(on))
    innermost = _needed(nodes[-1], variables, places)
    stuck = [name for name in innermost if name in places]
    if stuck:
        raise InputError(
            f"{stuck[0]} is given by itself, or by a name beside it.",
            hint="Use other letters for what the inner functions depend on.",
        )
    names.append(innermost)
    decimal = f.decimal or any(g.decimal for layer in layers for g in layer.values())
    return Composition(f, tuple(names), tuple(nodes), tuple(passed), decimal)


def _outputs(f: Expression) -> tuple[str, ...]:
    if f.is_scalar:
        return (f.letter,)
    return tuple(f"{f.letter}_{k}" for k in range(1, len(f.components) + 1))


def _needed(
    nodes: tuple[Node, ...], variables: set[str], places: Mapping[str, int]
) -> tuple[str, ...]:
    free = frozenset[str]().union(*[node.free for node in nodes])
    known = [name for name in places if name in free]
    others = [name for name in (detect(variables) if variables else ()) if name in free]
    return (*known, *[name for name in others if name not in places])


def _check(c: Composition) -> None:
    if not c.variables:
        raise InputError("The inner functions hold no variable.", hint=HOW)
    if max(map(len, c.names)) > MOST_BOXES:
        raise InputError(f"A layer has more than {MOST_BOXES} boxes, too many to be drawn.")
    if max(node.size for layer in c.nodes for node in layer) > MOST_SIZE:
        raise InputError("One of these functions is too long for an arrow.", hint="Shorten it.")
