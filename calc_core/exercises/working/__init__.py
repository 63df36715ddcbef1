"""Check my working: a derivation that a person wrote, compared line by line."""

from calc_core.exercises.working.check import check_work
from calc_core.exercises.working.report import LineReport, WorkReport
from calc_core.exercises.working.spelling import line_notation

__all__ = ["LineReport", "WorkReport", "check_work", "line_notation"]
