"""Run a function in a worker process that can be killed.

SymPy may compute for ever, holds the interpreter lock while it does, and can fill the memory.
Whatever might do so goes through :func:`run`. This module alone knows about processes.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from multiprocessing import spawn
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, cast

from pebble import ProcessExpired, ProcessPool
from pebble.pool.process import WORKERS_NAME

try:
    import resource
except ImportError:  # Windows has no such limits; there the time limit alone protects
    resource = None  # type: ignore[assignment]

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

#: At least two, so that one endless computation does not hold up everybody else.
WORKERS = max(2, min(4, os.cpu_count() or 1))
#: What a computation may use on top of what a fresh worker already has.
MEMORY = 1 << 30
#: SymPy's caches grow with every call; a worker retires after this many.
TASKS_PER_WORKER = 500
#: How long to wait for a free worker, in seconds.
PATIENCE = 20.0
#: After so many seconds past a time limit, the pool itself must be broken.
GRACE = 10.0

_PRELOAD = ["sympy", "calc_core"]


class TookTooLong(Exception):
    """The function had not finished after ``seconds``, and was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"The computation was stopped after {self.seconds:g} s."


class WorkerFailed(Exception):
    """The function gave no answer for a reason that is not its own: memory, a crash, no worker."""


def run(fn: Callable[[*Ts], T], *args: *Ts, seconds: float) -> T:
    """Return ``fn(*args)``, computed in a worker process within ``seconds``.

    ``fn`` must be a function of an importable module; arguments and result must be picklable.
    Waiting for a free worker does not count. What ``fn`` raises is raised here too.

    >>> import operator
    >>> run(operator.add, 20, 22, seconds=5)
    42

    Raises:
        TookTooLong: ``fn`` was stopped at the time limit.
        WorkerFailed: no answer, for a reason that is not ``fn``'s own.
    """
    if _is_worker:  # already killable, and a pool in a worker would be a pool too many
        return fn(*args)
    if not _turns.acquire(timeout=PATIENCE):
        raise WorkerFailed("All workers are busy. Try again in a moment.")
    try:
        reply = _ask_a_worker(_packed_job(fn, args), seconds)
    finally:
        _turns.release()
    value, error, trace = pickle.loads(reply)
    if error is None:
        return cast("T", value)
    error.add_note(f"In the worker:\n{trace}")
    raise error


def warm() -> None:
    """Start the workers in the background, so that the first call finds them ready."""
    threading.Thread(target=_current_pool, name="calc_core-warm", daemon=True).start()


@atexit.register
def close() -> None:
    """End the workers. A later call starts new ones; at exit this happens by itself."""
    if _pool is not None:
        _discard(_pool)


# --- in the calling process ---------------------------------------------------------------------

_pool: ProcessPool | None = None
_pool_lock = threading.Lock()
# One turn a worker: a job starts as soon as it is handed over, so its time limit starts then too.
_turns = threading.BoundedSemaphore(WORKERS)


def _packed_job(fn: Callable[..., object], args: tuple[object, ...]) -> bytes:
    # Packed here, in the caller's thread: in pebble's, a failure would take the pool down.
    if fn.__module__ == "__main__":
        raise WorkerFailed(f"{fn.__qualname__} must live in an importable module.")
    try:
        return pickle.dumps((fn, args))
    except (pickle.PicklingError, AttributeError, TypeError, RecursionError) as error:
        raise WorkerFailed(f"{fn.__qualname__} cannot be sent to a worker: {error}") from error


def _ask_a_worker(job: bytes, seconds: float) -> bytes:
    pool = _current_pool()
    try:
        future = pool.schedule(_answer, (job, seconds), timeout=seconds)
        return future.result(timeout=seconds + GRACE)
    except TimeoutError:
        if not future.done():  # pebble did not stop it: start afresh rather than hang for ever
            _discard(pool)
        raise TookTooLong(seconds) from None
    except ProcessExpired as error:
        raise WorkerFailed(f"The worker crashed (exit code {error.exitcode}).") from error
    except RuntimeError as error:  # what pebble raises when the pool is broken
        _discard(pool)
        raise WorkerFailed("The workers had to be restarted. Try again.") from error


def _current_pool() -> ProcessPool:
    global _pool
    with _pool_lock:
        if _pool is None:
            _spare_the_main_module()
            _pool = _new_pool()
        # Reading `active` starts a new pool, here, under the lock.
        if not _pool.active:
            _close(_pool)
            _pool = _new_pool()
        return _pool


def _new_pool() -> ProcessPool:
    # Readers are many and their matrices small: threads within one product only wait.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    methods = multiprocessing.get_all_start_methods()
    # Never plain fork: a fork of a program with threads may inherit a held lock.
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(_PRELOAD)
    return ProcessPool(
        max_workers=WORKERS,
        max_tasks=TASKS_PER_WORKER,
        initializer=_become_a_worker,
        context=context,
    )


@functools.cache
def _spare_the_main_module() -> None:
    """Keep new workers from running the calling program's main script a second time.

    multiprocessing imports it in each child. Under Streamlit that script is a page, and in a
    program without an ``if __name__ == "__main__"`` guard it would start everything again.
    """
    original = spawn.get_preparation_data

    def without_main(name: str) -> dict[str, Any]:
        data = original(name)
        if name == WORKERS_NAME:
            data.pop("init_main_from_name", None)
            data.pop("init_main_from_path", None)
        return data

    spawn.get_preparation_data = without_main


def _discard(pool: ProcessPool) -> None:
    global _pool
    with _pool_lock:
        if _pool is pool:
            _pool = None
    _close(pool)


def _close(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


# --- in the worker ------------------------------------------------------------------------------

_is_worker = False


def _become_a_worker() -> None:
    global _is_worker
    _is_worker = True
    # Python's own handlers wait for the interpreter; the system's default kills also while one
    # multiplication of huge integers holds it.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _limit_memory()


def _limit_memory() -> None:
    # Systems without /proc do not enforce this limit either.
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        in_use = pages * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (in_use + MEMORY, hard))


def _answer(job: bytes, seconds: float) -> bytes:
    """Do the job; hand back bytes, since pebble's pool breaks on what cannot be unpickled."""
    with _last_resort(seconds + GRACE):
        try:
            fn, args = pickle.loads(job)
            return _packed(fn(*args))
        except MemoryError:
            return _packed(error=WorkerFailed("The computation needs too much memory."))
        except Exception as error:
            return _packed(error=error, trace=traceback.format_exc())
        except BaseException as error:  # sys.exit in a worker must not end the caller
            return _packed(error=WorkerFailed(f"The computation ended with {error!r}."))


def _packed(value: object = None, error: Exception | None = None, trace: str = "") -> bytes:
    try:
        packed = pickle.dumps((value, error, trace))
        if error is not None:
            pickle.loads(packed)  # many exception classes pickle well and cannot be read back
    except Exception as problem:
        reason = error or problem
        failure = WorkerFailed(f"{type(reason).__name__}: {reason}")
        return pickle.dumps((None, failure, trace))
    return packed


@contextlib.contextmanager
def _last_resort(seconds: float) -> Iterator[None]:
    """Let the system end this worker if nobody else can: the calling program may be killed."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
