"""What grading says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calc_core.exercises.catalogue import MISTAKES
from calc_core.graph import Node
from calc_core.printing import Latex

# A longer piece is not pointed at by writing it out.
LONGEST_SPOT = 60


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One mistake, as it is said.

    ``mistake``   its id in the catalogue;
    ``sentence``  in Markdown, with the place where it happened if it is known;
    ``law``       the law that was meant, in LaTeX, or nothing.
    """

    mistake: str
    sentence: str
    law: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of an answer.

    ``score``     from 0 to 1; 1 only for a right answer in the form that was asked for;
    ``message``   one sentence, in Markdown;
    ``mistakes``  what was done, if it is known; the first is the one to say first;
    ``wrong``     the entries (row, column) or (place,) that are wrong, counted from 1;
    ``method``    how the answer was compared with the right one;
    ``read``      the answer as it was understood, in LaTeX; None where it was chosen, not typed.
    """

    score: float
    message: str
    mistakes: tuple[Diagnosis, ...] = ()
    wrong: tuple[tuple[int, ...], ...] = ()
    method: str = ""
    read: str | None = None

    @property
    def is_right(self) -> bool:
        """Whether nothing is to be mended, in value and in form."""
        return self.score == 1


def right(method: str = "") -> Verdict:
    """The verdict on a right answer."""
    return Verdict(1.0, "Right.", method=method)


def diagnosis(mistake: str, spot: Node | None = None) -> Diagnosis:
    """What is said of a mistake, at the place where it happened."""
    known = MISTAKES[mistake]
    return Diagnosis(mistake, known.sentence.replace("{where}", _where(spot)), known.law)


def judged(
    *mistakes: Diagnosis, share: float = 0.0, wrong: tuple[tuple[int, ...], ...] = ()
) -> Verdict:
    """The verdict on an answer with these mistakes; ``share`` of its entries are right."""
    worth = 1.0
    for found in mistakes:
        worth *= MISTAKES[found.mistake].worth
    said = tuple([_among(found) for found in mistakes]) if len(mistakes) > 1 else mistakes
    message = " ".join((*_entries_said(wrong), *[found.sentence for found in said]))
    return Verdict(round(share + (1 - share) * worth, 2), message, said, wrong)


def _among(found: Diagnosis) -> Diagnosis:
    """A mistake as it is said among several."""
    sentence = MISTAKES[found.mistake].among
    return replace(found, sentence=sentence) if sentence else found


def _entries_said(wrong: tuple[tuple[int, ...], ...]) -> tuple[str, ...]:
    """Which entries are not right, if some are."""
    if not wrong:
        return ()
    places = [_entry(place) for place in wrong]
    said = " and ".join((", ".join(places[:-1]), places[-1])) if places[1:] else places[0]
    return (f"Look at {said}; the rest is right.",)


def _entry(place: tuple[int, ...]) -> str:
    if len(place) == 1:
        return f"entry {place[0]}"
    return f"row {place[0]}, column {place[1]}"


def _where(spot: Node | None) -> str:
    if spot is None:
        return ""
    written = str(Latex()(spot))
    return f" at ${written}$" if len(written) <= LONGEST_SPOT else ""
