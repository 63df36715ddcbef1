"""What is asked for, and what stands on the left of a line, by their names."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from calc_core.exercises.tasks import partial_symbol
from calc_core.exercises.vectors import worked_out
from calc_core.exercises.working.meaning import derived, put_in
from calc_core.exercises.working.setting import Setting
from calc_core.graph import DERIV, SYM, D, Node, array, entries, sym
from calc_core.printing import Latex
from calc_core.printing.latex import symbol_latex


class Names:
    """The names of one exercise; a side is given with every letter replaced by what it means."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._functions = setting.scope.functions

    def is_asked(self, node: Node) -> bool:
        """Whether a side is the name of what is asked for, and no step towards it."""
        asked, slopes = self._setting.asked, self._slopes
        return node is worked_out(asked) or (bool(slopes) and node is slopes[asked.args[1]])

    def is_called(self, text: str) -> bool:
        """Whether what is derived is written just like this, such as D_v f or curl f."""
        derivation = self._setting.derivation
        return derivation is not None and text == derivation.symbol[1]

    def beside(self, node: Node) -> str:
        """What a side names, in LaTeX, if it is a derivative beside the way to the one asked."""
        for x, slope in self._slopes.items():
            if node is slope and not self.is_asked(node):
                return partial_symbol(self._setting.asked.args[0].data[0], x.data)
        if node.op == DERIV and node.args[0].op == node.args[1].op == SYM:
            return "" if node.args[0] is node.args[1] else self.of(node)
        asked, named = derived(self._asked), derived(node)
        if named is None or asked is None or named.of != asked.of:
            return ""
        is_on_the_way = not Counter(named.by) - Counter(asked.by)
        return "" if is_on_the_way else self.of(node)

    def of(self, node: Node) -> str:
        """A side in LaTeX, the functions of the exercise and their derivatives by their names."""
        found = derived(node)
        for name, f in self._functions.items():
            if found is not None and f.shape and found.of == entries(f):
                return partial_symbol(name, *[x.data for x in reversed(found.by)])
        return str(Latex(self._known)(node))

    @cached_property
    def _asked(self) -> Node:
        return worked_out(self._meant(self._setting.asked))

    def _meant(self, node: Node) -> Node:
        return put_in(node, self._setting.meanings, self._setting.slopes)

    @cached_property
    def _slopes(self) -> dict[Node, Node]:
        """What ∂z/∂x and ∂z/∂y mean where an equation makes z a function of x and y."""
        slopes = self._setting.slopes
        return {} if slopes is None else {x: self._meant(D(slopes.letter, x)) for x in slopes.of}

    @cached_property
    def _known(self) -> dict[Node, str]:
        """f, ∇f or J_f, and H_f."""
        known = {}
        variables = [sym(x) for x in self._setting.scope.variables]
        point = array((len(variables),), variables)
        for name, f in self._functions.items():
            letter = symbol_latex(name)
            first = D(f, point)
            known[worked_out(first)] = f"J_{{{letter}}}" if f.shape else rf"\nabla {letter}"
            known[worked_out(D(first, point))] = f"H_{{{letter}}}"
            known |= {put_in(f, self._setting.meanings): letter, f: letter}
        return known
