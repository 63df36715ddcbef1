"""The worker of ``matrices.py`` that asks this library for what ``matrix_gradient`` derives."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from matrix_worker import Reply, Task, agrees, arrays, serve, timed

from calc_core import InputError
from calc_core.matrix import kernels, sampling
from calc_core.matrix.gradient import derive
from calc_core.matrix.language import Problem, read

CACHED = [
    cached
    for module in (kernels, sampling)
    for cached in vars(module).values()
    if hasattr(cached, "cache_clear")
]


def written(task: Task) -> Problem:
    """The question, read; nothing is remembered of an earlier one."""
    for cached in CACHED:
        cached.cache_clear()
    arguments: dict[str, Any] = dict(task["arguments"])
    if "shapes" in arguments:
        arguments["shapes"] = {
            name: tuple(shape) if isinstance(shape, list) else shape
            for name, shape in arguments["shapes"].items()
        }
    return read(task["text"], task["wrt"], arguments.get("shapes"),
                arguments.get("symmetric", ()), arguments.get("structure"))  # fmt: skip


def result(problem: Problem) -> Any:
    """The result with its steps; they are made at once, nothing is put off."""
    return derive(problem).node


def certificate(problem: Problem) -> Any:
    """The result with its steps, each checked."""
    return derive(problem).certificate.confirmed


def answer(task: Task) -> Reply:
    """Right or wrong, and how long it takes."""
    if task["structure"] == "none":
        return {"outcome": "ready", "why": ""}
    try:
        d = derive(written(task))
    except InputError as error:
        return {"outcome": "error", "why": str(error)}
    if d.node.inert:
        return {"outcome": "unevaluated"}
    if not d.certificate.confirmed:
        return {"outcome": "error", "why": d.certificate.summary()}
    for trial in task["trials"]:
        if not agrees(d.evaluate(arrays(trial["values"])), trial["truth"], task["axes"]):
            return {"outcome": "wrong", "why": d.text()}
    del d
    return {
        "outcome": "right",
        "ms": timed(lambda: written(task), result),
        "checked": timed(lambda: written(task), certificate),
    }


if __name__ == "__main__":
    serve(answer)
