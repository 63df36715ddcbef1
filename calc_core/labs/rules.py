"""A partial derivative as a tree that unfolds, and what each part of a function has to do with it.

Everything is read off the steps that the engine made.  For the picture "where does the derivative
of this part go?" the steps are gone through once more with that one result left open: a new symbol
δ is put in its place, and what the rules above make of it is a form a + bδ of the whole.  With the
result of the part for δ that is the whole derivative again (chain rule and linearity: a derivative
is linear in the derivatives of its parts).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from calc_core.calculus import partial
from calc_core.derivation import Derivation
from calc_core.derive import Engine, Step
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.graph import (
    ARRAY,
    CONST,
    LOGIC,
    NUM,
    REL,
    D,
    Node,
    discharge,
    outside_binders,
    sym,
)
from calc_core.labels import label, rewrite_label
from calc_core.labs.statement import law_of
from calc_core.parse import parse
from calc_core.printing import MathML, Text
from calc_core.printing.marks import mo
from calc_core.printing.mathml import formula, symbol_mathml
from calc_core.tidy import Tidier

# More than this no reader finds a way through, and no screen shows.
MOST_PARTS, MOST_STEPS, MOST_VARIABLES = 60, 90, 6
# What a browser is sent at most, in characters.
HEAVIEST = 600_000
# The derivative whose place is left open.  No name that a person types has a blank in it.
OPEN = sym("left open")


def read(text: str, variables: str = "") -> Expression:
    """The function.  Raises InputError if it is none that the tree can show.

    >>> read("x^2 y").variables
    ('x', 'y')
    """
    expression = parse(text, variables or None)
    if not expression.is_scalar:
        raise InputError(
            "This is a vector function; the tree is that of a single one.",
            hint="Give one component, or use it as the inner functions of the chain rule.",
        )
    if not expression.variables:
        raise InputError("There is no variable to differentiate by.", hint="Write one, such as x.")
    if len(expression.variables) > MOST_VARIABLES:
        raise InputError(
            f"There are {len(expression.variables)} variables; the tree has room for "
            f"{MOST_VARIABLES}.",
            hint="Name fewer, and the others are held still.",
        )
    if len(list(parts_of(expression.node))) > MOST_PARTS:
        raise InputError(
            "This function has too many parts for a tree that can be read.",
            hint="Take one term of it, or see the whole on the page of the gradient.",
        )
    return expression


def parts_of(root: Node) -> Iterator[Node]:
    """The parts of an expression that have a derivative of interest, inner ones first."""
    for node in outside_binders(root):
        if node.op not in (NUM, CONST, REL, LOGIC, ARRAY) and not node.shape:
            yield node


def tree(text: str, variables: str = "") -> dict[str, Any]:
    """What the page draws for a function: all its partial derivatives, as plain data."""
    expression = read(text, variables)
    sight = _Sight(expression)
    data = {
        "lab": "tree",
        "id": f"{text}\n{variables}",
        "text": expression.text,
        "head": formula(sight.head(), display=False),
        "function": formula(sight.printer()(expression.node)),
        "variables": [
            {
                "name": v,
                "mathml": formula(symbol_mathml(v), display=False),
                "words": Text().symbol(v),
            }
            for v in expression.variables
        ],
        "parts": [sight.part(node) for node in sight.ids],
        "by": {v: _By(sight, v).data() for v in expression.variables},
    }
    check_weight(data)
    return data


def check_weight(data: dict[str, Any]) -> None:
    """Raise InputError if this is more than a browser should be sent."""
    if len(json.dumps(data)) > HEAVIEST:
        raise InputError(
            "The lines of this derivation are too long to be drawn.",
            hint="Take one term of it, or see the whole on the page of the gradient.",
        )


@dataclass
class _Sight:
    """A function with an identity for each part, and how it is written."""

    expression: Expression
    ids: dict[Node, int] = field(init=False)
    total: bool = field(init=False)

    def __post_init__(self) -> None:
        self.ids = {node: k for k, node in enumerate(parts_of(self.expression.node))}
        self.total = len(self.expression.variables) == 1

    def printer(self, ids: dict[Node, int | str] | None = None) -> MathML:
        """A printer in which the parts can be picked."""
        return MathML(ids={**self.ids, **(ids or {})}, **self.style)

    @property
    def style(self) -> dict[str, Any]:
        """How the person wrote it."""
        f = self.expression
        return {"decimal": f.decimal, "total": self.total, "still": f.constants}

    def head(self) -> str:
        """The left-hand side, f(x, y) =."""
        f = self.expression
        names = mo(",").join(map(symbol_mathml, f.variables))
        return f"{symbol_mathml(f.letter)}{mo('(')}{names}{mo(')')}{mo('=')}"

    def part(self, node: Node) -> dict[str, Any]:
        """What the browser needs to know of a part, whatever it is differentiated by."""
        return {
            "id": self.ids[node],
            "mathml": formula(MathML(**self.style)(node), display=False),
            "words": Text(**self.style)(node),
            "inside": [self.ids[a] for a in node.args if a in self.ids],
        }


class _By:
    """The partial derivative by one variable."""

    def __init__(self, sight: _Sight, variable: str) -> None:
        self.sight = sight
        self.x = sym(variable)
        self.derivation: Derivation = partial(sight.expression, variable)
        self.steps = self.derivation.steps
        if len(self.steps) > MOST_STEPS:
            raise InputError(
                f"The derivation by {variable} has {len(self.steps)} steps, too many for a tree.",
                hint="Take one term of it, or see the whole on the page of the gradient.",
            )
        self.index = {step.goal: k for k, step in enumerate(self.steps)}
        self.engine = Engine()

    def data(self) -> dict[str, Any]:
        """Everything about it."""
        certificate = self.derivation.certificate
        root = self.derivation.step
        return {
            "goal": formula(self._goal(), display=False),
            "result": self._plain(root.result),
            "root": self.index[root.goal],
            "checked": certificate.confirmed,
            "summary": certificate.summary(),
            "steps": [self._step(step) for step in self.steps],
            "parts": {str(k): self._part(node) for node, k in self.sight.ids.items()},
        }

    def _goal(self) -> str:
        letter = sym(self.sight.expression.letter)
        printer = MathML(total=self.sight.total)
        return printer.derivative(letter, (self.x,))

    def _plain(self, u: Node) -> str:
        return formula(MathML(**self.sight.style)(u), display=False)

    def _step(self, step: Step) -> dict[str, Any]:
        named = label(step.rule, step.detail)
        children = [*step.inner, *step.children]
        ids: dict[Node, int | str] = {c.goal: f"s{self.index[c.goal]}" for c in children}
        results = {c.goal: c.result for c in children}
        own: dict[Node, int | str] = {step.goal: f"s{self.index[step.goal]}"}
        law = law_of(step, self.sight.total)
        return {
            "id": self.index[step.goal],
            "part": self.sight.ids.get(step.goal.args[0]),
            "about": self._plain(step.goal.args[0]),
            "goal": formula(self.sight.printer(own)(step.goal), display=False),
            "words": Text(**self.sight.style)(step.goal),
            "after": formula(self.sight.printer(ids)(step.after), display=False),
            "filled": self._filled(step, ids, results),
            "result": self._plain(step.result),
            "result_words": Text(**self.sight.style)(step.result),
            "rule": step.rule,
            "label": named.name,
            "tidied": rewrite_label(step.tidied) if step.tidied else "",
            "law": law and formula(law, display=False),
            "children": [self.index[c.goal] for c in children],
            "goes": self._goes(step),
        }

    def _filled(
        self, step: Step, ids: dict[Node, int | str], results: dict[Node, Node]
    ) -> str | None:
        """The line with the results of the sub-steps in their places, if there are any."""
        if not step.children:
            return None
        printer = _Filled(ids=ids, **self.sight.style)
        printer.results = results
        return formula(printer(step.after), display=False)

    def _part(self, node: Node) -> dict[str, Any]:
        step = self.engine.derive(D(node, self.x))
        return {
            "derivative": self._plain(step.result),
            "words": Text(**self.sight.style)(step.result),
            "label": label(step.rule, step.detail).name,
            "step": self.index.get(step.goal),
        }

    def _goes(self, step: Step) -> str:
        """The whole derivative, this step's result lit where it goes."""
        whole = opened(self.derivation.step, step)
        printer = _Filled(ids={OPEN: "goes"}, **self.sight.style)
        printer.results = {OPEN: step.result}
        return formula(printer(whole), display=False)


