"""What a person typed, once it has been read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calc_core.errors import InputError
from calc_core.graph import ARRAY, Node, entries, unknown_functions


@dataclass(frozen=True, slots=True)
class Note:
    """A choice between two customary readings: what was chosen, and how to write the other."""

    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A function of several real variables.

    ``node``       a scalar, or an array of shape (m,) or (m, n) when it was written as one;
    ``variables``  what it is differentiated by, in order;
    ``constants``  the other names in it;
    ``name``       the letter on the left of ``f(x, y) =``, or an empty string;
    ``decimal``    whether the person wrote decimal numbers, and should read them;
    ``is_column``  whether it is a vector that was written from top to bottom.
    """

    text: str
    node: Node
    variables: tuple[str, ...]
    constants: tuple[str, ...] = ()
    name: str = ""
    notes: tuple[Note, ...] = ()
    decimal: bool = False
    is_column: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        """() for a scalar, (m,) for a vector function, (m, n) for a matrix."""
        return self.node.shape

    @property
    def is_scalar(self) -> bool:
        """Whether this is a single number at every point."""
        return self.node.op != ARRAY

    @property
    def letter(self) -> str:
        """What the function is called: as the person wrote, or f, or a letter that is free."""
        used = {*unknown_functions(self.node), *self.node.free}
        return self.name or next((name for name in "fFgGh" if name not in used), "f")

    @property
    def components(self) -> tuple[Node, ...]:
        """The scalar components in row-major order."""
        return entries(self.node)

    def with_variables(self, names: tuple[str, ...] | list[str]) -> Expression:
        """The same function of these variables in this order; all other names are constants.

        Raises InputError if a name is repeated or none is given.
        """
        chosen = tuple(names)
        if not chosen:
            raise InputError("There is no variable.", hint="Name at least one, such as x.")
        if len(set(chosen)) < len(chosen):
            raise InputError("A variable is named twice.", hint="Name each variable once.")
        constants = tuple(sorted(self.node.free - set(chosen)))
        return replace(self, variables=chosen, constants=constants)
