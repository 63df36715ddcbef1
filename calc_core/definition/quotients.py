"""The difference quotient, and a limit worked out line by line.

A function of the one variable that moves is a node in the private symbol :data:`T`: all other
variables stand still, so that ∂f/∂x at a is the ordinary limit of [u(a + h) − u(a)]/h.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from calc_core.certify import Check
from calc_core.definition.polynomials import Poly, letter, plus, terms_of, tidy
from calc_core.graph import (
    LIMIT,
    MINUS_ONE,
    ZERO,
    Node,
    add,
    depends,
    div,
    limit,
    mul,
    neg,
    substitute,
    sym,
)
from calc_core.light import lightly

# No parser reads this name, so that it can meet no other.
T = sym("·t·")

# At which levels a line is shown: always, at "usual" and "every", at "every" alone.
ALWAYS, USUAL, EVERY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Quotient:
    """[u(a + h) − u(a)]/h for h → 0.

    ``u``      the function near a, a node in T;
    ``a``      where; ``h`` the letter of the increment;
    ``here``   the value at a, where it is not what u says (a function by cases), else None;
    ``side``   "+" or "-" if h goes to 0 from one side only;
    ``depth``  how many other quotients this one is a part of;
    ``x``      the letter of the variable, for messages;
    ``named``  the quotient written with the name of the function, to announce one by cases.
    """

    u: Node
    a: Node
    h: Node
    here: Node | None = None
    side: str = ""
    depth: int = 0
    x: Node = T
    named: Node | None = None

    def moved(self, v: Node | None = None) -> Node:
        """V (or u) at a + h."""
        place = self.h if self.a is ZERO else add(*_terms(self.a), self.h)
        return substitute(self.u if v is None else v, {T: place})

    def still(self, v: Node | None = None) -> Node:
        """V (or u) at a; a number where it can be one."""
        found = self.as_written(v)
        tidied = tidy(found)
        return found if tidied.free and self.a.free else tidied

    def as_written(self, v: Node | None = None) -> Node:
        """V (or u) at a, nothing worked out."""
        if v is None and self.here is not None:
            return self.here
        return substitute(self.u if v is None else v, {T: self.a})

    @property
    def body(self) -> Node:
        """What stands under the limit."""
        return self.over_h(minus(self.moved(), self.as_written()))

    def over_h(self, top: Node) -> Node:
        """top/h."""
        return div(top, self.h)

    def lim(self, body: Node) -> Node:
        """The limit of a body."""
        return limit(body, self.h, ZERO, self.side)

    @property
    def goal(self) -> Node:
        """The limit to find, as it is announced."""
        return self.lim(self.named or self.body)

    def part(self, v: Node) -> Quotient:
        """The quotient of another function at the same place."""
        return replace(self, u=v, here=None, named=None, depth=self.depth + 1)

    def stays(self, v: Node) -> bool:
        """Whether v does not move with h."""
        return not depends(v, T)

    @property
    def images(self) -> tuple[Poly, Poly]:
        """(a + h, a) as polynomials."""
        a = terms_of(self.a)
        return plus(a, letter(self.h)), a


def _terms(u: Node) -> tuple[Node, ...]:
    return u.args if u.op == "add" else (u,)


def simple(u: Node) -> Node:
    """U worked out if it is a number, else as it is."""
    return u if u.free else tidy(u)


def minus(a: Node, b: Node) -> Node:
    """A − b as it is written on a blackboard."""
    return add(*_terms(a), mul(MINUS_ONE, ZERO) if b is ZERO else neg(b))


@dataclass(frozen=True, slots=True)
class Move:
    """One line: the whole right-hand side, why it equals the line before, and when it is shown."""

    node: Node
    rule: str
    name: str
    law: str = ""
    weight: int = USUAL
    uses: Node | None = None


@dataclass(slots=True)
class Work:
    """A quotient worked out.

    ``moves``   the lines; the last one holds no h;
    ``value``   the limit, or None if there is none, and then ``reason`` says why;
    ``parts``   the limits that were worked out apart, in the order in which they are used;
    ``checks``  the check of each move, and of there being no limit; at ``points`` points.
    """

    quotient: Quotient
    moves: list[Move] = field(default_factory=list)
    value: Node | None = None
    reason: str = ""
    parts: list[Work] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    points: int = 0

    @property
    def goal(self) -> Node:
        """The limit that is worked out."""
        return self.quotient.goal

    def say(self, body: Node, rule: str, name: str, law: str = "", weight: int = USUAL) -> None:
        """A line with everything under the one limit."""
        self.write(self.quotient.lim(lightly(body)), rule, name, law, weight)

    def write(self, node: Node, rule: str, name: str, law: str = "", weight: int = USUAL) -> None:
        """A line, unless it is the one before."""
        before = self.moves[-1].node if self.moves else self.quotient.lim(self.quotient.body)
        if node is not before:
            self.moves.append(Move(node, rule, name, law, weight))

    def conclude(self, raw: Node, name: str = "let h go to 0", law: str = "") -> Work:
        """The limit: as it is put in, and tidied."""
        raw = lightly(raw)
        self.value = tidy(raw)
        self.write(raw, "limit", name.replace("let h", f"let {self.quotient.h.data}"), law)
        if self.value is raw:
            self.moves[-1] = replace(self.moves[-1], weight=ALWAYS)
        self.write(self.value, "tidy", "tidy up", weight=ALWAYS)
        return self

    def fail(self, reason: str) -> Work:
        """There is no limit."""
        self.value, self.reason = None, reason
        return self

    def around(self, quotient: Quotient, wrap: Callable[[Node], Node]) -> Work:
        """The work on a quotient whose body is ``wrap`` of this one's."""
        outer = Work(quotient, parts=self.parts, reason=self.reason)
        outer.say(wrap(self.quotient.body), "split", "", weight=USUAL)
        for move in self.moves:
            if move.node.op == LIMIT:
                node = quotient.lim(lightly(wrap(move.node.args[0])))
            else:
                node = lightly(wrap(move.node))
            outer.write(node, move.rule, move.name, move.law, move.weight)
        if self.value is not None:
            outer.value = tidy(wrap(self.value))
            outer.write(outer.value, "tidy", "tidy up", weight=ALWAYS)
        return outer


Solve = Callable[[Quotient], Work]
Method = Callable[[Quotient, Solve], Work | None]


def times(*factors: Node) -> Node:
    """A product without factors 1 or nested products."""
    return lightly(mul(*factors))
