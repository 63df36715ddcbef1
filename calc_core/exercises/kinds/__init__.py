"""All kinds of exercises."""

from calc_core.exercises.kinds import partials
from calc_core.exercises.kinds.base import Kind

EXERCISE_KINDS: dict[str, Kind] = {kind.id: kind for kind in (*partials.KINDS,)}
