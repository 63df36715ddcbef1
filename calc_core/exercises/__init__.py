"""Exercises: made from a seed, graded by the mathematics, with the mistake found by the engine."""

from calc_core.exercises.exercise import Exercise
from calc_core.exercises.generate import generate, grade
from calc_core.exercises.kinds import EXERCISE_KINDS
from calc_core.exercises.verdict import Diagnosis, Verdict

__all__ = ["EXERCISE_KINDS", "Diagnosis", "Exercise", "Verdict", "generate", "grade"]
