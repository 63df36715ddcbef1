"""Whether two expressions are equal by algebra alone: a proof, where there is one.

Both are brought to one fraction of polynomials with rational coefficients, in which every part that
is not algebra (sin u, a root, a letter) counts as an indeterminate.  Equal polynomials are equal;
of different ones nothing is said, since sin²u + cos²u is 1 all the same.
"""

from __future__ import annotations

from typing import Any

from sympy import QQ
from sympy.polys.rings import ring

from calc_core.graph import ADD, DIV, MUL, NUM, POW, Node
from calc_core.terms import as_power

# A product with more terms than this is not multiplied out: it would take too long.
MOST_TERMS = 400
LARGEST_EXPONENT = 12


class _TooLarge(Exception):
    """The polynomials would grow without measure."""


def same_by_algebra(left: Node, right: Node) -> bool:
    """Whether left = right follows from the laws of fractions and polynomials.

    False says only that it does not follow in this way.

    >>> from calc_core.parse import parse
    >>> f, g = parse("(x + y)^2/(x + y)").node, parse("x + y").node
    >>> same_by_algebra(f, g)
    True
    """
    if left is right:
        return True
    atoms = sorted(_atoms(left) | _atoms(right), key=lambda node: node.uid)
    if not atoms:
        return False
    made = ring([f"v{k}" for k in range(len(atoms))], QQ)
    reader = _Fractions(made[0], dict(zip(atoms, made[1:], strict=True)))
    try:
        (a, b), (c, d) = reader(left), reader(right)
        if b == 0 or d == 0:
            return False
        return bool(reader.times(a, d) == reader.times(c, b))
    except _TooLarge:
        return False


def _is_algebra(u: Node) -> bool:
    if u.op in (ADD, MUL, DIV, NUM):
        return True
    exponent = as_power(u)[1]
    return u.op == POW and exponent.op == NUM and isinstance(exponent.data, int)


def _atoms(root: Node) -> set[Node]:
    found: set[Node] = set()
    stack = [root]
    while stack:
        u = stack.pop()
        if not _is_algebra(u):
            found.add(u)
        elif u.op == POW:
            stack.append(u.args[0])
        else:
            stack.extend(u.args)
    return found


class _Fractions:
    """Reads a node as (numerator, denominator) over one ring."""

    def __init__(self, over: Any, atoms: dict[Node, Any]) -> None:
        self.ring = over
        self.atoms = atoms

    def __call__(self, u: Node) -> tuple[Any, Any]:
        one = self.ring.one
        if u in self.atoms:
            return self.atoms[u], one
        if u.op == NUM:
            return self.ring(QQ(*u.data.as_integer_ratio())), one
        if u.op == POW:
            return self._power(u)
        if u.op == DIV:
            (a, b), (c, d) = self(u.args[0]), self(u.args[1])
            return self.times(a, d), self.times(b, c)
        return self._fold(u)

    def _fold(self, u: Node) -> tuple[Any, Any]:
        top, bottom = self(u.args[0])
        for part in u.args[1:]:
            c, d = self(part)
            if u.op == ADD and d == bottom:
                top = top + c
            elif u.op == ADD:
                top, bottom = self.times(top, d) + self.times(c, bottom), self.times(bottom, d)
            else:
                top, bottom = self.times(top, c), self.times(bottom, d)
        return top, bottom

    def _power(self, u: Node) -> tuple[Any, Any]:
        base, n = self(u.args[0]), u.args[1].data
        if abs(n) > LARGEST_EXPONENT:
            raise _TooLarge
        top, bottom = base if n >= 0 else base[::-1]
        result = self.ring.one, self.ring.one
        for _ in range(abs(n)):
            result = self.times(result[0], top), self.times(result[1], bottom)
        return result

    def times(self, a: Any, b: Any) -> Any:
        """The product, if it stays of sensible size."""
        if len(a) * len(b) > MOST_TERMS:
            raise _TooLarge
        return a * b
