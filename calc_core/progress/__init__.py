"""The memory of a practising learner: what was tried, how it went, and what comes next.

>>> from datetime import UTC, datetime
>>> with open_store("sqlite://") as store:
...     code = store.new_learner()
...     store.record(code, Attempt(
...         id="7b0c1a52-4c39-4ae4-9d1a-0a1c5d3f8a11", kind="partial", level=1, seed=7,
...         skill="chain-rule", text='"2 x cos(x^2)"', score=1.0, mistakes=(), hints=0, tries=1,
...         seconds=42.0, at=datetime(2026, 3, 1, 12, tzinfo=UTC),
...     ))
...     store.choose(code, ["chain-rule", "product-rule"])
'chain-rule'
"""

from __future__ import annotations

from calc_core.progress.records import Attempt, MistakeCount, SkillState
from calc_core.progress.store import Store, open_store
from calc_core.progress.trouble import StoreError

__all__ = ["Attempt", "MistakeCount", "SkillState", "Store", "StoreError", "open_store"]