class _Filled(MathML):
    """Prints some nodes as what they are equal to; the place keeps the identity of the node."""

    results: dict[Node, Node]

    def form(self, u: Node) -> tuple[str, int]:
        """As the result of u, where there is one."""
        if u not in self.results:
            return super().form(u)
        printed, tightness = super().form(self.results[u])
        return self.picked(u, printed), tightness

    def joint(self, left: Node, right: Node) -> str:
        """What stands between is a matter of what is seen: 3 · 1, and not 3 1."""
        return super().joint(self.results.get(left, left), self.results.get(right, right))


def opened(root: Step, target: Step) -> Node:
    """The result of the root with the symbol :data:`OPEN` for that of the target.

    >>> root = Engine().derive(D(parse("x^2 y").node, sym("x")))
    >>> Text()(opened(root, root.children[0]))
    'left open·y'
    """
    tidy = Tidier()
    found: dict[int, Node] = {id(target): OPEN}

    def result(step: Step) -> Node:
        known = found.get(id(step))
        if known is None:
            known = found[id(step)] = _concluded(step)
        return known

    def _concluded(step: Step) -> Node:
        children = {c.goal: result(c) for c in step.children}
        if all(children[c.goal] is c.result for c in step.children):
            return step.result
        return tidy(discharge(step.after, children))[0]

    return result(root)
