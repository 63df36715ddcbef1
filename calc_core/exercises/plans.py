"""Works that are made of others: a partial derivative, and whatever is taken at a point."""

from __future__ import annotations

from collections.abc import Mapping

from calc_core.derive import Engine
from calc_core.exercises.recipes import (
    Combine,
    Here,
    by,
    combined,
    known,
    of_several,
    put_in,
    total,
)
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import ZERO, Node, array, entries


def partial_work(f: Node, x: str, others: tuple[str, ...]) -> Work:
    """∂f/∂x, and what is computed in its place."""
    slips = [Slip("wrong-variable", by(f, y)) for y in others]
    slips += [
        Slip("not-differentiated", known(f)),
        Slip("differentiated-twice", by(f, x, x)),
        Slip("all-partials-added", of_several([by(f, y) for y in (x, *others)], total)),
    ]
    return Work(by(f, x), tuple(slips))


def at_the_point(
    work: Work,
    here: Here,
    finish: Combine | None = None,
    others: Mapping[str, Combine] | None = None,
) -> Work:
    """A work whose result is taken at a point, and how that goes wrong.

    ``finish``  what is made of the entries there, e.g. the length of a gradient;
    ``others``  what is made of them instead, by the id of the mistake.

    The wrong plans are those of the work itself, at the point; the result left as a formula; the
    coordinates exchanged; and the point put in before differentiating.
    """

    def finished(recipe: Recipe) -> Recipe:
        return combined(recipe, finish) if finish else recipe

    there = put_in(work.recipe, here)
    slips = [Slip(mistake, combined(there, wrong)) for mistake, wrong in (others or {}).items()]
    slips += [Slip(slip.mistake, finished(put_in(slip.recipe, here))) for slip in work.slips]
    slips.append(Slip("not-at-point", finished(work.recipe)))
    swapped = exchanged(here)
    if swapped:
        slips.append(Slip("coordinates-exchanged", finished(put_in(work.recipe, swapped))))
    slips.append(Slip("point-first", _nothing(finished(there))))
    return Work(finished(there), tuple(slips))


def exchanged(here: Here) -> Here | None:
    """The point with its two coordinates exchanged, if it has two that differ."""
    if len(here) != 2:
        return None
    (x, a), (y, b) = here.items()
    return {x: b, y: a} if a is not b else None


def _nothing(recipe: Recipe) -> Recipe:
    """Zeros, as many as the result has entries."""

    def zeros(engine: Engine) -> Node:
        found = recipe(engine)
        return array(found.shape, [ZERO] * len(entries(found))) if found.shape else ZERO

    return zeros
