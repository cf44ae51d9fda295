"""What the documents say of the code is there: files, functions in the journeys, packages in the map."""

import ast
import re
from functools import cache

import pytest

from tests.conftest import ROOT
from tests.docs.pages import DOCS

APPS = ("contact", "pages", "mestring")
FILE = re.compile(r"`((?:contact|pages|mestring|tests|templates|static|deploy|docs|\.ci)/[\w./-]+)")
STEP = re.compile(r"`([\w./]+\.py):([\w.]+)`")


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_is_named_is_there(document):
    named = FILE.findall(document.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@cache
def definitions(path: str) -> set[str]:
    """Return the functions, classes and methods of a module, methods as `Class.method`."""
    names = set()
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
    return names


def test_every_step_of_the_journeys_is_a_function_that_is_there():
    steps = STEP.findall((ROOT / "docs" / "journeys.md").read_text(encoding="utf-8"))
    assert len(steps) > 50
    assert [f"{path}:{name}" for path, name in steps if name not in definitions(path)] == []


def test_the_map_in_the_readme_names_every_package():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    packages = {
        package.parent.relative_to(ROOT).as_posix() + "/"
        for app in APPS
        for package in (ROOT / app).glob("*/__init__.py")
        if package.parent.name not in {"migrations", "management", "templatetags"}
    }
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    assert packages == {name for line in lines for name in re.findall(r"`(\w+/\w+/)`", line.split("|")[1])}
