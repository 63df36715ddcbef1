"""Nothing is lost: many learners in many processes at once, and processes killed at work."""

import os
import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from calc_core.progress import Attempt, Store, open_store
from calc_core.progress.schedule import reviewed
from tests.progress.recorder import ATTEMPTS, PROCESSES, THREADS

pytest_plugins = ["tests.progress.databases"]

ROOT = Path(__file__).parents[2]
KILLS = 12


def recorded(*arguments: str) -> dict[str, set[str]]:
    """Run the recorder; the ids of the attempts that it printed, by learner."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.progress.recorder", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # it forks, which threads do not survive
    )
    assert (done.returncode, done.stderr) == (0, "")
    printed = defaultdict(set)
    for line in done.stdout.splitlines():
        code, attempt_id = line.split()
        printed[code].add(attempt_id)
    return printed


def card_after(attempts: tuple[Attempt, ...]) -> dict[str, Any]:
    """What the one card must be if each attempt moved it once."""
    card = reduce(reviewed, reversed(attempts), None)
    return {
        "skill": "chain-rule",
        "state": card.state.name.lower(),
        "step": card.step,
        "stability": pytest.approx(card.stability),
        "difficulty": pytest.approx(card.difficulty, rel=1e-12),
        "due": card.due.isoformat(),
        "last": card.last_review.isoformat(),
    }


def kept_ids(store: Store, code: str) -> set[str]:
    """The ids of all attempts of a learner, after a look at what belongs to them."""
    attempts = store.history(code, limit=None)
    assert all(each.mistakes == ("sign", "inner") for each in attempts)
    assert store.export(code)["skills"] == [card_after(attempts)]
    return {each.id for each in attempts}


def test_many_learners_in_many_processes_lose_nothing(url: str) -> None:
    printed = recorded("crowd", url)
    of_each = THREADS * ATTEMPTS
    counts = sorted(len(ids) for ids in printed.values())
    assert counts == [of_each] * (2 * PROCESSES) + [PROCESSES * of_each]
    with open_store(url) as store:
        for code, ids in printed.items():
            assert kept_ids(store, code) == ids


def test_what_was_kept_survives_a_killed_process(store: Store, url: str, code: str) -> None:
    seed = random.randrange(1 << 30)
    printed = recorded("crash", url, code, str(KILLS), str(seed))[code]
    assert len(printed) >= KILLS * 2 / 3, f"seed {seed}"
    kept = kept_ids(store, code)
    assert printed <= kept, f"seed {seed}"
    # A process may have been killed after it kept an attempt and before it could say so.
    assert len(kept - printed) <= KILLS, f"seed {seed}"
    assert store.draft(code)["after"] in kept
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as plain:
            assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
