"""The README shows what is there: its Python runs, its files exist."""

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def test_the_python_in_the_readme_runs() -> None:
    found = doctest.testfile(str(README), module_relative=False)
    assert found.attempted >= 5
    assert found.failed == 0


def test_the_files_that_the_readme_names_exist() -> None:
    text = README.read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([\w./]+)\)", text)
    table = "\n".join(line for line in text.splitlines() if line.startswith("| `"))
    assert linked
    for name in linked:
        assert (ROOT / name).exists(), name
    for row in table.splitlines():
        for name in re.findall(r"`([\w./]+)`", row.split("|")[1]):
            assert (ROOT / name).exists() or list(ROOT.glob(f"*/{name}")), name
