"""Programmes as text: one function around an expression, in Python and in Julia."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from calc_core.graph import Node, Symbol
from calc_core.matrix.code.dialects import DIALECTS, Dialect
from calc_core.matrix.code.julia import HELPERS, Julia
from calc_core.matrix.code.lowered import turned
from calc_core.matrix.code.names import Names
from calc_core.matrix.code.programme import (
    Programme,
    axes_text,
    described,
    permutation,
    readings,
    untold,
)
from calc_core.matrix.code.python import Python
from calc_core.matrix.code.writer import ATOM, LOOSE, Findings, Writer
from calc_core.matrix.layouts import is_row, public_shape

INDENT = "    "
LONGEST_LINE = 88
# What is found out in a run is of use in the next: which inverses are there, then what is shared.
RUNS = 3
LONGEST_INLINE = 40
VECTORS = "Vectors are arrays of one axis."


def written(programme: Programme, language: str) -> str:
    """The whole text in one of the :data:`LANGUAGES`."""
    return LANGUAGES[language](programme)


def _names(programme: Programme) -> Names:
    """Names in which the arguments come first, and keep their own."""
    names = Names([programme.name])
    for symbol in programme.arguments:
        names(symbol.name)
    return names


def _jacobian(writer: Writer, node: Node, wanted: int = LOOSE) -> str:
    """The stacked Jacobian, by a name unless it is short."""
    text, level = writer.part(node)
    if len(text) <= LONGEST_INLINE:
        return text if level >= wanted else f"({text})"
    name = writer.names.fresh("jacobian")
    writer.lines.append(f"{name} = {text}")
    return name


def _fitted(line: str) -> list[str]:
    """A line, broken at its sums if it is too long."""
    head, space, value = line.partition(" = " if " = " in line else " ")
    terms = _terms(value)
    if len(INDENT + line) <= LONGEST_LINE or len(terms) < 2:
        return [INDENT + line]
    return [
        f"{INDENT}{head}{space}(",
        *[f"{INDENT * 2}{term}" for term in terms],
        f"{INDENT})",
    ]


def _terms(text: str) -> list[str]:
    """The terms of a sum, with their signs: what stands between signs outside of brackets."""
    terms, depth, start = [], 0, 0
    for i, char in enumerate(text):
        depth += (char in "([") - (char in ")]")
        if not depth and text[i : i + 3] in (" + ", " - "):
            terms.append(text[start:i])
            start = i + 1
    return [*terms, text[start:]]


# ── Python ────────────────────────────────────────────────────────────────────────────────────────


def _python(dialect: Dialect, programme: Programme) -> str:
    like = _first_array(programme, _names(programme))
    findings = Findings()
    for _ in range(RUNS):
        writer = Python(dialect, like, _names(programme), programme.counts, findings)
        value = _python_value(writer, programme)
        findings = writer.found(programme.node)
    head = _python_head(dialect, programme, writer)
    sizes = [_python_size(reading, writer.names) for reading in _readings(programme, writer)]
    body = [*sizes, *writer.lines, f"return {value}"]
    parts = [
        "\n".join([dialect.first, *writer.imports]),
        *[dialect.helpers[name].rstrip() for name in writer.helpers],
        "\n".join([*head, *[line for text in body for line in _fitted(text)]]),
    ]
    return "\n\n\n".join(parts) + "\n"


def _first_array(programme: Programme, names: Names) -> str:
    whole = programme.counts
    arrays = [s for s in programme.arguments if s.name not in whole]
    arrays.sort(key=lambda s: not s.shape)
    return names(arrays[0].name) if arrays else ""


def _python_value(writer: Python, programme: Programme) -> str:
    node, shape = programme.node, programme.shape
    if shape and not node.shape:
        return writer.filled("zeros", shape).text
    if programme.unstacked is None:
        return writer(node)
    split, back = permutation(programme.unstacked, len(shape) - programme.unstacked)
    extents = ", ".join(writer.size(shape[axis]) for axis in split)
    order = ", ".join(map(str, back))
    return f"{_jacobian(writer, node, ATOM)}.reshape({extents}).{writer.dialect.permute}({order})"


def _python_head(dialect: Dialect, programme: Programme, writer: Python) -> list[str]:
    names = writer.names
    lines = [f"def {programme.name}("]
    for symbol in programme.arguments:
        kind = dialect.array if symbol.shape else dialect.number
        if symbol.name in programme.counts:
            kind = "int"
        note = described(symbol, names)
        lines.append(f"{INDENT}{names(symbol.name)}: {kind},{f'  # {note}' if note else ''}")
    lines += [
        f"{INDENT}{names.letter(letter)}: int,"
        for letter in untold(programme.arguments, writer.letters)
    ]
    kind = dialect.array if programme.shape else dialect.number
    note = f"  # {axes_text(programme.shape, names)}" if programme.shape else ""
    return [*lines, f") -> {kind}:{note}", *_docstring(programme)]


def _docstring(programme: Programme) -> list[str]:
    text = programme.comment.replace("\\", "\\\\").replace('"""', "'''").strip().splitlines()
    shapes = [programme.shape, *[public_shape(s.shape) for s in programme.arguments]]
    notes = [VECTORS] if any(len(shape) == 1 for shape in shapes) else []
    lines = [*text, *([""] if text and notes else []), *notes]
    if not lines:
        return []
    if len(lines) == 1:
        space = " " if lines[0].endswith('"') else ""
        return [f'{INDENT}"""{lines[0]}{space}"""']
    inside = [f"{INDENT}{line}" if line else "" for line in lines[1:]]
    return [f'{INDENT}"""{lines[0]}', *inside, f'{INDENT}"""']


