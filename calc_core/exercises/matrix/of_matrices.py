"""Functions of a matrix, and matrices that move along a line, by level."""

from __future__ import annotations

from calc_core.exercises.matrix.of_vectors import Levels
from calc_core.exercises.matrix.templates import Template


def _f(text: str, shapes: str, symmetric: str = "", *plans: tuple[str, str]) -> Template:
    return Template(text, "X", shapes, symmetric, plans)


def _along(text: str, shapes: str) -> Template:
    return Template(text, "t", f"t: {shapes}")


BILINEAR: Levels = (
    (_f("a'*X*b", "X:mn a:m b:n"), _f("k*a'*X*b", "X:mn a:m b:n"), _f("a'*X*a", "X:nn a:n")),
    (_f("a'*X'*b", "X:mn a:n b:m"), _f("a'*X*b - k*b'*X*a", "X:nn a:n b:n")),
    (
        _f("a'*A*X*b", "X:mn a:p A:pm b:n"),
        _f("a'*X*B*b", "X:mn a:m B:np b:p"),
        _f("a'*(X + A)*b", "X:mn a:m b:n A:mn"),
    ),
    (
        _f("a'*A*X*B*b", "X:mn a:p A:pm B:np b:p"),
        _f("a'*A*X'*b", "X:mn a:p A:pn b:m"),
        _f("a'*X'*X*a", "X:mn a:n"),
    ),
    (
        _f("a'*X'*X*b", "X:mn a:n b:n"),
        _f("a'*X'*A*X*b", "X:mn a:n b:n A:mm"),
        _f("norm2(X*a - b)^2", "X:mn a:n b:m", "", ("inner-matrix-lost", "2*(X*a - b)")),
    ),
)

TRACE: Levels = (
    (
        _f("tr(A*X)", "X:mn A:nm"),
        _f("tr(X*A)", "X:mn A:nm"),
        _f("k*tr(A*X)", "X:mn A:nm"),
    ),
    (
        _f("tr(A*X')", "X:mn A:mn"),
        _f("tr(X'*A)", "X:mn A:mn"),
        _f("tr(A*X) - k*tr(X)", "X:nn A:nn"),
    ),
    (
        _f("tr(A*X*B)", "X:mn A:pm B:np"),
        _f("tr(X'*X)", "X:mn"),
        _f("tr(A*X'*B)", "X:mn A:pn B:mp"),
    ),
    (
        _f("tr(X'*A*X)", "X:mn A:mm"),
        _f("tr(X*A*X')", "X:mn A:nn"),
        _f("tr(A*X*X)", "X:nn A:nn"),
        _f("tr(X'*A*X) + tr(B*X)", "X:mn A:mm B:nm", "A"),
    ),
    (
        _f("tr(A*X*B*X')", "X:mn A:mm B:nn"),
        _f("tr(X*A*X*B)", "X:nn A:nn B:nn"),
        _f("tr((A*X)^2)", "X:mn A:nm"),
        _f("normF(A*X - B)^2", "X:mn A:pm B:pn", "", ("inner-matrix-lost", "2*(A*X - B)")),
    ),
)

INVERSE_FORM: Levels = (
    (_f("a'*inv(X)*b", "X:nn a:n b:n"), _f("a'*inv(X)*a", "X:nn a:n")),
    (
        _f("tr(inv(X))", "X:nn"),
        _f("tr(A*inv(X))", "X:nn A:nn"),
        _f("k*a'*inv(X)*b", "X:nn a:n b:n"),
    ),
    (
        _f("tr(A*inv(X)*B)", "X:nn A:mn B:nm"),
        _f("a'*inv(X + A)*b", "X:nn A:nn a:n b:n"),
        _f("a'*A*inv(X)*b", "X:nn a:m A:mn b:n"),
    ),
    (
        _f("a'*inv(X)'*b", "X:nn a:n b:n"),
        _f("a'*inv(A*X)*b", "X:nn A:nn a:n b:n"),
        _f("tr(inv(A - X)*B)", "X:nn A:nn B:nn"),
    ),
    (
        _f("a'*inv(A*X*B + C)*b", "X:mn A:pm B:np C:pp a:p b:p"),
        _f("tr(inv(X'*X))", "X:mn"),
        _f("a'*inv(X)*inv(X)*b", "X:nn a:n b:n"),
    ),
)

