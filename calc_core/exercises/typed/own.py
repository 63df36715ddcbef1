"""An exercise as a teacher types it, and as it stands in an address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from calc_core.errors import InputError
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.typed.tasks import TASKS
from calc_core.graph import APP, postorder

#: The kind of all exercises that were typed.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a teacher typed.

    ``task``       one of :data:`TASKS`;
    ``text``       the function; ``variables`` its variables in order, or nothing to detect them; of
                   a function of matrices the letters of those that are symmetric;
    ``variable``   what the task needs beside it: the variable to differentiate by, or a list of
                   them, x, y, where it is by all; the point of a Taylor polynomial, (1, 2); the
                   inner functions of a chain, x = t^2, y = t^3.
    """

    task: str
    text: str
    variables: str = ""
    variable: str = ""

    def source(self) -> str:
        """All of it in one line, as it is kept and put into an address."""
        fields = {"task": self.task, "f": self.text, "of": self.variables, "by": self.variable}
        return urlencode({name: value for name, value in fields.items() if value})

    @classmethod
    def read(cls, source: str) -> Typed:
        """What :meth:`source` was made from."""
        fields = dict(parse_qsl(source, max_num_fields=8))
        given = (fields.get(name, "") for name in ("task", "f", "of", "by"))
        return cls(*given)

    def exercise(self) -> Exercise:
        """The exercise.  Raises InputError if the function does not suit the task."""
        task = TASKS.get(self.task)
        if task is None:
            raise InputError("There is no such task.", hint=f"Choose one of {', '.join(TASKS)}.")
        asked = task.ask(self.text, self.variables, self.variable.strip())
        if isinstance(asked.answer, FormulaAnswer):
            _can_be_answered(asked.answer)
        return Exercise(
            kind=OWN,
            level=1,
            seed=0,
            skill=asked.skill,
            task=asked.words,
            answer=asked.answer,
            solution=asked.solution,
            source=self.source(),
        )


def _can_be_answered(answer: FormulaAnswer) -> None:
    """Raise InputError where no answer could be typed, or none be compared."""
    if any(node.op == APP and any(node.data[1]) for node in postorder(answer.node)):
        raise InputError(
            "The answer would hold the derivative of an unknown function.",
            hint="Write the function out.",
        )
    if not answer.values.count:
        raise InputError(
            "No point was found at which the function and its derivative have a value.",
            hint="Look at its roots, logarithms and denominators.",
        )
