"""What the workers of ``matrices.py`` share: how they are asked, and how they read a function.

A worker is a process that answers one line of JSON with another.  The function comes as NumPy, the
last column of ``tests/corpus/matrices.txt``; a worker says it in the language of its own system.
Nothing but the standard library and NumPy is imported here: a worker may live in another
environment.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import io
import json
import sys
import warnings
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

RUNS = 7
#: A run that takes longer is not repeated so often, in seconds.
PATIENCE = 2.0

Task = dict[str, Any]
Reply = dict[str, Any]


class CannotSay(Exception):
    """There is no way to write the function in this system."""


class Unevaluated(Exception):
    """The result still holds derivatives that are to be taken."""


# ── reading the function ──────────────────────────────────────────────────────────────────────────


class Language:
    """Operations of a system on its own expressions; what it has not, it cannot say."""

    def name(self, name: str) -> Any:
        """A symbol."""
        raise NotImplementedError

    def call(self, name: str, args: list[Any]) -> Any:
        """One of the functions of the corpus; its own methods have their names."""
        method = getattr(self, f"of_{name}", None)
        if method is None:
            raise CannotSay(name)
        return method(*args)

    def neg(self, a: Any) -> Any:
        """The negative."""
        return self.mul(-1, a)

    def sub(self, a: Any, b: Any) -> Any:
        """The difference."""
        return self.add(a, self.neg(b))

    def add(self, a: Any, b: Any) -> Any:
        """The sum."""
        raise NotImplementedError

    def mul(self, a: Any, b: Any) -> Any:
        """A product of numbers, or entry by entry."""
        raise NotImplementedError

    def div(self, a: Any, b: Any) -> Any:
        """A quotient of numbers, or entry by entry."""
        raise NotImplementedError

    def pow(self, a: Any, k: Any) -> Any:
        """A power of a number, or entry by entry."""
        raise NotImplementedError

    def matmul(self, a: Any, b: Any) -> Any:
        """The product of matrices."""
        raise NotImplementedError

    def transpose(self, a: Any) -> Any:
        """The transpose."""
        raise NotImplementedError


_BINARY = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow",
    ast.MatMult: "matmul",
}  # fmt: skip


def said(source: str, language: Language) -> Any:
    """The function in the language.  Raises CannotSay."""
    return _said(ast.parse(source, mode="eval").body, language)


def _said(node: ast.AST, language: Language) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.Name(id=name):
            return language.name(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return language.neg(_said(operand, language))
        case ast.BinOp(left=left, op=op, right=right):
            operation = getattr(language, _BINARY[type(op)])
            return operation(_said(left, language), _said(right, language))
        case ast.Attribute(value=inner, attr="T"):
            return language.transpose(_said(inner, language))
        case ast.Call(func=ast.Name(id=name), args=args):
            return language.call(name, [_said(a, language) for a in args])
        case ast.List(elts=parts):
            return [_said(part, language) for part in parts]
    raise CannotSay(ast.unparse(node))


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────


def arrays(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a task as arrays of two axes, and numbers."""
    return {name: np.array(v) if isinstance(v, list) else v for name, v in values.items()}


def agrees(found: Any, truth: Any, axes: int) -> bool:
    """Whether the entries are right, in whatever of the usual layouts.

    ``truth`` is in the order of the shape law, and the first ``axes`` are those of the function.
    """
    found, truth = np.squeeze(np.asarray(found, dtype=float)), np.asarray(truth, dtype=float)
    if not found.any() and not truth.any():
        return True
    f, x = range(axes), range(axes, truth.ndim)
    layouts = [truth, truth.transpose(*x, *f), truth.transpose(*reversed(f), *reversed(x)), truth.T]
    return any(
        found.shape == np.squeeze(layout).shape
        and np.allclose(found, np.squeeze(layout), rtol=1e-5, atol=1e-7)
        for layout in layouts
    )


# ── answering ─────────────────────────────────────────────────────────────────────────────────────


def timed(prepare: Callable[[], Any], task: Callable[[Any], Any], runs: int = RUNS) -> float:
    """The median time of the task in milliseconds; what it works on is made anew for each run."""
    taken: list[float] = []
    while len(taken) < runs and sum(taken) < PATIENCE:
        thing = prepare()
        gc.collect()
        gc.disable()
        start = perf_counter()
        task(thing)
        taken.append(perf_counter() - start)
        gc.enable()
        del thing
    return 1e3 * median(taken)


def serve(answer: Callable[[Task], Reply]) -> None:
    """Answer line after line until there are no more."""
    warnings.simplefilter("ignore")
    out = sys.stdout
    for line in sys.stdin:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            try:
                reply = answer(json.loads(line))
            except CannotSay as gap:
                reply = {"outcome": "cannot say it", "why": str(gap)}
            except Unevaluated as left:
                reply = {"outcome": "unevaluated", "why": str(left)}
            except Exception as error:
                reply = {"outcome": "error", "why": f"{type(error).__name__}: {error}"[:300]}
        out.write(json.dumps(reply) + "\n")
        out.flush()
