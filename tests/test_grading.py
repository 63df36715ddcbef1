"""Grading: exercises, answers, scores and diagnoses, row by row; and what must hold for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from time import process_time

import pytest
import sympy as sp

from calc_core.errors import InputError
from calc_core.exercises import EXERCISE_KINDS, Exercise, Verdict, generate, grade
from calc_core.exercises.catalogue import MISTAKES
from calc_core.exercises.choice import ChoiceAnswer
from calc_core.exercises.click import ClickAnswer
from calc_core.exercises.exercise import Answer
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import LEVELS
from calc_core.exercises.typed import Typed
from calc_core.exercises.verdict import diagnosis
from calc_core.graph import NUM, SYM, Node, array, entries, num, postorder, substitute, sym
from calc_core.printing import Text
from calc_core.sympy_bridge import to_sympy

ROWS = Path(__file__).parent / "corpus" / "grading"
REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """An exercise, an answer to it, and what is to be said."""

    place: str
    head: str
    answer: str
    score: str
    mistakes: tuple[str, ...]
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.place} {self.head}: {self.answer}"


def _rows() -> list[Row]:
    found = []
    for path in sorted(ROWS.glob("*.txt")):
        head = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith(">> "):
                head = line[3:]
            elif line.strip() and not line.startswith("#"):
                answer, _, expected = line.rpartition(" =>")
                said, _, wrong = expected.partition("@")
                score, *mistakes = said.split()
                place = f"{path.name}:{number}"
                found.append(
                    Row(place, head, answer.strip(), score, tuple(mistakes), tuple(wrong.split()))
                )
    return found


@cache
def _exercise(head: str) -> Exercise:
    """The exercise of "task by of x, y | f", or of "generated kind level seed | its task"."""
    asked, _, text = head.partition(" | ")
    task, _, rest = asked.partition(" ")
    if task == "generated":
        kind, level, seed = rest.split()
        exercise = generate(kind, int(level), int(seed))
        assert " ".join(exercise.task.split()) == text
        return exercise
    by, _, variables = f" {rest}".rpartition(" of ") if " of " in f" {rest}" else (rest, "", "")
    return Typed(task, text, variables, by.strip()).exercise()


ALL = _rows()


@pytest.mark.parametrize("row", ALL, ids=str)
def test_the_table(row: Row) -> None:
    exercise = _exercise(row.head)
    if row.score == REFUSED:
        with pytest.raises(InputError):
            grade(exercise, row.answer)
        return
    verdict = grade(exercise, row.answer)
    said = [found.mistake for found in verdict.mistakes]
    assert (f"{verdict.score:g}", sorted(said)) == (row.score, sorted(row.mistakes)), verdict
    assert _places(verdict) == row.wrong, verdict
    assert verdict.is_right is not bool(said)
    _is_well_said(verdict, exercise)


def _places(verdict: Verdict) -> tuple[str, ...]:
    return tuple(f"({','.join(map(str, place))})" for place in verdict.wrong)


def _is_well_said(verdict: Verdict, exercise: Exercise) -> None:
    """Whole sentences, and the answer is not given away."""
    for text in (verdict.message, *[found.sentence for found in verdict.mistakes]):
        assert text[-1] in ".?", text
        assert "{where}" not in text
        assert text.count("$") % 2 == 0, text
    if not verdict.is_right and len(exercise.answer.latex()) > 6:
        assert exercise.answer.latex() not in verdict.message


def test_there_are_enough_rows() -> None:
    right = sum(row.score == "1" for row in ALL)
    double = sum(len(row.mistakes) > 1 for row in ALL)
    named = sum(bool(row.wrong) for row in ALL)
    assert len(ALL) >= 400
    assert right >= 120
    assert double >= 60
    assert named >= 60
    assert len({(row.head, row.answer) for row in ALL}) == len(ALL)


def test_many_mistakes_are_covered() -> None:
    counts = Counter(mistake for row in ALL for mistake in row.mistakes)
    assert set(counts) <= set(MISTAKES)
    assert len(counts) >= 40


# ── the catalogue ─────────────────────────────────────────────────────────────────────────────────

#: Choices and places on figures, which a table of typed answers cannot show.
SEEDS = range(10)


@cache
def _chosen() -> frozenset[str]:
    """The mistakes behind options and places, each graded as what it is."""
    found = set()
    for kind in EXERCISE_KINDS:
        if not isinstance(generate(kind).answer, ChoiceAnswer | ClickAnswer):
            continue
        for level in LEVELS:
            for seed in SEEDS:
                found |= _mistakes_of(generate(kind, level, seed).answer)
    return frozenset(found)


def _mistakes_of(answer: Answer) -> set[str]:
    if isinstance(answer, ChoiceAnswer):
        for k, mistake in enumerate(answer.mistakes):
            verdict = answer.grade(str(k + 1))
            assert verdict.is_right is (k == answer.right)
            assert [m.mistake for m in verdict.mistakes] == [mistake] * (k != answer.right)
        return {*answer.mistakes} - {""}
    assert isinstance(answer, ClickAnswer)
    return {region.mistake for region in answer.regions} - {""} | {answer.otherwise}


def test_every_mistake_is_met() -> None:
    in_table = {mistake for row in ALL for mistake in row.mistakes}
    missing = set(MISTAKES) - in_table - _chosen()
    assert missing <= MET_ELSEWHERE, sorted(missing - MET_ELSEWHERE)


#: The verdict on a choice that has no mistakes of its own, and what needs a longer exercise.
MET_ELSEWHERE = {"choice", "middle-sign-lost"}


#: The commands of KaTeX that laws are written with.
SHOWN = re.compile(
    r"(bigl|bigr|left|right|begin|end|text|mathrm|mathbb|operatorname|[lr]?[vV]ert|quad|dots|cdots?"
    r"|d?t?frac|sqrt|sin|cos|tan|sec|ln|exp|sinh|cosh|arctan|arcsin|det|lim|to|top|partial|nabla"
    r"|Delta|sum|in|le|neq?|approx|times|Rightarrow)"
)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_said_in_whole_sentences(name: str) -> None:
    said = diagnosis(name)
    assert "{where}" not in said.sentence
    assert said.sentence.endswith(".")
    assert said.sentence.count("$") % 2 == 0
    assert said.law.count("{") == said.law.count("}")
    assert 0 <= MISTAKES[name].worth < 1
    written = " ".join([said.law, *said.sentence.split("$")[1::2]])
    assert all(SHOWN.fullmatch(name) for name in re.findall(r"\\([A-Za-z]+)", written))


# ── rewriting right answers ───────────────────────────────────────────────────────────────────────

Rewrite = Callable[[sp.Expr, sp.Symbol], sp.Expr]


def _times_one(u: sp.Expr, x: sp.Symbol) -> sp.Expr:
    return sp.Mul(u, sp.Add(x**2, 1, evaluate=False), 1 / (1 + x**2), evaluate=False)


def _times_squares(u: sp.Expr, x: sp.Symbol) -> sp.Expr:
    return u * sp.sin(x) ** 2 + u * sp.cos(x) ** 2


def _as_powers(u: sp.Expr, _: sp.Symbol) -> sp.Expr:
    return u.replace(sp.tan, lambda a: sp.sin(a) / sp.cos(a))


def _as_exponentials(u: sp.Expr, _: sp.Symbol) -> sp.Expr:
    return u.replace(sp.sinh, lambda a: (sp.exp(a) - sp.exp(-a)) / 2).replace(
        sp.cosh, lambda a: (sp.exp(a) + sp.exp(-a)) / 2
    )


def _by_half_angles(u: sp.Expr, _: sp.Symbol) -> sp.Expr:
    return u.replace(sp.sin, lambda a: 2 * sp.sin(a / 2) * sp.cos(a / 2))


REWRITES: tuple[Rewrite, ...] = (
    lambda u, _: sp.expand(u),
    lambda u, _: sp.factor(u),
    lambda u, _: sp.together(u),
    lambda u, x: sp.collect(sp.expand(u), x),
    _times_one,
    _times_squares,
    _as_powers,
    _as_exponentials,
    _by_half_angles,
)

FORMULAS = [k for k in EXERCISE_KINDS if type(generate(k).answer) is FormulaAnswer]


def _typed(answer: FormulaAnswer, parts: list[sp.Expr]) -> str:
    texts = [re.sub(r"\bAbs\b", "abs", str(part)).replace("**", "^") for part in parts]
    shape = answer.shape
    if not shape:
        return texts[0]
    if len(shape) == 1:
        return f"({', '.join(texts)})"
    rows = [texts[i : i + shape[1]] for i in range(0, len(texts), shape[1])]
    return "[" + "; ".join(", ".join(row) for row in rows) + "]"


@pytest.mark.parametrize("kind", FORMULAS)
def test_right_answers_may_be_written_in_many_ways(kind: str) -> None:
    rng = Random(kind)
    for level in LEVELS:
        answer = generate(kind, level, 3).answer
        assert isinstance(answer, FormulaAnswer)
        if answer.form == "number":
            continue
        parts = [to_sympy(part) for part in entries(answer.node)]
        letters = sorted({s for part in parts for s in part.free_symbols}, key=str)
        for rewrite in rng.sample(REWRITES, 3):
            x = rng.choice(letters)
            text = _typed(answer, [rewrite(part, x) for part in parts])
            verdict = answer.grade(text)
            value_is_right = verdict.is_right or verdict.mistakes[0].mistake == "unsimplified"
            assert value_is_right, f"{kind} {level}: {answer.text()} typed as {text}: {verdict}"


def _changes(u: Node) -> list[Node]:
    """The formula with one number, one sign or one letter changed."""
    found = []
    for node in postorder(u):
        if node.op == NUM:
            found += [num(node.data + 1), num(node.data - 1)]
        elif node.op == SYM:
            found += [-node, sym("y" if node.data != "y" else "x"), node + num(1)]
        else:
            continue
        found[-2:] = [substitute(u, {node: changed}) for changed in found[-2:]]
    return [v for v in found if v.op not in (NUM, SYM) and v is not u]


@pytest.mark.parametrize("kind", FORMULAS)
def test_changed_answers_are_wrong(kind: str) -> None:
    rng = Random(kind)
    for level in LEVELS:
        answer = generate(kind, level, 4).answer
        assert isinstance(answer, FormulaAnswer)
        parts = list(entries(answer.node))
        k = rng.randrange(len(parts))
        names = set(answer.names)
        changes = [v for v in _changes(parts[k]) if v.free <= names]
        for changed in rng.sample(changes, min(2, len(changes))):
            if _is_same(changed, parts[k]):
                continue
            other = [*parts[:k], changed, *parts[k + 1 :]]
            node = array(answer.shape, other) if answer.shape else changed
            verdict = answer.grade(str(Text()(node)))
            assert verdict.score < 1, f"{kind} {level}: {answer.text()} as {Text()(node)}"
            assert verdict.mistakes


def _is_same(left: Node, right: Node) -> bool:
    """By SymPy's numbers, at points of every sign."""
    difference = to_sympy(left) - to_sympy(right)
    letters = sorted(difference.free_symbols, key=str)
    for signs in product((1, -1), repeat=len(letters)):
        sizes = [sp.Rational(7 + 3 * k, 6) for k in range(len(letters))]
        point = {x: s * size for x, s, size in zip(letters, signs, sizes, strict=True)}
        value = complex(sp.N(difference.subs(point)))
        if abs(value) > 1e-9:
            return False
    return True


