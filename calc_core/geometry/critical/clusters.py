"""Boxes that hang together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from calc_core.geometry.critical.problem import Boxes

# Borders of boxes that were narrowed apart by rounding still count as touching.
SLACK = 1e-3
# Beyond this everything counts as one group.
MOST_PAIRS = 4_000_000


def components(boxes: Boxes, whole: Boxes, gap: float = 0.0) -> list[Boxes]:
    """The groups of boxes that touch, or are no further apart than ``gap``.

    Lengths are measured by the whole box.
    """
    if len(boxes) < 2:
        return [boxes] if len(boxes) else []
    if boxes.low.shape[1] == 1:
        return _on_a_line(boxes, gap * float(whole.width[0, 0]))
    centre, half = boxes.middle / whole.width, boxes.width / whole.width / 2
    reach = 2 * half.max() * (1 + SLACK) + gap
    tree = cKDTree(centre)
    if tree.count_neighbors(tree, reach, p=np.inf) > MOST_PAIRS:
        return [boxes]
    pairs = tree.query_pairs(reach, p=np.inf, output_type="ndarray")
    a, b = pairs[:, 0], pairs[:, 1]
    room = (half[a] + half[b]) * (1 + SLACK) + SLACK * half.max() + gap
    touching = (np.abs(centre[a] - centre[b]) <= room).all(axis=1)
    a, b = a[touching], b[touching]
    graph = coo_matrix((np.ones(len(a), dtype=bool), (a, b)), shape=(len(boxes), len(boxes)))
    count, labels = connected_components(graph, directed=False)
    return [boxes[labels == k] for k in range(count)]


def _on_a_line(boxes: Boxes, gap: float) -> list[Boxes]:
    """The same for intervals: sorted, a group ends where the next begins beyond all before."""
    boxes = boxes[np.argsort(boxes.low[:, 0])]
    reach = np.maximum.accumulate(boxes.high[:, 0])
    slack = SLACK * boxes.width[:, 0].max() + gap
    starts = np.flatnonzero(boxes.low[1:, 0] > reach[:-1] + slack) + 1
    edges = [0, *starts.tolist(), len(boxes)]
    return [boxes[a:b] for a, b in pairwise(edges)]
