"""A JavaScript module run by Node, with the modules of the live figures beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

LIVE = Path(__file__).parents[1] / "assets" / "live"
DRAWING = Path(__file__).parent / "drawing.js"

# JSON has no word for these numbers; Python's reader knows them by the names below.
RUN = r"""
import { writeFileSync } from "node:fs";
import found from "./test.js";
const isSpecial = (value) => Object.is(value, -0) || value - value !== 0;
const special = (value) => `\u0000${Object.is(value, -0) ? "-0.0" : value}`;
const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
const encoded = (_, value) =>
  typeof value === "number" && isSpecial(value) ? special(value) : plain(value);
const text = JSON.stringify(found, encoded);
writeFileSync("found.json", text.replace(/"\\u0000(.*?)"/g, "$1"));
"""


def in_node(source: str, given: object = None) -> Any:
    """The default export of a module, which has ``given`` from ``./given.js``.

    Beside it lie the modules of the live figures, and ``./drawing.js``, by which models draw.
    """
    node = shutil.which("node")
    if node is None:
        pytest.fail("There is no Node: install Node.js 20 or newer, and have `node` on the path.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(LIVE, folder, dirs_exist_ok=True)
        shutil.copy(DRAWING, folder)
        texts = {
            "package.json": '{"type": "module"}',
            "given.js": f"export default {json.dumps(given)};",
            "test.js": source,
            "run.js": RUN,
        }
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8")
        done = subprocess.run(
            [node, "run.js"], cwd=folder, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
        # JavaScript writes 1e20 with all its digits.
        return json.loads((folder / "found.json").read_text(encoding="utf-8"), parse_int=float)