# ── anything at all ───────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    "9^9^9^9", "x^10^10", "(((((" * 40, "x^x^x^x^x", "1/0", "0^0", "0/0 x", "nan", "inf", "∞",
    "-" * 300 + "x", "(x+y+1)^200", "1e9999", "1e-9999", "factorial(1000000)", "x!!!!!!",
    "sqrt(-1)", "i", "ln(0)", "((x+1)^12+(y+1)^12)^12", "e^e^e^e^x", "__import__('os')", "",
    "\\frac{x}{0}", "[x; y; [x, y]]", "((), ())", "(,)", "{x}", "|x", "x = x", "\x00",
    "𝑥", "xy" * 400, "2°", "x'", "d/dx x^2", "x mod 2", "∫ x dx", "lim x",
    "sin" * 50, "x if y", "1/(x-x)", "tan(pi/2)", "log(x, 1)", "root(x, 0)", "(x, y)^2", "🙂",
    "e^(10^8 x)", "sin(10^30 x)", "(1 + 10^-20)^(10^20) x", "gamma(x)^999", "x^0.000000001",
)  # fmt: skip
TARGETS = (
    "partial x | x^2 sin(x y)",
    "gradient | x^2 y + y^3",
    "hessian | e^(x y)",
    "matrix X | a' inv(X) b",
)
PIECES = (*"xyzab0123.+-*/^()[],;|=\\{}'√²π° ", "sin", "ln", "e^", "\\frac", "sqrt(", "inv(", "dx")


