"""What a teacher typed, read for a task."""

from __future__ import annotations

import re

from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.matrix.language import read as read_matrices
from calc_core.parse import parse

# What only functions of matrices hold.
_OF_MATRICES = re.compile(
    r"'|ᵀ|‖|\^\s*\{?\s*(?:T\b|⊤|\\top|\\intercal)|\\l?Vert|\b(?:tr|trace|det|inv|norm2?|normF|vec)\b"
)
_LETTER = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
_NAME = r"[A-Za-z]\w*"
_NAMES = re.compile(rf"\(?\s*{_NAME}(?:\s*[,;]\s*{_NAME})*\s*\)?")


def function(text: str, variables: str) -> Expression:
    """A function of at least one variable.  Raises InputError."""
    if not text.strip():
        raise InputError("The function is missing.", hint="Write one, such as x^2 y + sin(x y).")
    if _is_of_matrices(text):
        raise InputError(
            "This is a function of matrices.", hint="Choose the task “Matrix gradient” for it."
        )
    expression = parse(text, variables or None)
    if not expression.variables:
        raise InputError("There is no variable to differentiate by.", hint="Write one: x.")
    return expression


def scalar(text: str, variables: str) -> Expression:
    """A function whose values are numbers.  Raises InputError."""
    expression = function(text, variables)
    if not expression.is_scalar:
        raise InputError(
            "This is a vector function; the task is about a single one.",
            hint="Give one component, or ask for the Jacobian.",
        )
    return expression


def vector(text: str, variables: str) -> Expression:
    """A function with several components.  Raises InputError."""
    expression = function(text, variables)
    if len(expression.shape) != 1:
        raise InputError(
            "The task is about a vector function.", hint="List its components: (x y, x + y)."
        )
    return expression


def square(text: str, variables: str) -> Expression:
    """A function with as many components as variables, two or three.  Raises InputError."""
    expression = vector(text, variables)
    n = len(expression.variables)
    if expression.shape != (n,) or n not in (2, 3):
        raise InputError(
            "There must be two components of two variables, or three of three.",
            hint=f"There are {expression.shape[0]} of {n}.",
        )
    return expression


def all_variables(f: Expression, by: str) -> Expression:
    """The function with the variables that are listed, x, y, if any are.  Raises InputError.

    One variable out of several is no list: what is asked for is by all of them.
    """
    if not by:
        return f
    names = tuple(re.findall(_NAME, by)) if _NAMES.fullmatch(by) else ()
    known = (*f.variables, *f.constants)
    if not set(names) <= set(known) or not min(2, len(f.variables)) <= len(names):
        listed = ", ".join(f.variables)
        raise InputError(
            f"“{by}” means nothing here: the derivative is by all the variables at once.",
            hint=f"Leave the field beside the function empty, or list them: {listed}.",
        )
    return f.with_variables(names)


def _is_of_matrices(text: str) -> bool:
    """Whether a text can be read as a function of matrices only."""
    letters = dict.fromkeys(_LETTER.findall(text)) if _OF_MATRICES.search(text) else ()
    return any(_is_readable(text, letter) for letter in letters)


def _is_readable(text: str, letter: str) -> bool:
    try:
        read_matrices(text, letter)
    except InputError:
        return False
    return True
