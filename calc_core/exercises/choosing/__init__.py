"""You choose the rule: the learner picks, and the line is written for them."""

from calc_core.exercises.choosing.rules import Rule, offered, rule
from calc_core.exercises.choosing.state import Choice, Choosing, WrittenLine

__all__ = ["Choice", "Choosing", "Rule", "WrittenLine", "offered", "rule"]
