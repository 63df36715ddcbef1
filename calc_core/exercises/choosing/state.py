"""You choose the rule: a derivation that is written line by line as the learner picks the rules.

The states are immutable; one is given back by replaying what was picked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from calc_core.certify import Certifier, Check
from calc_core.derivation import Derivation
from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.exercises.choosing.rules import Rule, attempt, best, offered, rule
from calc_core.exercises.working.meaning import once
from calc_core.graph import (
    AT,
    DIFFERENTIAL,
    LIMIT,
    MATRIX,
    MOVE,
    SYM,
    D,
    Node,
    discharge,
    inert_parts,
    postorder,
    substitute,
)
from calc_core.labels import Label, label, rewrite_label
from calc_core.light import lightly
from calc_core.outer import outer_name
from calc_core.printing import Text
from calc_core.rules import LAWS, Table
from calc_core.tidy import Tidier

# Rules that say how a gradient, a Jacobian or a Hessian is made up, and not how one differentiates.
STRUCTURE = frozenset(("gradient", "jacobian", "hessian", "composition"))
# Not derived by these rules: limits, and matrices as a whole.
_OTHER = frozenset((LIMIT, MATRIX, MOVE, DIFFERENTIAL))
# More lines than this no derivation of an exercise takes.
MOST_LINES = 200

_TABLE = Table(LAWS)
_LAW_IDS = frozenset(law.id for law in LAWS)


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line that was written after a rule.

    ``rule``       the id of the rule, ``"tidy"`` at the end; of several that were used together the
                   first;
    ``name``       what is said beside the line, ``law`` the law in LaTeX, or nothing;
    ``part``       what the rule was used on, in the line before;
    ``by_itself``  whether nobody had to choose it;
    ``check``      whether the line was found equal to what was asked.
    """

    node: Node
    rule: str
    name: str
    law: str
    part: Node | None
    by_itself: bool
    check: Check


@dataclass(frozen=True, slots=True)
class Choice:
    """What came of a choice: the next state, the same one if the rule does not apply.

    ``why``  one sentence in Markdown: the reason why not, or that there is a shorter way.
    """

    applies: bool
    why: str
    state: Choosing


