"""What is said about each mistake: kindly, with the law that was meant, and without the answer."""

from __future__ import annotations

from calc_core.exercises.mistakes.answers import ANSWERS
from calc_core.exercises.mistakes.approximations import APPROXIMATIONS
from calc_core.exercises.mistakes.figures import FIGURES
from calc_core.exercises.mistakes.gradients import GRADIENTS
from calc_core.exercises.mistakes.jacobians import CHAINS, DETERMINANTS, JACOBIANS
from calc_core.exercises.mistakes.laws import LAWS
from calc_core.exercises.mistakes.matrices import MATRICES
from calc_core.exercises.mistakes.mistake import Mistake
from calc_core.exercises.mistakes.partials import PARTIALS, QUOTIENTS
from calc_core.exercises.mistakes.points import EQUATIONS, POINTS
from calc_core.exercises.mistakes.second_order import SECOND_ORDER

#: Wrong plans: the right laws, used on the wrong thing.
PLANS: dict[str, Mistake] = {
    **PARTIALS,
    **QUOTIENTS,
    **GRADIENTS,
    **APPROXIMATIONS,
    **CHAINS,
    **JACOBIANS,
    **DETERMINANTS,
    **SECOND_ORDER,
    **EQUATIONS,
    **POINTS,
}
MISTAKES: dict[str, Mistake] = {**LAWS, **PLANS, **ANSWERS, **MATRICES, **FIGURES}
