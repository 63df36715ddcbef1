"""Readers of the graph that turn it into numbers."""

from calc_core.evaluate.arrays import compile_numpy, evaluate
from calc_core.evaluate.grid import Grid

__all__ = ["Grid", "compile_numpy", "evaluate"]
