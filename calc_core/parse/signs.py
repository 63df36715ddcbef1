"""The signs of formulas, and what each one is."""

from __future__ import annotations

from collections.abc import Iterable

from calc_core.parse.tokens import Kind

Sign = tuple[str, Kind, str]
SIGNS: tuple[Sign, ...] = (
    ("===", Kind.RELATION, "eq"), ("!==", Kind.RELATION, "ne"), ("<->", Kind.OPERATOR, "<->"),
    ("<=", Kind.RELATION, "le"), (">=", Kind.RELATION, "ge"), ("=<", Kind.RELATION, "le"),
    ("==", Kind.RELATION, "eq"), ("!=", Kind.RELATION, "ne"), ("<>", Kind.RELATION, "ne"),
    (":=", Kind.OPERATOR, ":="), ("->", Kind.OPERATOR, "→"), ("=>", Kind.OPERATOR, "↦"),
    ("|->", Kind.OPERATOR, "↦"), ("&&", Kind.WORD, "and"), ("**", Kind.OPERATOR, "^"),
    (".*", Kind.OPERATOR, "*"), ("./", Kind.OPERATOR, "/"), (".^", Kind.OPERATOR, "^"),
    ("+", Kind.OPERATOR, "+"), ("-", Kind.OPERATOR, "-"), ("*", Kind.OPERATOR, "*"),
    ("/", Kind.OPERATOR, "/"), ("^", Kind.OPERATOR, "^"), ("!", Kind.OPERATOR, "!"),
    ("=", Kind.RELATION, "eq"), ("<", Kind.RELATION, "lt"), (">", Kind.RELATION, "gt"),
    (",", Kind.OPERATOR, ","), (";", Kind.OPERATOR, ";"), (":", Kind.OPERATOR, ":"),
    ("?", Kind.OPERATOR, "?"), ("&", Kind.OPERATOR, "&"), (".", Kind.OPERATOR, "."),
    ("@", Kind.OPERATOR, "@"), ("_", Kind.OPERATOR, "_"),
    ("(", Kind.OPEN, "("), (")", Kind.CLOSE, ")"), ("[", Kind.OPEN, "["), ("]", Kind.CLOSE, "]"),
    ("{", Kind.OPEN, "{"), ("}", Kind.CLOSE, "}"), ("|", Kind.BAR, "|"), ("‖", Kind.BAR, "‖"),
    ("⟨", Kind.OPEN, "⟨"), ("⟩", Kind.CLOSE, "⟩"), ("⌊", Kind.OPEN, "⌊"), ("⌋", Kind.CLOSE, "⌋"),
    ("⌈", Kind.OPEN, "⌈"), ("⌉", Kind.CLOSE, "⌉"), ("≤", Kind.RELATION, "le"),
    ("≥", Kind.RELATION, "ge"), ("≠", Kind.RELATION, "ne"), ("∧", Kind.WORD, "and"),
    ("∨", Kind.WORD, "or"), ("¬", Kind.WORD, "not"), ("∫", Kind.COMMAND, "int"),
    ("√", Kind.COMMAND, "radical"), ("∛", Kind.COMMAND, "radical"),
    ("∜", Kind.COMMAND, "radical"), ("↦", Kind.OPERATOR, "↦"), ("→", Kind.OPERATOR, "→"),
    ("ℝ", Kind.NAME, "R"),
)  # fmt: skip


def by_first(signs: Iterable[Sign]) -> dict[str, list[Sign]]:
    """The signs by their first character, the longest first."""
    table: dict[str, list[Sign]] = {}
    for row in sorted(signs, key=lambda row: -len(row[0])):
        table.setdefault(row[0][0], []).append(row)
    return table


DEGREES = {"√": 2, "∛": 3, "∜": 4}
