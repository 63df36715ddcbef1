r"""Matrix derivatives beside SymPy's and tensorgrad's: which are right, and how long they take.

``python benchmarks/matrices.py`` takes the forms of ``tests/corpus/matrices.txt`` that stand in a
book (``--all``: every form).  Each system is told the function in its own language, in a process of
its own, and has ten seconds for it.  A result is *right* if its values at two sets of random
matrices are the derivative by the definition (``tests/corpus/matrix_oracle.py``), in any of the
usual layouts; *unevaluated* if derivatives that nobody has taken are left in it; *wrong* if its
values are others, 0 above all; an *error* if there is none, or none that has values; a system
*cannot say it* if it has no words for the function, or none for entries that are tied.

The times are medians of seven runs of differentiating alone: the function is built anew before each
run, SymPy's cache is cleared, and so are those of this library.  Of SymPy that is
``f.diff(X)``, of tensorgrad ``f.grad(X).full_simplify()``, of this library the result with all its
steps, and that with every step checked.

tensorgrad is licensed under the AGPL and needs PyTorch: it is no part of this project.  It is asked
in an environment of its own, if there is one::

    python -m venv /tmp/nabla-bench
    /tmp/nabla-bench/bin/pip install torch==2.13.0
    /tmp/nabla-bench/bin/pip install -r benchmarks/requirements.txt
    python benchmarks/matrices.py --tensorgrad-python /tmp/nabla-bench/bin/python
"""

from __future__ import annotations

import argparse
import json
import selectors
import subprocess
import sys
from collections import Counter
from math import exp, log
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from matrix_worker import Reply, Task

from tests.corpus import matrix_oracle as oracle

HERE = Path(__file__).resolve().parent
SECONDS = 10.0
SEED = 3
OURS, SYMPY, TENSORGRAD = "nabla", "SymPy", "tensorgrad"
OUTCOMES = ("right", "unevaluated", "wrong", "error", "too long", "cannot say it", "not installed")


def task_of(row: oracle.Row) -> Task:
    """What a worker is told of a form."""
    trials = []
    for trial, sizes in enumerate(oracle.SIZES):
        at = oracle.values(row, trial, SEED)
        value = np.asarray(oracle.function(row, trial, at))
        trials.append(
            {
                "values": {name: np.asarray(v).tolist() for name, v in at.items()},
                "sizes": sizes,
                "value": value.reshape(oracle.law_shape(value)).tolist(),
                "truth": oracle.derivative(row, trial, at).tolist(),
            }
        )
    return {
        "text": row.text,
        "numpy": row.numpy,
        "wrt": row.wrt,
        "arguments": row.arguments,
        "structure": row.structure,
        "integer": row.names("integer"),
        "shapes": {name: row.shape(name) for name in row.symbols},
        "axes": len(oracle.law_shape(value)),
        "trials": trials,
    }