_BY_NUMBER = ("determinant-as-number", "1/det(X)")

DETERMINANT: Levels = (
    (
        _f("log(det(X))", "X:nn", "", _BY_NUMBER),
        _f("k*log(det(X))", "X:nn", "", ("determinant-as-number", "k/det(X)")),
        _f("det(X)", "X:nn"),
    ),
    (
        _f("log(det(X)) - tr(A*X)", "X:nn A:nn"),
        _f("det(A*X)", "X:nn A:nn"),
        _f("k*det(X)", "X:nn"),
    ),
    (
        _f("log(det(X + A))", "X:nn A:nn", "", ("determinant-as-number", "1/det(X + A)")),
        _f("log(det(A*X*B))", "X:mn A:pm B:np", "", ("determinant-as-number", "1/det(A*X*B)")),
        _f("det(X)^2", "X:nn", "", ("determinant-as-number", "2*det(X)")),
    ),
    (
        _f("log(det(A*X*B + C))", "X:mn A:pm B:np C:pp"),
        _f("det(X + A)", "X:nn A:nn"),
        _f("log(det(X)) + tr(A*inv(X))", "X:nn A:nn"),
    ),
    (
        _f("log(det(X'*X))", "X:mn", "", ("determinant-as-number", "1/det(X'*X)")),
        _f("log(det(X'*A*X))", "X:mn A:mm", "A"),
        _f("log(det(A + X*X'))", "X:mn A:mm", "A"),
    ),
)

CHAIN_BY_MATRIX: Levels = (
    (_f("(a'*X*b)^2", "X:mn a:m b:n"), _f("exp(a'*X*b)", "X:mn a:m b:n")),
    (_f("log(a'*X*b)", "X:mn a:m b:n"), _f("sin(tr(A*X))", "X:mn A:nm")),
    (_f("1/tr(A*X)", "X:mn A:nm"), _f("sqrt(a'*X*b)", "X:mn a:m b:n")),
    (_f("normF(X)", "X:mn"), _f("log(tr(X'*X))", "X:mn"), _f("exp(-tr(X'*X))", "X:mn")),
    (
        _f("log(a'*inv(X)*b)", "X:nn a:n b:n"),
        _f("tr(A*X)/det(X)", "X:nn A:nn"),
        _f("normF(A*X - B)", "X:mn A:pm B:pn"),
    ),
)

ALONG_LINE: Levels = (
    (
        _along("(A + t*B)*C", "A:mn B:mn C:np"),
        _along("a'*(A + t*B)*b", "A:mn B:mn a:m b:n"),
        _along("A*(B + t*C)", "A:mp B:pn C:pn"),
    ),
    (
        _along("(A + t*B)^2", "A:nn B:nn"),
        _along("(A + t*B)*(A - t*B)", "A:nn B:nn"),
        _along("(a + t*b)'*C*(a + t*b)", "a:n b:n C:nn"),
    ),
    (_along("inv(A + t*B)", "A:nn B:nn"), _along("inv(A - t*B)", "A:nn B:nn")),
    (
        _along("inv(A + t*B)*C", "A:nn B:nn C:nm"),
        _along("a'*inv(A + t*B)*b", "A:nn B:nn a:n b:n"),
        _along("log(det(A + t*B))", "A:nn B:nn"),
    ),
    (
        _along("inv(A + t^2*B)", "A:nn B:nn"),
        _along("inv(A + t*B)*(A - t*B)", "A:nn B:nn"),
        _along("det(A + t*B)*C", "A:nn B:nn C:mn"),
    ),
)
