"""The derivative of a matrix expression, with its steps and their check."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from calc_core.certify import Certificate
from calc_core.derivation import Derivation, canonical
from calc_core.derive import Step
from calc_core.expression import Expression
from calc_core.graph import DERIV, SERIES, Node, Symbol, postorder
from calc_core.labels import Label, tidy_label
from calc_core.lines import Blackboard, Block, Level, Line
from calc_core.matrix.assumptions import Assumption, assumptions
from calc_core.matrix.certify import MatrixCertifier
from calc_core.matrix.evaluate import check_exponents, evaluate_derivative
from calc_core.matrix.gather import Gathering
from calc_core.matrix.identify import terms_of
from calc_core.matrix.index_form import IndexForm, index_form, tied_form
from calc_core.matrix.labels import matrix_label, restates
from calc_core.matrix.language import Problem
from calc_core.matrix.layouts import (
    COLUMN,
    ROW,
    is_column,
    is_vectorised,
    public_shape,
)
from calc_core.matrix.nodes import symbol_of, transpose
from calc_core.matrix.sympy_forms import to_sympy_matrix
from calc_core.matrix.tidy import MatrixTidier
from calc_core.printing import Latex, Text


class MatrixDerivation(Derivation):
    r"""The derivative of a scalar, vector or matrix by a scalar, vector or matrix.

    ``problem``  what was read; ``layout`` one of :mod:`calc_core.matrix.layouts`;
    ``name``     what is differentiated, in LaTeX and in text;
    ``step``     the identification, whose child is the differential in its last form;
    ``show_shapes``  whether LaTeX sets every matrix over its shape.

    ``.evaluate`` gives the numbers in the order of the shape law, whatever the layout:
    shape(D(f, X)) = shape(f) + shape(X), a vector having one axis.
    """

    def __init__(
        self, problem: Problem, step: Step, layout: str, name: tuple[str, str] = ("f", "f")
    ) -> None:
        others = tuple(map(name_of, problem.symbols))
        moving = name_of(problem.wrt)
        expression = Expression(
            problem.text,
            problem.node,
            (moving,),
            tuple(other for other in others if other != moving),
            notes=problem.notes,
            decimal=problem.decimal,
        )
        super().__init__(expression, step, _left_hand_side(problem, layout, *name))
        self.problem = problem
        self.layout = layout
        self.show_shapes = False

    @property
    def shape(self) -> tuple[Any, ...]:
        """The extents of the derivative by the shape law, letters where none are given."""
        return (*public_shape(self.problem.node.shape), *public_shape(self.problem.wrt.shape))

    @cached_property
    def result(self) -> Any:
        """The result as SymPy, a MatrixExpr or an expression; InputError if it has no such form."""
        return to_sympy_matrix(self.node)

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The derivative at numbers, as an array in the order of the shape law.

        ``values`` holds numbers, lists or arrays by name; a vector may be one- or two-dimensional.
        Raises InputError where a value is missing, does not fit, or has no inverse it needs.
        """
        f, x = self.problem.node, self.problem.wrt
        known = canonical(values)
        if any(part.op == SERIES for part in postorder(self.node)):
            # A sum of k terms is no derivative of a negative power.
            check_exponents(f, name_of(x), known, self._symbols)
        return evaluate_derivative(self.node, f.shape, x.shape, self.layout, known, self._symbols)

    @cached_property
    def index_form(self) -> IndexForm:
        """The formula of one entry of the derivative, J_ij…kl… in letters.

        Raises InputError where an operation has no formula for its entries.
        """
        tidy = MatrixTidier()

        def gradient(scalar: Node) -> Node:
            matrix = Gathering(tidy)(scalar, self.problem.wrt, by_columns=False).matrix
            return tidy.tidy(transpose(matrix)) if matrix.shape else matrix

        found = terms_of(tidy, self.differential.result)
        form = index_form(found, self.problem.node.shape, self.problem.wrt, gradient)
        return tied_form(form, self.problem.wrt)

    @property
    def _symbols(self) -> tuple[Symbol, ...]:
        return tuple(map(symbol_of, self.problem.symbols))

    @cached_property
    def names(self) -> dict[Node, str]:
        """None: matrix expressions are written in full."""
        return {}

    @cached_property
    def conditions(self) -> tuple[Node, ...]:
        """None that is a comparison of numbers; see :attr:`assumptions`."""
        return ()

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What the function and its derivative need: X invertible, det X > 0 and the like."""
        return assumptions(self.problem, self.node)

    def conditions_latex(self) -> tuple[str, ...]:
        """The assumptions in LaTeX."""
        return tuple(a.latex for a in self.assumptions)

    def conditions_text(self) -> tuple[str, ...]:
        """The assumptions as plain text."""
        return tuple(a.text for a in self.assumptions)

    # ── steps ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _certifier(self) -> MatrixCertifier:  # type: ignore[override]
        return MatrixCertifier(self.problem.node, self.node, symbols=self._symbols)

    @property
    def restatements(self) -> tuple[Step, ...]:
        """The steps after the differential was found, the identification last."""
        found = [self.step]
        while restates(found[-1].children[0].rule):
            found.append(found[-1].children[0])
        return tuple(reversed(found))

    @property
    def differential(self) -> Step:
        """The step that finds the differential."""
        return self.restatements[0].children[0]

    def blocks(self, level: Level = "usual") -> tuple[Block, ...]:
        """The differential, its last forms, and the derivative read off from it."""
        self.certificate  # noqa: B018  (lines are compared with steps that have been checked)
        board = Blackboard(self._certifier, level, {}, matrix_label)
        board.write(self.differential)
        for step in self.restatements:
            self._continue(board, step)
        return tuple(board.blocks)

    def _continue(self, board: Blackboard, step: Step) -> None:
        """One more way to write the same: a line, in a block of its own if the goal is another."""
        block = board.blocks[-1]
        if block.goal is not step.goal:
            block = Block(step.goal)
            board.blocks.append(block)
        name = matrix_label(step.rule, step.detail)
        self._add(board, block, step.after, step.rule, name)
        if step.result is not step.after:
            self._add(board, block, step.result, "tidy", tidy_label(step.tidied))

    @staticmethod
    def _add(board: Blackboard, block: Block, node: Node, rule: str, name: Label) -> None:
        before = block.lines[-1].node if block.lines else None
        if before is not None and board.looks_the_same(node, before):
            return
        block.lines.append(Line(node, rule, name, board.check(block.goal, node)))

    # ── printed forms ─────────────────────────────────────────────────────────────────────────

    def printer(self, mark: Node | None = None) -> Latex:
        """A LaTeX printer in the style of this derivation."""
        return Latex(mark=mark, decimal=self.expression.decimal, shapes=self.show_shapes)

    def goal_latex(self, block: Block) -> str:
        """The left-hand side of a block."""
        if block.goal.op == DERIV:
            return self.symbol[0]
        return self.printer()(block.goal)


class MatrixHessian(MatrixDerivation):
    """The Hessian of a scalar function of a vector: the Jacobian of its gradient.

    ``first``  the derivation of the gradient, as a column.
    """

    def __init__(self, first: MatrixDerivation, slope: Problem, step: Step) -> None:
        super().__init__(slope, step, ROW)
        self.first = first
        x = name_of(slope.wrt)
        below = rf"\partial {Latex().symbol(x)}\,\partial {Latex().symbol(x)}^{{\top}}"
        self.symbol = (rf"\frac{{\partial^2 f}}{{{below}}}", f"∂²f/∂{Text().symbol(x)}²")

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step once, those of the gradient first."""
        return (*self.first.steps, *super().steps)

    @cached_property
    def certificate(self) -> Certificate:
        """The check of every step, those to the gradient included."""
        first, second = self.first.certificate, super().certificate
        return Certificate({**first.checks, **second.checks}, second.points, second.where)

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What the function, its gradient and its Hessian need."""
        return tuple(dict.fromkeys((*self.first.assumptions, *super().assumptions)))

    def blocks(self, level: Level = "usual") -> tuple[Block, ...]:
        """The blocks of the gradient, and those of its Jacobian."""
        return (*self.first.blocks(level), *super().blocks(level))

    def goal_latex(self, block: Block) -> str:
        """The left-hand side of a block."""
        if block.goal is self.first.step.goal:
            return self.first.symbol[0]
        return super().goal_latex(block)

    def goal_text(self, block: Block) -> str:
        """The left-hand side of a block as plain text."""
        if block.goal is self.first.step.goal:
            return self.first.symbol[1]
        return super().goal_text(block)


def name_of(x: Node) -> str:
    """The name of a symbol, a scalar or a matrix."""
    return symbol_of(x).name


def _left_hand_side(problem: Problem, layout: str, f: str, text: str) -> tuple[str, str]:
    """∂f/∂x, with vec where the derivative is laid out by it."""
    x, below = Latex().symbol(name_of(problem.wrt)), Text().symbol(name_of(problem.wrt))
    shapes = problem.node.shape, problem.wrt.shape
    if not is_vectorised(*shapes) or all(map(is_column, shapes)):
        return rf"\frac{{\partial {f}}}{{\partial {x}}}", f"∂{text}/∂{below}"
    if not is_column(shapes[0]):
        inside = f if len(f) == 1 else rf"({f})"
        f, text = rf"\operatorname{{vec}} {inside}", f"vec({text})"
    if not is_column(shapes[1]):
        x, below = rf"\operatorname{{vec}} {x}", f"vec({below})"
    if layout == COLUMN:
        f = rf"({f})^{{\top}}"
    else:
        x = rf"({x})^{{\top}}"
    return rf"\frac{{\partial {f}}}{{\partial {x}}}", f"∂{text}/∂{below}"