def _graded(head: str, text: str) -> None:
    """Graded or refused, and nothing else."""
    with suppress(InputError):
        verdict = grade(_exercise(head), text)
        assert 0 <= verdict.score <= 1
        assert verdict.message


@pytest.mark.parametrize("head", TARGETS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_answers(head: str, text: str) -> None:
    grade(_exercise(head), _exercise(head).answer.text())
    start = process_time()
    _graded(head, text)
    assert process_time() - start < 0.5


@pytest.mark.parametrize("head", TARGETS)
def test_random_answers(head: str) -> None:
    rng = Random(head)
    for _ in range(60):
        _graded(head, "".join(rng.choices(PIECES, k=rng.randint(1, 14))))
    right = _exercise(head).answer.text()
    for _ in range(20):
        place = rng.randrange(len(right))
        _graded(head, right[:place] + rng.choice(PIECES) + right[place + rng.randint(0, 2) :])


# ── exercises that are typed ──────────────────────────────────────────────────────────────────────

UNFIT = (
    ("partial", "sqrt(-x^2 - 1)", "x", "have a value"),
    ("partial", "1/(x - x)", "x", "have a value"),
    ("partial", "x^2 y", "z", "not a variable"),
    ("partial", "(x, y)", "x", "vector function"),
    ("gradient", "g(x, y)", "", "unknown function"),
    ("gradient", "5", "", "no variable"),
    ("gradient", "", "", "function is missing"),
    ("matrix", " ", "x", "function is missing"),
    ("gradient", "x^2 y", "x", "by all the variables"),
    ("hessian", "x^2 y", "hello", "by all the variables"),
    ("hessian", "x^2 y", "x, z", "by all the variables"),
    ("jacobian", "(x y, x)", "(1, 2)", "by all the variables"),
    ("determinant", "(x y, x)", "x = t", "by all the variables"),
    ("partial", "x^2 y", "x, y", "not a variable"),
    ("gradient", "x' A x", "", "function of matrices"),
    ("partial", "x^T A x", "x", "function of matrices"),
    ("hessian", "ln(det(X))", "", "function of matrices"),
    ("jacobian", "inv(X)", "X", "function of matrices"),
    ("jacobian", "x^2 y", "", "vector function"),
    ("determinant", "(x y, x + y, x)", "", "two components"),
    ("taylor", "1/x + y", "(0, 0)", "do not apply"),
    ("taylor", "x y", "", "point is missing"),
    ("taylor", "x y", "x, y", "two numbers"),
    ("taylor", "x y z", "(1, 2, 3)", "two variables"),
    ("chain", "x y z", "x = t, y = t, z = t", "two variables"),
    ("chain", "x y", "x = t", "each of x and y"),
    ("chain", "x y", "x = t, y = 3", "function of other letters"),
    ("matrix", "x' B x", "", "What moves"),
    ("matrix", "x' B x", "Z", "does not occur"),
    ("nothing", "x", "", "no such task"),
)


@pytest.mark.parametrize(("task", "text", "by", "said"), UNFIT)
def test_what_does_not_suit_the_task_is_refused(task: str, text: str, by: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        Typed(task, text, "", by).exercise()


def test_a_list_of_variables_says_by_which_is_differentiated() -> None:
    assert grade(Typed("gradient", "x^2 y", "", "y, x").exercise(), "(x^2, 2xy)").is_right
    assert grade(Typed("gradient", "a x^2 y", "", "(x, y)").exercise(), "(2axy, ax^2)").is_right
    assert grade(Typed("gradient", "x^2", "", "x").exercise(), "2x").is_right


@pytest.mark.parametrize("head", sorted({row.head for row in ALL if " | " in row.head}))
def test_its_own_answer_is_right_and_an_address_gives_it_back(head: str) -> None:
    exercise = _exercise(head)
    assert grade(exercise, exercise.answer.text()).is_right
    if exercise.source:
        again = Typed.read(exercise.source).exercise()
        assert (again.task, again.answer.text()) == (exercise.task, exercise.answer.text())
