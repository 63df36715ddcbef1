"""From a text to a Problem: scan, match brackets, take off the heading, read, find the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from calc_core.errors import InputError
from calc_core.expression import Note
from calc_core.graph import Node
from calc_core.matrix.language import places
from calc_core.matrix.language.declare import Declarable, canonical, shapes_of, traits_of
from calc_core.matrix.language.grammar import Grammar
from calc_core.matrix.language.reader import Reader
from calc_core.matrix.language.scanner import scan
from calc_core.matrix.language.scope import Sayings, Scope, Term
from calc_core.matrix.language.tree import Tree, walk
from calc_core.parse.brackets import match_brackets
from calc_core.parse.guarded import guarded
from calc_core.parse.heading import read_heading
from calc_core.parse.tokens import Kind, Token

_TRAILING = (".", ",", ";")
_OFTEN_VECTORS = ("beta", "theta", "mu", "eta", "xi", "phi", "omega")


@dataclass(frozen=True, slots=True)
class Problem:
    """A function of matrices and vectors, and the symbol that moves.

    ``node``     the function, of the constructors of :mod:`calc_core.matrix.nodes`;
    ``wrt``      the symbol that moves: a scalar, a vector or a matrix;
    ``symbols``  every named symbol, in order of first appearance;
    ``notes``    choices between customary readings;
    ``decimal``  whether the person wrote decimal numbers.
    """

    text: str
    node: Node
    wrt: Node
    symbols: tuple[Node, ...]
    notes: tuple[Note, ...] = ()
    decimal: bool = False


def read(
    text: str,
    wrt: str | None = None,
    shapes: Mapping[str, Declarable] | None = None,
    symmetric: str | Iterable[str] = (),
    structure: str | Mapping[str, str] | None = None,
) -> Problem:
    """Reads a function of matrices, vectors and numbers: plain text, Unicode or LaTeX.

    Small letters are columns, capital letters matrices, small Greek letters numbers; ``shapes``
    says otherwise.  ``wrt`` is the name that moves: that of ``f(W) =``, else X, x or the first.
    The form is kept as it was written.  Raises InputError, and nothing else, for what cannot be
    read.

    >>> problem = read("a'*inv(X)*b")
    >>> problem.wrt.shape, [symbol.shape for symbol in problem.symbols]
    (('n', 'n'), [('n', 1), ('n', 'n'), ('n', 1)])
    """
    return guarded(
        text, lambda checked: _Reading(checked, wrt, shapes, symmetric, structure).problem()
    )


class _Reading:
    """One text on its way to a Problem."""

    def __init__(
        self,
        text: str,
        wrt: str | None,
        shapes: Mapping[str, Declarable] | None,
        symmetric: str | Iterable[str],
        structure: str | Mapping[str, str] | None,
    ) -> None:
        self.text = text
        self.declared = shapes_of(shapes)
        self.asked = canonical(wrt) if wrt is not None else None
        named = frozenset(self.declared) | ({self.asked} if self.asked else set())
        self.scanner = scan(text)
        tokens = self.scanner.tokens
        _drop_trailing(tokens)
        if len(tokens) == 1:
            raise InputError("There is no formula here.", None, "Type a function, such as a'*X*b.")
        _name_e(tokens, "e" in named)
        pairs = match_brackets(tokens, text)
        _refuse_derivatives(tokens)
        grammar = Grammar(tokens, pairs, text)
        grammar.named = named
        heading = read_heading(tokens, pairs)
        self.heading = heading.variables or ()
        grammar.index = heading.end
        if tokens[grammar.index].kind is Kind.END:
            last = tokens[grammar.index - 1].start
            raise InputError("Nothing stands on the right of the sign =.", last, "Type it there.")
        self.tree = grammar.formula()
        self.names = places.names(self.tree)
        self.said = self._sayings(named)
        self.grammar_notes = grammar.notes
        self.wrt = self._chosen()
        self.said = replace(self.said, traits=traits_of(symmetric, structure, self.wrt))
        self._check_traits()

    def _sayings(self, named: frozenset[str]) -> Sayings:
        letters = frozenset(
            extent
            for declared in self.declared.values()
            for extent in declared.extents
            if isinstance(extent, str)
        )
        return Sayings(
            shapes=self.declared,
            named=named,
            scalars=places.scalars(self.tree) | places.multipliers(self.tree),
            vectors=frozenset(self.scanner.bold) | _greek(places.transposed(self.tree)),
            extents=(places.extents(self.tree) | letters) - frozenset(self.declared),
        )

    def _symbols(self) -> list[str]:
        said = self.said
        return [
            name
            for name in self.names
            if name in said.named
            or not (name == "I" or places.is_sized_identity(name) or name in said.extents)
        ]

    def _chosen(self) -> str:
        """The name that moves."""
        names = self._symbols()
        if self.asked in places.extents(self.tree):
            raise InputError(
                f"{self.asked} is a number of rows or columns.", None, "Choose another letter."
            )
        if self.asked is not None:
            if self.asked not in names and self.asked not in self.declared:
                raise InputError(
                    f"{self.asked} does not occur in the formula.",
                    None,
                    f"Choose one of {', '.join(names)}." if names else "Type one that has letters.",
                )
            return self.asked
        if not names:
            raise InputError("There is nothing here that could change.", 0,
                             "Use a letter, such as X or x.")  # fmt: skip
        # Whoever writes f(W) = … has said what moves.
        alone = self.heading if len(self.heading) == 1 else ()
        return next((name for name in (*alone, "X", "x") if name in names), names[0])

    def _check_traits(self) -> None:
        known = {*self._symbols(), self.wrt}
        for name in self.said.traits:
            if name not in known:
                raise InputError(
                    f"{name} does not occur in the formula.",
                    None,
                    f"Choose one of {', '.join(sorted(known))}.",
                )

    def problem(self) -> Problem:
        try:
            return self._problem(self.said, ())
        except InputError as error:
            for names in self._other_readings():
                said = replace(self.said, vectors=self.said.vectors | frozenset(names))
                try:
                    return self._problem(said, names)
                except InputError:
                    continue
            raise error from None

    def _other_readings(self) -> list[tuple[str, ...]]:
        """Greek letters that are often vectors, one of them or all."""
        letters = [
            name
            for name in self._symbols()
            if name.partition("_")[0] in _OFTEN_VECTORS
            and name not in self.declared
            and name not in self.said.vectors
        ][:4]
        single: list[tuple[str, ...]] = [(name,) for name in letters]
        return [*single, tuple(letters)] if len(letters) > 1 else single

    def _problem(self, said: Sayings, vectors: tuple[str, ...]) -> Problem:
        notes = [*self.scanner.notes, *self.grammar_notes]
        scope = Scope(self.text, said, notes)
        for name in self._symbols():
            scope.symbol(name)
        scope.symbol(self.wrt)
        notes += [
            Note(_first_column(self.tree, name), f"{name} is read as a number, not a vector.")
            for name in sorted(places.multipliers(self.tree) - said.named)
        ]
        scope.wrt = self.wrt
        term = Reader(scope).term(self.tree)
        if not scope.extents.settle():
            raise InputError(
                "The shapes cannot be found from this.", 0, "Declare the shapes of the letters."
            )
        scope.name_extents()
        return self._built(scope, term, vectors)

    def _built(self, scope: Scope, term: Term, vectors: tuple[str, ...]) -> Problem:
        node = term.build()
        scope.growth.check_whole(node)
        for name in vectors:
            message = f"{name} is read as a column vector; declare it a scalar otherwise."
            scope.notes.append(Note(_first_column(self.tree, name), message))
        unique = {(note.column, note.message): note for note in scope.notes}
        return Problem(
            text=self.text,
            node=node,
            wrt=scope.node(self.wrt),
            symbols=tuple([scope.node(name) for name in scope.symbols]),
            notes=tuple(sorted(unique.values(), key=lambda note: note.column)),
            decimal=self.scanner.decimal,
        )


def _greek(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if len(name.partition("_")[0]) > 1)


def _first_column(tree: Tree, name: str) -> int:
    return min(part.start for part in walk(tree) if part.is_a("name", name))


def _drop_trailing(tokens: list[Token]) -> None:
    """A formula copied from a sentence ends as the sentence does."""
    while len(tokens) > 1 and tokens[-2].is_a(Kind.OPERATOR, *_TRAILING):
        del tokens[-2]


def _name_e(tokens: list[Token], named: bool) -> None:
    """Makes e a name where it is declared or transposed, as the residuals in e'e."""
    for token, following, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
        raised = following.is_a(Kind.OPERATOR, "^") and third.is_a(Kind.NAME, "T")
        if token.is_a(Kind.CONSTANT, "e") and (raised or following.is_a(Kind.OPERATOR, "'")):
            named = True
    if named:
        for i, token in enumerate(tokens):
            if token.is_a(Kind.CONSTANT, "e"):
                tokens[i] = replace(token, kind=Kind.NAME)


def _refuse_derivatives(tokens: list[Token]) -> None:
    """d/dX, and d f / dX: the task instead of the function."""
    for before, sign, second, third in zip(
        tokens, tokens[1:], tokens[2:], tokens[3:], strict=False
    ):
        if not (sign.is_a(Kind.OPERATOR, "/") and second.is_a(Kind.NAME, "d")):
            continue
        by = third.kind is Kind.NAME and not third.gap
        if by or before.is_a(Kind.NAME, "d"):
            raise InputError(
                "A derivative cannot be typed here.",
                tokens[0].start if by else before.start,
                "The app differentiates by itself: type only the function.",
            )
