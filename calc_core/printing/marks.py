"""The few elements of MathML Core that formulas are built from; every text is escaped here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

_SINGLE = re.compile(r"<(m[ino])[^>]*>[^<]*</\1>")


def mi(name: str, upright: bool = False) -> str:
    """A name; a single letter is slanted unless ``upright``, a longer one never is."""
    style = ' mathvariant="normal"' if upright and len(name) == 1 else ""
    return f"<mi{style}>{html.escape(name)}</mi>"


def mn(digits: str | int) -> str:
    """A number."""
    return f"<mn>{html.escape(str(digits))}</mn>"


def mo(sign: str) -> str:
    """An operator."""
    return f"<mo>{html.escape(sign)}</mo>"


def text(words: str) -> str:
    """Words; blanks at their ends stay."""
    return f"<mtext>{html.escape(words).replace(' ', '&#xa0;')}</mtext>"


def row(inside: str) -> str:
    """One element of several; of one, itself."""
    return inside if _SINGLE.fullmatch(inside) else f"<mrow>{inside}</mrow>"


def fenced(left: str, inside: str, right: str) -> str:
    """Between fences as tall as what they hold; either may be empty."""
    opening = f'<mo fence="true" form="prefix" stretchy="true">{left}</mo>' if left else ""
    closing = f'<mo fence="true" form="postfix" stretchy="true">{right}</mo>' if right else ""
    return row(opening + inside + closing)


def sup(base: str, raised: str) -> str:
    """A power."""
    return f"<msup>{row(base)}{row(raised)}</msup>"


def sub(base: str, index: str) -> str:
    """An index."""
    return f"<msub>{row(base)}{row(index)}</msub>"


def under(base: str, below: str) -> str:
    """Something with something small below it."""
    return f"<munder>{row(base)}{row(below)}</munder>"


def above(top: str, bottom: str) -> str:
    """A fraction."""
    return f"<mfrac>{row(top)}{row(bottom)}</mfrac>"


def table(rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Rows of cells."""
    lines = "".join(
        f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in cells)}</mtr>" for cells in rows
    )
    return f'<mtable class="{kind}">{lines}</mtable>' if kind else f"<mtable>{lines}</mtable>"
