"""Learners in other processes: ``python -m tests.progress.recorder crowd|crash URL …``.

What was kept is printed, ``code id``, and only after it was kept.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection

from calc_core.progress import Store, open_store
from tests.progress.attempts import NOON, attempt

PROCESSES = 3
THREADS = 4
ATTEMPTS = 6  # of each thread for each learner
START_SECONDS = 20

# Children that start at once, with all modules there, meet each other more often.
_FORK = multiprocessing.get_context("fork")


def crowd(url: str) -> None:
    """Let processes record at once: first in a store that is not there yet, then for one learner.

    In the first part each process has two learners of its own.
    """
    _at_once(lambda: _practise(url, learners=2))
    with open_store(url) as store:
        shared = store.new_learner()
    _at_once(lambda: _practise(url, shared))


def _at_once(work: Callable[[], None]) -> None:
    barrier = _FORK.Barrier(PROCESSES)
    children = [
        _FORK.Process(target=lambda: (barrier.wait(), work()), daemon=True)
        for _ in range(PROCESSES)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        sys.exit("A child failed.")


def _practise(url: str, *codes: str, learners: int = 0) -> None:
    with open_store(url) as store:
        everybody = [*codes, *(store.new_learner() for _ in range(learners))]
        threads = [
            threading.Thread(target=_record_some, args=(store, everybody)) for _ in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _record_some(store: Store, codes: list[str]) -> None:
    for _ in range(ATTEMPTS):
        for code in codes:
            one = attempt(mistakes=("sign", "inner"))
            store.record(code, one)
            _say(code, one.id)


def crash(url: str, code: str, rounds: str, seed: str) -> None:
    """Let a child record, one attempt a day, kill it at a random moment, and begin again.

    In one round of three it may be killed before it has kept anything.
    """
    rng = random.Random(int(seed))
    open_store(url).close()  # so that the children need not load the driver
    for k in range(int(rounds)):
        heard, kept = _FORK.Pipe(duplex=False)
        child = _FORK.Process(target=_record_for_ever, args=(url, code, kept), daemon=True)
        child.start()
        if k % 3:
            heard.poll(START_SECONDS)
        time.sleep(rng.uniform(0, 0.08))
        child.kill()
        child.join()


def _record_for_ever(url: str, code: str, kept: Connection) -> None:
    store = open_store(url)
    day = len(store.history(code, limit=None))
    while True:
        one = attempt(mistakes=("sign", "inner"), at=NOON + timedelta(days=day))
        store.record(code, one)
        store.save_draft(code, {"after": one.id})
        _say(code, one.id)
        kept.send_bytes(b"one")
        day += 1


def _say(code: str, attempt_id: str) -> None:
    os.write(1, f"{code} {attempt_id}\n".encode())  # at once, and as a whole


if __name__ == "__main__":
    {"crowd": crowd, "crash": crash}[sys.argv[1]](*sys.argv[2:])
