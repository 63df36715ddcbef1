"""One thread at a time, in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque

from calc_core.progress.trouble import BUSY, StoreError


class Turns:
    """A lock whose waiters are served first come, first served; enter it by ``with``.

    SQLite makes writers wait by letting them look again after ever longer pauses, so that one who
    has waited long is overtaken by those who have just come. Threads that queue here instead wait
    as long as those before them need, and no longer.

    Raises:
        StoreError: the turn did not come within ``patience`` seconds.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._guard = threading.Lock()
        self._taken = False
        self._queue: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            called = threading.Event()
            self._queue.append(called)
        if not called.wait(self._patience) and self._gives_up(called):
            raise StoreError(BUSY)

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._taken = False

    def _gives_up(self, called: threading.Event) -> bool:
        """Leave the queue; not, if the turn has come in this very moment."""
        with self._guard:
            if called.is_set():
                return False
            self._queue.remove(called)
            return True
