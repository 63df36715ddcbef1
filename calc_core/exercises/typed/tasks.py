"""What a teacher can ask about a function."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.exercises.typed.asked import Ask
from calc_core.exercises.typed.beside import ask_chain, ask_taylor
from calc_core.exercises.typed.derivatives import (
    ask_determinant,
    ask_gradient,
    ask_hessian,
    ask_jacobian,
    ask_partial,
)
from calc_core.exercises.typed.matrices import ask_matrix


@dataclass(frozen=True, slots=True)
class Task:
    """What can be asked; ``title`` in a few words."""

    title: str
    ask: Ask


#: The tasks that a teacher can choose from, by their names in an address.
TASKS: dict[str, Task] = {
    "partial": Task("Partial derivative", ask_partial),
    "gradient": Task("Gradient", ask_gradient),
    "jacobian": Task("Jacobian", ask_jacobian),
    "determinant": Task("Determinant of the Jacobian", ask_determinant),
    "hessian": Task("Hessian", ask_hessian),
    "chain": Task("Chain rule", ask_chain),
    "taylor": Task("Taylor polynomial", ask_taylor),
    "matrix": Task("Matrix gradient", ask_matrix),
}
