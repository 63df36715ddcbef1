"""What the writers of all languages share: each part once, brackets, names for repeated parts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    DIV,
    MATRIX,
    MINUS_ONE,
    MOVE,
    MUL,
    NUM,
    POW,
    REL,
    SERIES,
    SYM,
    Node,
    postorder,
)
from calc_core.matrix.code.lowered import solved
from calc_core.matrix.code.names import Names
from calc_core.matrix.layouts import is_column, is_row
from calc_core.matrix.nodes import (
    DELTA,
    DET,
    EXTENT,
    IDENTITY,
    INVERSE,
    MATMUL,
    ONES,
    SUBSCRIPT,
    TRANSPOSE,
)
from calc_core.shapes import Extent

# How strongly a piece of code holds together; a matrix product is put in brackets within a product
# of numbers, so that it is carried out first.
LOOSE, SUM, MATRIX_PRODUCT, PRODUCT, UNARY, POWER, ATOM = range(7)
LARGEST_INTEGER = 2**53
LONGEST_DECIMAL = 6
_RELATIONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}


class Code(NamedTuple):
    """A piece of code and how strongly it holds together."""

    text: str
    level: int = ATOM


Write = Callable[[Any, Node], Code]


class Findings(NamedTuple):
    """What is only known when all has been written once: the next run makes use of it.

    ``inverses``  those that are needed by themselves;
    ``repeated``  the parts that are used more than once, which get names.
    """

    inverses: frozenset[Node] = frozenset()
    repeated: frozenset[Node] = frozenset()


class Writer(ABC):
    """Writes one expression; ``lines`` are the parts that had to be named before it.

    ``names``     identifiers of the symbols;
    ``counts``    the symbols that are whole numbers;
    ``findings``  what earlier runs found out.
    """

    writes: ClassVar[Mapping[str, Write]]
    label = ""

    def __init__(self, names: Names, counts: frozenset[str], findings: Findings) -> None:
        self.names = names
        self.counts = counts
        self.findings = findings
        self.lines: list[str] = []
        self.letters: dict[str, None] = {}
        self.helpers: dict[str, None] = {}
        self.imports: dict[str, None] = {}
        self._uses = Counter[Node]()
        self._done: dict[Node, Code] = {}

    def found(self, root: Node) -> Findings:
        """What this run found out for the next one."""
        bound = {x.data for node in postorder(root) if node.op == SERIES for x in node.args[1:2]}
        return Findings(
            frozenset(node for node in self._uses if node.op == INVERSE),
            frozenset(
                node
                for node, times in self._uses.items()
                if times > 1 and _is_worth_a_name(node) and not _holds(node, bound)
            ),
        )

    def solved(self, u: Node) -> Node | None:
        """The A of A⁻¹ or A⁻ᵀ, turned as it is needed: what is solved with; else None.

        An inverse that is needed by itself is there, and one multiplies by it.
        """
        inner = u.args[0] if u.op == TRANSPOSE else u
        return None if inner in self.findings.inverses else solved(u)

    def part(self, node: Node) -> Code:
        """The code of a node, or its name."""
        if node.op == TRANSPOSE:
            # Quickly done: what is transposed gets the name.
            return self.writes[TRANSPOSE](self, node)
        self._uses[node] += 1
        known = self._done.get(node)
        if known is None:
            if node.op not in self.writes:
                raise InputError(f"There is no code in {self.label} for this: {node.op}.")
            known = self.writes[node.op](self, node)
            if node in self.findings.repeated and not known.text.isidentifier():
                name = self.names.fresh(self._wish(node))
                self.lines.append(f"{name} = {known.text}")
                known = Code(name)
            self._done[node] = known
        return known

    def __call__(self, node: Node, level: int = LOOSE) -> str:
        """The code of a node, in brackets if it holds together less strongly than that."""
        code = self.part(node)
        return code.text if code.level >= level else f"({code.text})"

    def _wish(self, node: Node) -> str:
        if node.op in (INVERSE, DET) and node.args[0].op == MATRIX:
            return (
                f"{self(node.args[0])}_inv" if node.op == INVERSE else f"det_{self(node.args[0])}"
            )
        return ""

    @abstractmethod
    def transposed(self, node: Node) -> str:
        """The code of the transpose of a matrix."""

    # ── sizes ─────────────────────────────────────────────────────────────────────────────────────

    def size(self, extent: Extent) -> str:
        """An extent as a number; its letters are asked for."""
        parts = str(extent).split("*")
        return " * ".join(part if part.isdigit() else self._letter(part) for part in parts)

    def _letter(self, letter: str) -> str:
        self.letters[letter] = None
        return self.names.letter(letter)

    # ── numbers and names ─────────────────────────────────────────────────────────────────────────

    def number(self, node: Node) -> Code:
        """An integer, a short decimal or a fraction."""
        value = node.data
        if isinstance(value, int):
            text = str(value) if abs(value) < LARGEST_INTEGER else repr(float(value))
            return Code(text, UNARY if value < 0 else ATOM)
        decimal = repr(float(value))
        if len(decimal) <= LONGEST_DECIMAL and Fraction(decimal) == value:
            return Code(decimal, UNARY if value < 0 else ATOM)
        return Code(f"{value.numerator} / {value.denominator}", PRODUCT)

    def symbol(self, node: Node) -> Code:
        """The name of a symbol."""
        return Code(self.names(node.data if node.op == SYM else node.data.name))

    def move(self, node: Node) -> Code:
        """The name dX of a small change."""
        return Code(self.names(f"d{node.data.name}"))

    def extent(self, node: Node) -> Code:
        """An extent as a number."""
        text = self.size(node.data)
        return Code(text, PRODUCT if "*" in text else ATOM)

    def place(self, letter: str) -> str:
        """A letter or number of a subscript, counted from 1.  Letters are those of sums."""
        if letter.isdigit():
            return letter
        if letter not in self.counts:
            raise InputError(f"There is no code with the free index {letter}.")
        return self.names(letter)

    # ── what is written alike everywhere ──────────────────────────────────────────────────────────

    def sum(self, node: Node) -> Code:
        """Terms, with their signs before them."""
        text = self(node.args[0], SUM)
        for term in node.args[1:]:
            negative = term.op == MUL and term.args[0] is MINUS_ONE and len(term.args) == 2
            signed = self(term.args[1] if negative else term, MATRIX_PRODUCT)
            if signed.startswith("-"):
                text += f" {'+' if negative else '-'} {signed[1:]}"
            else:
                text += f" {'-' if negative else '+'} {signed}"
        return Code(text, SUM)

    def multiple(self, node: Node) -> Code:
        """Scalars before what they multiply."""
        first, *others = node.args
        if first.op == NUM and first.data == -1:
            inner = self(others[0], PRODUCT) if len(others) == 1 else self._times(others)
            return Code(f"-{inner}" if not inner.startswith("-") else f"-({inner})", PRODUCT)
        return Code(self._times(node.args), PRODUCT)

    def _times(self, factors: Any) -> str:
        first, *others = factors
        if others and _begins_with_a_vector(others[-1]):
            # 2 x @ A doubles the vector: no more work than 2 (x @ A), and fewer brackets.
            middle = [self(f, POWER) for f in others[:-1]]
            return " * ".join([self(first, PRODUCT), *middle, self(others[-1], MATRIX_PRODUCT)])
        return " * ".join([self(first, PRODUCT), *[self(f, POWER) for f in others]])

    def fraction(self, node: Node) -> Code:
        """A written fraction by a scalar."""
        top, bottom = node.args
        return Code(f"{self(top, MATRIX_PRODUCT)} / {self(bottom, POWER)}", PRODUCT)

    def relation(self, node: Node) -> Code:
        """A comparison."""
        left, right = [self(a, SUM) for a in node.args]
        return Code(f"{left} {_RELATIONS[node.data]} {right}", LOOSE)


def _is_worth_a_name(node: Node) -> bool:
    """Whether a part that is used twice gets a name: no leaf, nor what is quickly done."""
    if not node.args or node.op in (SUBSCRIPT, DELTA, EXTENT, IDENTITY, ONES):
        return False
    if node.op == MUL:
        return any(a.args for a in node.args)
    return bool(node.shape or node.op not in (ADD, MUL, DIV, POW) or any(a.args for a in node.args))


def _begins_with_a_vector(node: Node) -> bool:
    return node.op == MATMUL and is_vector(node.args[0])


def _holds(node: Node, bound: set[Any]) -> bool:
    """Whether a bound index stands in a node, in a subscript too."""
    if not bound:
        return False
    letters = {i for part in postorder(node) if part.op in (SUBSCRIPT, DELTA) for i in part.data}
    return bool(bound & (node.free | letters))


SHARED: Mapping[str, Write] = {
    NUM: Writer.number,
    SYM: Writer.symbol,
    MATRIX: Writer.symbol,
    MOVE: Writer.move,
    EXTENT: Writer.extent,
    ADD: Writer.sum,
    MUL: Writer.multiple,
    DIV: Writer.fraction,
    REL: Writer.relation,
}


def is_call(text: str) -> bool:
    """Whether a text is one call, or an attribute of one: what is open closes at the end only."""
    depth = 0
    for i, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if not depth and (char in " +-*/^" or (char == ")" and not _ends(text[i + 1 :]))):
            return False
    return True


def _ends(rest: str) -> bool:
    return not rest or rest in (".imag", ".real")


def is_vector(node: Node) -> bool:
    """Whether a node is a row or a column."""
    return is_column(node.shape) or is_row(node.shape)
