"""What stands on the left: f(x, y) =, z =, (x, y) ↦, r: R → R², t ↦.  It names the function."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.parse.tokens import Kind, Token

_ARROWS = ("↦", "→")


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a function, its variables in order (None if not told), and where it ends."""

    name: str = ""
    variables: tuple[str, ...] | None = None
    end: int = 0


def read_heading(tokens: list[Token], pairs: dict[int, int], equation: bool = False) -> Heading:
    """The heading of the formula, empty if there is none.

    In an equation only f(x, y) = … is a heading: y = x^2 is the equation itself.
    """
    heading = Heading()
    while True:
        further = _one(tokens, pairs, heading.end)
        if further is None or (equation and further.variables is None):
            return heading
        _check_names(further, tokens[heading.end : further.end])
        if not _is_fresh(further.name, tokens, further.end):
            # y = x y is no heading but an equation.
            if further.variables is None:
                return heading
            raise InputError(
                f"{further.name} stands on both sides.",
                tokens[heading.end].start,
                "Type only the formula on the right, or use another letter.",
            )
        # In z = f(x, y) = … the name with its variables tells more.
        if heading.variables is None or further.variables is not None:
            name = further.name or heading.name
            heading = Heading(name, further.variables, further.end)
        else:
            heading = Heading(heading.name, heading.variables, further.end)


def _check_names(heading: Heading, tokens: list[Token]) -> None:
    for name in heading.variables or ():
        if (heading.variables or ()).count(name) > 1:
            second = [token for token in tokens if token.is_a(Kind.NAME, name)][1]
            message = f"The variable {name} is named twice."
            raise InputError(message, second.start, "Name each once.")


def _is_fresh(name: str, tokens: list[Token], start: int) -> bool:
    return not any(token.is_a(Kind.NAME, name) for token in tokens[start:])


def _one(tokens: list[Token], pairs: dict[int, int], start: int) -> Heading | None:
    if tokens[start].is_a(Kind.OPERATOR, "@"):
        signature = _list_of_names(tokens, pairs, start + 1)
        return Heading("", *signature) if signature else None
    domain = _after_domain(tokens, pairs, start)
    if domain is not None:
        return domain
    return _mapping(tokens, pairs, start) or _assignment(tokens, pairs, start)


def _assignment(tokens: list[Token], pairs: dict[int, int], start: int) -> Heading | None:
    """A name and perhaps its variables: f(x, y) =, z =, f[x_, y_] :=."""
    if tokens[start].kind is not Kind.NAME:
        return None
    name = tokens[start].text
    signature = _list_of_names(tokens, pairs, start + 1)
    variables, end = signature or (None, start + 1)
    if _is_equals(tokens[end]):
        return Heading(name, variables, end + 1)
    return None


def _mapping(tokens: list[Token], pairs: dict[int, int], start: int) -> Heading | None:
    """Variables and an arrow: (x, y) ↦, x ↦."""
    signature = _list_of_names(tokens, pairs, start)
    if signature is None and tokens[start].kind is Kind.NAME:
        signature = (tokens[start].text,), start + 1
    if signature and tokens[signature[1]].is_a(Kind.OPERATOR, *_ARROWS):
        return Heading("", signature[0], signature[1] + 1)
    return None


def _after_domain(tokens: list[Token], pairs: dict[int, int], start: int) -> Heading | None:
    """f: (x, y) ↦, and f: R² → R, f(x, y) =, where sets are skipped."""
    named = tokens[start].kind is Kind.NAME and tokens[start + 1].is_a(Kind.OPERATOR, ":")
    if not named:
        return None
    name = tokens[start].text
    mapping = _mapping(tokens, pairs, start + 2)
    if mapping and not tokens[mapping.end - 2].is_a(Kind.NAME, "R"):
        return Heading(name, mapping.variables, mapping.end)
    for i in range(start + 2, len(tokens) - 1):
        if tokens[i].is_a(Kind.OPERATOR, ",", ";"):
            inner = _mapping(tokens, pairs, i + 1) or _assignment(tokens, pairs, i + 1)
            if inner and inner.name in ("", name):
                return Heading(name, inner.variables, inner.end)
    return None


def _is_equals(token: Token) -> bool:
    # "==" compares and defines nothing.
    defines = token.is_a(Kind.RELATION, "eq") and token.end - token.start != 2
    return defines or token.is_a(Kind.OPERATOR, ":=")


def _list_of_names(
    tokens: list[Token], pairs: dict[int, int], start: int
) -> tuple[tuple[str, ...], int] | None:
    """The names in a bracket, and the index behind it; parameters after ; are left out."""
    if not tokens[start].is_a(Kind.OPEN, "(", "["):
        return None
    inside = tokens[start + 1 : pairs[start]]
    names = inside[::2]
    signs = inside[1::2]
    regular = len(names) == len(signs) + 1 and all(
        token.is_a(Kind.OPERATOR, ",", ";", "|") or token.kind is Kind.BAR for token in signs
    )
    if not regular or any(token.kind is not Kind.NAME for token in names):
        return None
    kept = len(names)
    for i, token in enumerate(signs):
        if token.text != ",":
            kept = min(kept, i + 1)
    result = tuple(token.text for token in names[:kept])
    return result, pairs[start] + 1
