"""The graph read as interval arithmetic: what a function can be on a whole box, certainly."""

from calc_core.evaluate.interval.arithmetic import Intervals, between, exactly
from calc_core.evaluate.interval.reader import Truth, compile_intervals

__all__ = ["Intervals", "Truth", "between", "compile_intervals", "exactly"]
