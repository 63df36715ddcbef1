"""calc_core.run: whatever becomes of a worker, the caller hears of it and the next call works."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from calc_core.errors import InputError
from calc_core.run import TookTooLong, WorkerFailed, run

pytestmark = pytest.mark.xdist_group("processes")


def add(a: int, b: int) -> int:
    return a + b


def worker_id() -> int:
    return os.getpid()


def endless() -> None:
    while True:
        pass


def endless_multiplication() -> int:
    return len(str(bin(3 ** (1 << 32))))


def memory_hog() -> int:
    return len([bytearray(1 << 26) for _ in range(1 << 10)])


def refuse(text: str) -> None:
    raise InputError(f"I cannot read {text}.", column=3, hint="Try again.")


class Unpicklable(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"only one argument, made of {one} and {two}")


def raise_unpicklable() -> None:
    raise Unpicklable(1, 2)


def return_unpicklable() -> object:
    return threading.Lock()


def nested() -> tuple[int, int]:
    return run(worker_id, seconds=5), os.getpid()


def segfault() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    sys.exit(3)


@pytest.fixture(scope="module", autouse=True)
def warm_pool() -> None:
    run(add, 0, 0, seconds=30)


@pytest.fixture
def alive_afterwards():
    yield
    assert run(add, 2, 3, seconds=5) == 5


def test_a_warm_call_is_quick() -> None:
    def once() -> float:
        start = time.perf_counter()
        assert run(add, 2, 3, seconds=5) == 5
        return time.perf_counter() - start

    assert min(once() for _ in range(20)) < 0.1


def test_the_work_is_done_in_another_process() -> None:
    assert run(worker_id, seconds=5) != os.getpid()


@pytest.mark.usefixtures("alive_afterwards")
@pytest.mark.parametrize("runaway", [endless, endless_multiplication])
def test_a_runaway_is_stopped_in_time(runaway) -> None:
    start = time.perf_counter()
    with pytest.raises(TookTooLong) as caught:
        run(runaway, seconds=0.5)
    assert caught.value.seconds == 0.5
    assert time.perf_counter() - start < 3


@pytest.mark.usefixtures("alive_afterwards")
def test_a_memory_hog_is_contained() -> None:
    with pytest.raises(WorkerFailed, match="too much memory"):
        run(memory_hog, seconds=30)


@pytest.mark.usefixtures("alive_afterwards")
@pytest.mark.parametrize("end", [segfault, leave])
def test_a_crash_is_reported(end) -> None:
    with pytest.raises(WorkerFailed):
        run(end, seconds=30)


def test_what_the_function_raises_is_raised_here() -> None:
    with pytest.raises(InputError, match="cannot read x") as caught:
        run(refuse, "x", seconds=5)
    assert (caught.value.column, caught.value.hint) == (3, "Try again.")
    assert "refuse" in caught.value.__notes__[0]


@pytest.mark.usefixtures("alive_afterwards")
@pytest.mark.parametrize(
    ("fn", "reason"), [(raise_unpicklable, "made of 1 and 2"), (return_unpicklable, "pickle")]
)
def test_what_cannot_be_pickled_back_is_a_failure(fn, reason) -> None:
    with pytest.raises(WorkerFailed, match=reason):
        run(fn, seconds=5)


@pytest.mark.usefixtures("alive_afterwards")
def test_what_cannot_be_pickled_is_refused() -> None:
    with pytest.raises(WorkerFailed, match="cannot be sent"):
        run(lambda: 1, seconds=5)


def test_a_worker_runs_nested_calls_itself() -> None:
    inner, outer = run(nested, seconds=10)
    assert inner == outer


def test_many_threads_share_the_workers() -> None:
    answers: dict[int, int] = {}

    def ask(n: int) -> None:
        answers[n] = run(add, n, n, seconds=10)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: 2 * n for n in range(20)}


SCRIPT = """
print("main script runs")
import operator
from calc_core.run import run
print(run(operator.add, 20, 22, seconds=20))
"""


def test_a_program_without_main_guard_runs_once_and_ends_quietly(tmp_path) -> None:
    script = tmp_path / "program.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", script],
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split("\n") == ["main script runs", "42", ""]
    assert done.stderr == ""
