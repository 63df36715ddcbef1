"""The law of a step as a person would write it, stated by the engine itself for letters."""

from __future__ import annotations

from calc_core.derive import Step
from calc_core.graph import (
    APP,
    DIV,
    FN,
    MINUS_ONE,
    MUL,
    NUM,
    ONE,
    POW,
    SYM,
    D,
    Node,
    app,
    depends,
    rebuild,
    sym,
)
from calc_core.printing import MathML
from calc_core.printing.marks import mo
from calc_core.printing.mathml import symbol_mathml
from calc_core.rules import Table

_LETTERS = ("u", "v", "w")
_CONSTANTS = ("c", "k", "b")
# Rules whose law shows only in a form that letters for the operands would hide.
_BY_FORM = frozenset(("piecewise", "leibniz", "log-of-abs", "inner-first", "composition"))


def law_of(step: Step, total: bool = False) -> str | None:
    """The law that a step used, stated by the engine itself for letters u, v, … in MathML.

    The parts that move become letters, those that are held still others, and the table of laws
    is asked what it makes of that.  None where letters would hide what the law is about.
    """
    u, x = step.goal.args
    if step.rule in _BY_FORM or x.op != SYM:
        return None
    letters = _Letters(x)
    pattern = letters.of(u)
    law, after = Table().first(D(pattern, x))
    if law.id != step.rule:
        return None
    names = {node: symbol_mathml(name) for node, name in letters.names.items()}
    printer = MathML(names=names, total=total)
    return printer(D(pattern, x)) + mo("=") + printer(after)


class _Letters:
    """Letters for the operands of one node."""

    def __init__(self, x: Node) -> None:
        self.x = x
        self.names: dict[Node, str] = {}
        self._given: dict[Node, Node] = {}
        self._moving = iter([n for n in (*_LETTERS, "p", "q", "r", "s") if n != x.data])
        self._still = iter([n for n in (*_CONSTANTS, "l", "h", "d") if n != x.data])
        self._exponent = "n" if x.data != "n" else "m"

    def of(self, u: Node) -> Node:
        """The node with letters for its operands."""
        if not depends(u, self.x):
            return sym(next(self._still))
        if not u.args:
            return u
        args = u.args
        if u.op not in (FN, APP, POW) and len(args) > len(_LETTERS):
            args = args[: len(_LETTERS)]
            if not any(depends(a, self.x) for a in args):
                return u
        return rebuild(u, tuple([self._letter(u, a) for a in args]))

    def _letter(self, u: Node, a: Node) -> Node:
        number = (u.op == FN and a.op == NUM) or (u.op == DIV and a is ONE)
        if a is self.x or number or (u.op == MUL and a is MINUS_ONE):
            return a
        if a not in self._given:
            self._given[a] = self._fresh(u, a)
        return self._given[a]

    def _fresh(self, u: Node, a: Node) -> Node:
        if not depends(a, self.x):
            # The customary letter of an exponent that stands still.
            name = self._exponent if u.op == POW and a is u.args[1] else next(self._still)
            return sym(name)
        name = next(self._moving)
        letter = app(name, (self.x,))
        self.names[letter] = name
        return letter
