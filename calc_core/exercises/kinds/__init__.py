"""All kinds of exercises."""

from calc_core.exercises.kinds import (
    areas,
    chain,
    coordinates,
    critical,
    definition,
    directional,
    figures,
    gradients,
    implicit,
    jacobians,
    matrix_gradients,
    matrix_identities,
    matrix_shapes,
    partials,
    rules,
    second_order,
    surfaces,
    taylor,
)
from calc_core.exercises.kinds.base import Kind

EXERCISE_KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        *partials.KINDS,
        *rules.KINDS,
        *definition.KINDS,
        *gradients.KINDS,
        *directional.KINDS,
        *chain.KINDS,
        *jacobians.KINDS,
        *areas.KINDS,
        *coordinates.KINDS,
        *surfaces.KINDS,
        *second_order.KINDS,
        *taylor.KINDS,
        *critical.KINDS,
        *implicit.KINDS,
        *matrix_gradients.KINDS,
        *matrix_shapes.KINDS,
        *matrix_identities.KINDS,
        *figures.KINDS,
    )
}
