"""Functions of a vector, by level: forms, squares, and what is made of them."""

from __future__ import annotations

from calc_core.exercises.matrix.templates import Template

Levels = tuple[tuple[Template, ...], ...]


def _f(
    text: str, shapes: str, symmetric: str = "", plans: tuple[tuple[str, str], ...] = ()
) -> Template:
    return Template(text, "x", shapes, symmetric, plans)


def _lost(text: str) -> tuple[tuple[str, str], ...]:
    return (("inner-matrix-lost", text),)


LINEAR: Levels = (
    (
        _f("a'*x", "x:n a:n"),
        _f("x'*a", "x:n a:n"),
        _f("k*a'*x", "x:n a:n"),
        _f("k*x'*a", "x:n a:n"),
    ),
    (
        _f("a'*B*x", "x:n a:m B:mn"),
        _f("a'*x - k*b'*x", "x:n a:n b:n"),
        _f("a'*(k*x - b)", "x:n a:n b:n"),
    ),
    (
        _f("x'*B*a", "x:n a:m B:nm"),
        _f("(A*x)'*b", "x:n b:m A:mn"),
        _f("x'*a + b'*C*x", "x:n a:n b:m C:mn"),
    ),
    (
        _f("a'*A*B*x", "x:n a:m A:mp B:pn"),
        _f("(A*x + b)'*c", "x:n b:m c:m A:mn"),
        _f("a'*B*x + x'*C*b", "x:n a:m b:p B:mn C:np"),
    ),
    (
        _f("(A*x + b)'*C*a", "x:n a:p b:m A:mn C:mp"),
        _f("a'*(B*x - C'*x)", "x:n a:m B:mn C:nm"),
        _f("x'*A'*B*a - k*b'*x", "x:n a:p b:n A:mn B:mp"),
    ),
)

QUADRATIC: Levels = (
    (_f("x'*x", "x:n"), _f("k*x'*x", "x:n"), _f("x'*B*x", "x:n B:nn", "B")),
    (_f("x'*B*x", "x:n B:nn"), _f("k*x'*B*x", "x:n B:nn"), _f("x'*B'*x", "x:n B:nn")),
    (
        _f("x'*B*x + a'*x", "x:n a:n B:nn"),
        _f("x'*B*x/2 - a'*x", "x:n a:n B:nn", "B"),
        _f("x'*B*x - k*x'*x", "x:n B:nn"),
    ),
    (
        _f("(x - a)'*B*(x - a)", "x:n a:n B:nn"),
        _f("x'*A'*B*x", "x:n A:mn B:mn"),
        _f("(A*x)'*(B*x)", "x:n A:mn B:mn"),
    ),
    (
        _f("(A*x + b)'*C*(A*x + b)", "x:n b:m A:mn C:mm", plans=_lost("(A*x + b)'*(C + C')")),
        _f("(A*x + b)'*(B*x - c)", "x:n b:m c:m A:mn B:mn"),
        _f("(x - a)'*B*(C*x + b)", "x:n a:n b:m B:nm C:mn"),
    ),
)

LEAST_SQUARES: Levels = (
    (_f("norm2(x)^2", "x:n"), _f("norm2(x - a)^2", "x:n a:n"), _f("k*norm2(x - a)^2", "x:n a:n")),
    (
        _f("norm2(A*x)^2", "x:n A:mn", plans=_lost("2*(A*x)'")),
        _f("norm2(A*x - b)^2", "x:n A:mn b:m", plans=_lost("2*(A*x - b)'")),
        _f("norm2(b - A*x)^2", "x:n A:mn b:m", plans=_lost("2*(b - A*x)'")),
    ),
    (
        _f("norm2(A*x - b)^2 + k*norm2(x)^2", "x:n A:mn b:m"),
        _f("norm2(b - A*x)^2/2", "x:n A:mn b:m", plans=_lost("(b - A*x)'")),
        _f("norm2(A*x - b)^2 - k*a'*x", "x:n a:n A:mn b:m"),
    ),
    (
        _f("norm2(A*x - b)", "x:n A:mn b:m", plans=_lost("(A*x - b)'/norm2(A*x - b)")),
        _f("norm2(A*(x - a))^2", "x:n a:n A:mn", plans=_lost("2*(A*(x - a))'")),
        _f("norm2(x - a) + norm2(x - b)", "x:n a:n b:n"),
    ),
    (
        _f("norm2(A*x - b)^2 + k*norm2(B*x)^2", "x:n A:mn b:m B:pn"),
        _f("norm2(A*B*x - b)^2/2", "x:n A:mp B:pn b:m", plans=_lost("(A*B*x - b)'")),
        _f("norm2(A*x - b)*norm2(x)", "x:n A:mn b:m"),
    ),
)