@dataclass(frozen=True)
class Choosing:
    """A derivation on its way.

    ``derivation``  what is to be derived;
    ``start``       the rules that were automatic at the beginning;
    ``automatic``   those that are so now;
    ``events``      what was picked: (rule, part), or the new automatic rules;
    ``lines``       what is written so far.
    """

    derivation: Derivation
    start: frozenset[str] = frozenset()
    automatic: frozenset[str] = frozenset()
    events: tuple[dict[str, Any], ...] = ()
    lines: tuple[WrittenLine, ...] = ()
    _engine: Engine = field(default_factory=Engine, repr=False, compare=False)

    # ── beginning ─────────────────────────────────────────────────────────────────────────────

    @classmethod
    def begin(cls, derivation: Derivation, automatic: Iterable[str] = ()) -> Choosing:
        """The goal of a derivation, with the rules that are applied automatically.

        Raises InputError for an unknown rule, and for a limit or a matrix derivative.

        >>> from calc_core import partial
        >>> state = Choosing.begin(partial("3 x^2", "x"))
        >>> choice = state.choose("product")
        >>> choice.applies, choice.why
        (True, 'Right; the factor $3$ stands still, so the constant multiple rule is enough.')
        """
        chosen = frozenset(automatic)
        _check_rules(chosen)
        if not _is_by_rules(derivation):
            raise InputError("This is not derived by the rules that can be chosen here.")
        state = cls(derivation, chosen, chosen, _engine=Engine())
        return state._stated()._by_themselves()

    def _stated(self) -> Choosing:
        """With the law that the whole derivation rests on as its first line, if there is one."""
        if self._root is self.derivation.step.goal:
            return self
        step = self.derivation.step
        found = label(step.rule, step.detail)
        return self._with(step.after, step.rule, found.name, found.law, None, by_itself=True)

    @cached_property
    def _root(self) -> Node:
        """What every line is equal to: the goal, or the law that is stated instead."""
        step = self.derivation.step
        is_law = step.rule in _LAW_IDS or step.rule == "inner-first"
        return step.goal if is_law else step.after

    def _checked(self, node: Node) -> Check:
        """Whether a line is equal to what was asked, by values and not by laws."""
        root, line = once(self._root, self._engine), once(node, self._engine)
        return Certifier(root).equal(root, line)

    # ── where it stands ───────────────────────────────────────────────────────────────────────

    @property
    def line(self) -> Node:
        """The line to go on with: the last one, or the goal."""
        return self.lines[-1].node if self.lines else self.derivation.step.goal

    @property
    def parts(self) -> tuple[Node, ...]:
        """The derivatives that a rule can be used on now, in reading order."""
        return tuple(dict.fromkeys(_open(self.line)))

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to be differentiated."""
        return not self.line.inert

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules to choose from."""
        return () if self.is_finished else offered(self.line)

    def latex(self, part: int = 0) -> str:
        """The line to go on with in LaTeX, one of its parts marked."""
        parts = self.parts
        mark = parts[part] if 0 <= part < len(parts) else None
        return self.derivation.printer(mark)(self.line)

    # ── choosing ──────────────────────────────────────────────────────────────────────────────

    def choose(self, rule_id: str, part: int = 0) -> Choice:
        """Use a rule on one of the parts.

        Raises InputError if there is no such rule or part.
        """
        _check_rules((rule_id,))
        parts = self.parts
        if not 0 <= part < len(parts):
            message = "Everything is differentiated." if not parts else "There is no such part."
            raise InputError(message)
        goal = parts[part]
        made = attempt(rule_id, goal)
        if made.after is None:
            return Choice(False, made.said, self)
        found = _label(rule_id, goal)
        following = replace(self, events=(*self.events, {"rule": rule_id, "part": part}))
        following = following._written({goal: made.after}, rule_id, found.name, found.law, goal)
        return Choice(True, made.said, following._by_themselves())

    def with_automatic(self, automatic: Iterable[str]) -> Choosing:
        """The same derivation, in which these rules are applied automatically from now on.

        Raises InputError for an unknown rule.
        """
        chosen = frozenset(automatic)
        _check_rules(chosen)
        event = {"automatic": sorted(chosen)}
        return replace(self, automatic=chosen, events=(*self.events, event))._by_themselves()

    # ── writing ───────────────────────────────────────────────────────────────────────────────

    def _written(
        self,
        results: Mapping[Node, Node],
        rule_id: str,
        name: str,
        law: str,
        part: Node | None,
        by_itself: bool = False,
    ) -> Choosing:
        node = lightly(_put(self.line, results))
        return self._with(node, rule_id, name, law, part, by_itself)

    def _with(
        self, node: Node, rule_id: str, name: str, law: str, part: Node | None, by_itself: bool
    ) -> Choosing:
        if len(self.lines) >= MOST_LINES:
            raise InputError("This derivation is too long to be written line by line.")
        check = self._checked(node)
        line = WrittenLine(node, rule_id, name, law, part, by_itself, check)
        # A gradient that was printed entry by entry before is not written out again.
        same = by_itself and self.lines and Text()(self.line) == Text()(node)
        if same:
            line = replace(self.lines[-1], node=node, check=check)
        return replace(self, lines=(*(self.lines[:-1] if same else self.lines), line))

    def _by_themselves(self) -> Choosing:
        """With all the lines that nobody needs to choose a rule for."""
        state = self
        while True:
            following = state._structured() or state._automated()
            if following is None:
                break
            state = following
        return state._tidied() if state.is_finished else state

    def _structured(self) -> Choosing | None:
        """A gradient, a Jacobian, a Hessian or a composition written out."""
        for part in inert_parts(self.line):
            if part.shape or part.args[0].op == AT:
                law, after = _TABLE.first(part)
                if law.id in STRUCTURE:
                    found = label(law.id)
                    return self._written(
                        {part: after}, law.id, found.name, found.law, part, by_itself=True
                    )
        return None

    def _automated(self) -> Choosing | None:
        """One line in which every part is done that the automatic rules are for."""
        used = {part: best(part) for part in self.parts}
        used = {part: id_ for part, id_ in used.items() if id_ in self.automatic}
        if not used:
            return None
        results = {part: _TABLE.first(part)[1] for part in used}
        first, *more = dict.fromkeys([_label(id_, part) for part, id_ in used.items()])
        names = "; ".join(each.name for each in (first, *more))
        law = "" if more else first.law
        part, rule_id = next(iter(used.items()))
        return self._written(results, rule_id, names, law, part, by_itself=True)

    def _tidied(self) -> Choosing:
        """The last line as a person would write it."""
        tidy, names = Tidier()(self.line)
        if tidy is self.line:
            return self
        return self._with(tidy, "tidy", rewrite_label(names), "", None, by_itself=True)

    # ── data ──────────────────────────────────────────────────────────────────────────────────

    def to_dict(self) -> dict[str, Any]:
        """The state as plain data, ready for JSON: what was picked, and what is to be shown."""
        printer = self.derivation.printer()
        return {
            "start": sorted(self.start),
            "events": list(self.events),
            "automatic": sorted(self.automatic),
            "goal": self.derivation.symbol[0],
            "finished": self.is_finished,
            "lines": [
                {
                    "latex": printer(line.node),
                    "rule": line.rule,
                    "label": line.name,
                    "law": line.law,
                    "also": [],
                    "by_itself": line.by_itself,
                    "confirmed": line.check.confirmed,
                    "reason": line.check.reason,
                }
                for line in self.lines
            ],
            "marked": [self.latex(k) for k in range(len(self.parts))],
            "parts": [printer(part) for part in self.parts],
            "rules": [[each.id, each.name, each.law] for each in self.rules],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], derivation: Derivation) -> Choosing:
        """The state of this derivation that the data tell of, by replaying what was picked.

        Raises InputError for data that tell of no state of it.
        """
        try:
            state = cls.begin(derivation, data["start"])
            for event in data["events"]:
                if "automatic" in event:
                    state = state.with_automatic(event["automatic"])
                else:
                    choice = state.choose(str(event["rule"]), int(event["part"]))
                    state = choice.state
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError("This is not the record of a derivation.") from None
        return state


