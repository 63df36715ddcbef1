"""Tidying: local rewrites that turn a raw result into what a person would write.

Nothing here expands or factors for its own sake, and nothing looks further than one sum or
one fraction.  Each rewrite has a name from :data:`REWRITES`, so that a derivation can say
what was done.  All rewrites are identities of real expressions wherever the left-hand side
is defined.
"""

from calc_core.tidy.base import REWRITES
from calc_core.tidy.tidier import Tidier

__all__ = ["REWRITES", "Tidier"]