def _by_s(
    text: str, shapes: str, symmetric: str = "", plans: tuple[tuple[str, str], ...] = ()
) -> Template:
    return Template(text, "s", shapes, symmetric, plans)


# The x of these is data: the letter s moves.
WEIGHTED: Levels = (
    (_by_s("(a - s)'*(a - s)", "a:n s:n"), _by_s("(s - a)'*W*(s - a)", "a:n s:n W:nn", "W")),
    (
        _by_s("(a - s)'*W*(a - s)", "a:n s:n W:nn", "W"),
        _by_s("k*(a - s)'*W*(a - s)", "a:n s:n W:nn", "W"),
    ),
    (
        _by_s("(a - B*s)'*(a - B*s)", "a:m s:n B:mn", plans=_lost("-2*(a - B*s)'")),
        _by_s("(a + B*s)'*(a + B*s)", "a:m s:n B:mn", plans=_lost("2*(a + B*s)'")),
    ),
    (
        _by_s("(a - B*s)'*W*(a - B*s)", "a:m s:n B:mn W:mm", "W", _lost("-2*(a - B*s)'*W")),
        _by_s("(B*s - a)'*W*(B*s - a)/2", "a:m s:n B:mn W:mm", "W", _lost("(B*s - a)'*W")),
    ),
    (
        _by_s("(a - B*s)'*W*(a - B*s)", "a:m s:n B:mn W:mm", "", _lost("-(a - B*s)'*(W + W')")),
        _by_s("(a - B*s)'*W*(a - B*s) + s'*C*s", "a:m s:n B:mn W:mm C:nn", "WC"),
    ),
)

CHAIN: Levels = (
    (
        _f("(a'*x)^2", "x:n a:n"),
        _f("(a'*x)^3", "x:n a:n"),
        _f("exp(a'*x)", "x:n a:n"),
        _f("log(a'*x)", "x:n a:n"),
    ),
    (
        _f("sin(x'*x)", "x:n"),
        _f("log(x'*x)", "x:n"),
        _f("exp(-x'*x)", "x:n"),
        _f("1/(a'*x)", "x:n a:n"),
    ),
    (
        _f("1/(1 + x'*x)", "x:n"),
        _f("sqrt(1 + x'*x)", "x:n"),
        _f("(x'*B*x)^2", "x:n B:nn"),
        _f("cos(a'*B*x)", "x:n a:m B:mn"),
    ),
    (
        _f("exp(-x'*B*x/2)", "x:n B:nn", "B"),
        _f("log(1 + x'*B*x)", "x:n B:nn"),
        _f("(a'*x)*(b'*x)", "x:n a:n b:n"),
        _f("sqrt(x'*B*x)", "x:n B:nn"),
    ),
    (
        _f("x'*B*x/(x'*x)", "x:n B:nn", "B"),
        _f("a'*x/(1 + x'*x)", "x:n a:n"),
        _f("(a'*x)*exp(-x'*x)", "x:n a:n"),
        _f("log(1 + exp(a'*x))", "x:n a:n"),
    ),
)

JACOBIAN: Levels = (
    (
        _f("A*x + b", "x:n A:mn b:m"),
        _f("k*x - a", "x:n a:n"),
        _f("A'*x", "x:n A:nm"),
    ),
    (
        _f("A*B*x", "x:n A:mp B:pn"),
        _f("A*x - k*x", "x:n A:nn"),
        _f("A*(B*x + a)", "x:n A:mp B:pn a:p"),
    ),
    (
        _f("(a'*x)*b", "x:n a:n b:m"),
        _f("b*x'*a", "x:n a:n b:m"),
        _f("(x'*x)*a", "x:n a:m"),
    ),
    (
        _f("(a'*x)*x", "x:n a:n"),
        _f("x*x'*a", "x:n a:n"),
        _f("(x'*x)*x", "x:n"),
        _f("(a'*x)*A*x", "x:n a:n A:mn"),
    ),
    (
        _f("x/norm2(x)", "x:n"),
        _f("A*x/(a'*x)", "x:n a:n A:mn"),
        _f("x/(1 + x'*x)", "x:n"),
        _f("(x'*B*x)*x", "x:n B:nn"),
    ),
)