def _readings(programme: Programme, writer: Writer) -> list[tuple[Symbol, tuple[str, ...]]]:
    return [(r.argument, r.letters) for r in readings(programme.arguments, writer.letters)]


def _python_size(reading: tuple[Symbol, tuple[str, ...]], names: Names) -> str:
    symbol, letters = reading
    name = names(symbol.name)
    told = [names.letter(letter) for letter in letters if letter]
    if len(told) == 2:
        return f"{', '.join(told)} = {name}.shape"
    axis = next(i for i, letter in enumerate(letters) if letter)
    return f"{told[0]} = {f'len({name})' if not axis else f'{name}.shape[{axis}]'}"


# ── Julia ─────────────────────────────────────────────────────────────────────────────────────────


def _julia(programme: Programme) -> str:
    findings = Findings()
    for _ in range(RUNS):
        writer = Julia(_names(programme), programme.counts, findings)
        value = _julia_value(writer, programme)
        findings = writer.found(programme.node)
    sizes = [_julia_size(reading, writer.names) for reading in _readings(programme, writer)]
    body = [*sizes, *writer.lines, f"return {value}"]
    head = _julia_head(programme, writer)
    parts = [
        "\n".join(["using LinearAlgebra", *writer.imports]),
        *[HELPERS[name].rstrip() for name in writer.helpers],
        "\n".join([*head, *[line for text in body for line in _fitted(text)], "end"]),
    ]
    return "\n\n".join(parts) + "\n"


def _julia_value(writer: Julia, programme: Programme) -> str:
    node, shape = programme.node, programme.shape
    if shape and not node.shape:
        return writer.filled("zeros", shape).text
    if is_row(node.shape) and len(shape) == 1:
        # A Vector is returned, not a row.
        node = turned(node)
    if programme.unstacked is None:
        return writer(node)
    return f"reshape({_jacobian(writer, node)}, {', '.join(map(writer.size, shape))})"


def _julia_head(programme: Programme, writer: Julia) -> list[str]:
    names = writer.names
    lines = [f"function {programme.name}("]
    for symbol in programme.arguments:
        kind = ("Real", "AbstractVector", "AbstractMatrix")[len(public_shape(symbol.shape))]
        if symbol.name in programme.counts:
            kind = "Integer"
        note = described(symbol, names)
        lines.append(f"{INDENT}{names(symbol.name)}::{kind},{f'  # {note}' if note else ''}")
    lines += [
        f"{INDENT}{names.letter(letter)}::Integer,"
        for letter in untold(programme.arguments, writer.letters)
    ]
    note = f"  # returns {axes_text(programme.shape, names)}" if programme.shape else ""
    return [*_julia_docstring(programme), *lines, f"){note}"]


def _julia_docstring(programme: Programme) -> list[str]:
    text = programme.comment.strip()
    for char in '\\$"':
        text = text.replace(char, f"\\{char}")
    return ['"""', *text.splitlines(), '"""'] if text else []


def _julia_size(reading: tuple[Symbol, tuple[str, ...]], names: Names) -> str:
    symbol, letters = reading
    name = names(symbol.name)
    told = [names.letter(letter) for letter in letters if letter]
    if len(told) == 2:
        return f"{', '.join(told)} = size({name})"
    axis = next(i for i, letter in enumerate(letters) if letter)
    return f"{told[0]} = size({name}, {axis + 1})"


LANGUAGES: Mapping[str, Callable[[Programme], str]] = {
    **{name: partial(_python, dialect) for name, dialect in DIALECTS.items()},
    "julia": _julia,
}