def _is_by_rules(derivation: Derivation) -> bool:
    """Whether all that is to be done are derivatives of scalars by variables."""
    step = derivation.step
    nodes = list(postorder(step.goal, step.after))
    whole = step.goal.inert or step.after.inert
    return whole and not any(part.op in _OTHER for part in nodes)


def _label(rule_id: str, goal: Node) -> Label:
    """The name of a rule used on a goal; that of a chain rule says what is outside."""
    law, _, detail = rule_id.partition(":")
    return label(law, detail or (outer_name(*goal.args) or "" if law == "chain" else ""))


def _check_rules(ids: Iterable[str]) -> None:
    for id_ in ids:
        try:
            rule(id_)
        except LookupError:
            raise InputError(f"There is no rule {id_!r}.") from None


def _open(root: Node) -> Iterator[Node]:
    """The derivatives of something that holds none: what a rule can be used on."""
    for part in inert_parts(root):
        if part.args[0].inert:
            yield from _open(part.args[0])
        elif not part.shape:
            yield part


def _put(line: Node, results: Mapping[Node, Node]) -> Node:
    """``line`` with derivatives replaced, within others as well; an inner one is then tidied."""
    changed = discharge(line, results)
    if not any(part.args[0].inert for part in inert_parts(changed)):
        return changed
    return _within(changed, results)


def _within(line: Node, results: Mapping[Node, Node]) -> Node:
    found: dict[Node, Node] = {}
    for part in inert_parts(line):
        u, x = part.args
        if u.inert:
            inside = substitute(u, results)
            ready = Tidier()(inside)[0] if not inside.inert and x.op == SYM else lightly(inside)
            found[part] = D(ready, x)
    return discharge(line, found)
