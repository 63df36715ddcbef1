"""Answers that are a choice between options."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.errors import InputError
from calc_core.exercises.exercise import Field
from calc_core.exercises.verdict import Diagnosis, Verdict, right

BY_CHOICE = "by choice"


@dataclass(frozen=True)
class ChoiceAnswer:
    r"""One of several options is asked for.

    ``options``   what there is to choose from, in Markdown with LaTeX between dollar signs;
    ``right``     the place of the right option, counted from 0;
    ``why``       for each option what is said when it is chosen and wrong; the sentence of the
                  right option is not said, and may be empty;
    ``mistakes``  the id of the mistake that each option comes from, for the learner's record; by
                  default ``"choice"`` for all.

    An answer is the number of an option, counted from "1", or its text.

    >>> ChoiceAnswer(("a row", "a column"), 0, ("", "A gradient is a row here.")).grade("2").message
    'A gradient is a row here.'
    """

    options: tuple[str, ...]
    right: int
    why: tuple[str, ...]
    mistakes: tuple[str, ...] = ()

    @property
    def field(self) -> Field:
        """The options."""
        return Field("choice", options=self.options)

    def grade(self, text: str) -> Verdict:
        """What is to be said of a choice.  Raises InputError for what is no option."""
        chosen = self._chosen(text)
        if chosen == self.right:
            return right(BY_CHOICE)
        mistake = self.mistakes[chosen] if self.mistakes else "choice"
        sentence = self.why[chosen] or "This is not the right one."
        return Verdict(0.0, sentence, (Diagnosis(mistake, sentence),), method=BY_CHOICE)

    def text(self) -> str:
        """The number of the right option, counted from 1."""
        return str(self.right + 1)

    def latex(self) -> str:
        r"""The right option in LaTeX, its words in \text."""
        pieces = self.options[self.right].split("$")
        # Between dollar signs, at the odd places, stands mathematics.
        told = [p if k % 2 else rf"\text{{{p}}}" for k, p in enumerate(pieces) if p]
        return "".join(told)

    def _chosen(self, text: str) -> int:
        wanted = _plain(text)
        for k, option in enumerate(self.options):
            if wanted in (str(k + 1), _plain(option)):
                return k
        raise InputError("This is none of the options.", hint=f"Choose 1 to {len(self.options)}.")


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(".").casefold()