class Worker:
    """A process that answers for one system; it is started again after it took too long."""

    def __init__(self, python: str, script: Path) -> None:
        self.command = [python, str(script)]
        self.process: subprocess.Popen[str] | None = None

    def is_installed(self) -> bool:
        """Whether the system can be asked at all."""
        return "why" in self.ask({"structure": "none"}, 60.0)

    def ask(self, task: Task, seconds: float = SECONDS) -> Reply:
        """The answer within the time limit."""
        if self.process is None:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            )  # fmt: skip
            if seconds == SECONDS:
                self.ask({"structure": "none"}, 60.0)  # the imports do not count
        process = self.process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(task) + "\n")
            process.stdin.flush()
            with selectors.DefaultSelector() as ready:
                ready.register(process.stdout, selectors.EVENT_READ)
                line = process.stdout.readline() if ready.select(seconds) else "{}"
        except BrokenPipeError:
            line = ""
        if line.strip() in ("", "{}"):
            self.stop()
            return {"outcome": "too long"} if line else {"outcome": "error"}
        reply: Reply = json.loads(line)
        return reply

    def stop(self) -> None:
        """End the process."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


# ── the table ─────────────────────────────────────────────────────────────────────────────────────


def cell(reply: Reply) -> str:
    """One cell: the time, or why there is none."""
    if reply["outcome"] != "right":
        return str(reply["outcome"])
    return f"{reply['ms']:.2f}"


def mean(ratios: list[float]) -> float:
    """The geometric mean."""
    return exp(sum(map(log, ratios)) / len(ratios))


def compare(replies: dict[str, list[Reply]], other: str) -> None:
    """Print our time over another system's, over the forms that both get right."""
    pairs = [
        (ours, theirs)
        for ours, theirs in zip(replies[OURS], replies[other], strict=True)
        if ours["outcome"] == theirs["outcome"] == "right"
    ]
    if not pairs:
        return
    for what, key in (("the result with its steps", "ms"), ("and every step checked", "checked")):
        ratios = [ours[key] / theirs["ms"] for ours, theirs in pairs]
        print(
            f"- {what}: {mean(ratios):.2f} of {other}'s time "
            f"(geometric mean over {len(ratios)} forms), {max(ratios):.2f} at most"
        )


def chosen(every: bool) -> list[oracle.Row]:
    """The forms that are asked for."""
    return [row for row in oracle.rows() if every or row.source]


def main() -> None:
    """Print the table, the totals and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--all", action="store_true", help="every form of the corpus")
    parser.add_argument("--tensorgrad-python", default="/tmp/nabla-bench/bin/python")
    parser.add_argument("--reasons", action="store_true", help="say what went wrong")
    options = parser.parse_args()
    workers = {
        OURS: Worker(sys.executable, HERE / "matrix_nabla.py"),
        SYMPY: Worker(sys.executable, HERE / "matrix_sympy.py"),
    }
    if Path(options.tensorgrad_python).exists():
        workers[TENSORGRAD] = Worker(options.tensorgrad_python, HERE / "matrix_tensorgrad.py")
    workers = {name: worker for name, worker in workers.items() if worker.is_installed()}
    systems = (OURS, SYMPY, TENSORGRAD)
    replies: dict[str, list[Reply]] = {name: [] for name in systems}
    print("Milliseconds.\n")
    print(f"| f | by | {OURS}, steps | steps and certificate | {SYMPY} | {TENSORGRAD} | source |")
    print("|---|---|---:|---:|---:|---:|---|")
    missing: Reply = {"outcome": "not installed"}
    for row in chosen(options.all):
        task = task_of(row)
        for name in systems:
            replies[name].append(workers[name].ask(task) if name in workers else missing)
        ours, *others = [replies[name][-1] for name in systems]
        cells = [f"`{row.text}`", row.wrt + (f", {row.structure}" if row.structure else "")]
        checked = f"{ours['checked']:.2f}" if ours["outcome"] == "right" else ""
        cells += [cell(ours), checked, *map(cell, others), row.source]
        print("| " + " | ".join(cells).replace("|  |", "| |") + " |", flush=True)
        if options.reasons:
            for name in systems:
                reply = replies[name][-1]
                if reply["outcome"] != "right":
                    print(f"    {name}: {reply['outcome']}: {reply.get('why', '')}", flush=True)
    for worker in workers.values():
        worker.stop()
    totals(replies)


def totals(replies: dict[str, list[Reply]]) -> None:
    """Print how many of each outcome, and the ratios."""
    print("\n| | " + " | ".join(OUTCOMES) + " |")
    print("|---|" + "---:|" * len(OUTCOMES))
    for name, given in replies.items():
        counted = Counter(reply["outcome"] for reply in given)
        print(f"| {name} | " + " | ".join(str(counted[outcome]) for outcome in OUTCOMES) + " |")
    print()
    for other in (SYMPY, TENSORGRAD):
        compare(replies, other)


if __name__ == "__main__":
    main()
