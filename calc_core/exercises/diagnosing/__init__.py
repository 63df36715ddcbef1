"""Finding out what was done: wrong laws and plans first, then what the answer itself shows."""

from calc_core.exercises.diagnosing.inquiry import diagnose, of_this_shape
from calc_core.exercises.diagnosing.sought import Sought

__all__ = ["Sought", "diagnose", "of_this_shape"]
