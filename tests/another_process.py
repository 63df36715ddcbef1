"""Exercises as another process makes them: its hashes differ, and so does the order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from calc_core.exercises import Exercise, generate

ROOT = Path(__file__).parents[1]
#: A kind, a level and a seed.
Which = tuple[str, int, int]


def told(exercise: Exercise) -> list[Any]:
    """What is seen of an exercise, as JSON gives it back: the task, the answer, the figure."""
    figure = exercise.figure().twin.rows if exercise.figure is not None else None
    seen: list[Any] = json.loads(json.dumps([exercise.task, exercise.answer.text(), figure]))
    return seen


def told_by_another_process(order: Iterable[Which]) -> list[list[Any]]:
    """What is seen of exercises that another process makes, the last one first."""
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(list(order)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)},
        check=True,
    )
    found: list[list[Any]] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    made = [told(generate(*which)) for which in reversed(json.load(sys.stdin))]
    json.dump(made[::-1], sys.stdout)
