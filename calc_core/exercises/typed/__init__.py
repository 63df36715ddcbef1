"""Exercises that a teacher types: a task and a function, with the same diagnosis as all others."""

from calc_core.exercises.typed.own import OWN, Typed
from calc_core.exercises.typed.tasks import TASKS

__all__ = ["OWN", "TASKS", "Typed"]
