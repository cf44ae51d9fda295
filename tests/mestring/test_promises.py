"""docs/security.md: below every promise stand test functions, and each of them is there. So below kinds of faults.

- **A promise** in words.
  - `tests/a/test_file.py`: `test_this`, `test_that`
"""

import ast
import re
from functools import cache

import pytest

from tests.conftest import ROOT

PROOF = re.compile(r"  - `(tests/[\w/]+\.py)`: (`test_\w+`(?:, `test_\w+`)*)")


def proofs_of_promises(promised: str) -> dict[str, list[tuple[str, str]]]:
    """Return the file and the name of each test function that stands below a promise."""
    proofs: dict[str, list[tuple[str, str]]] = {}
    for line in promised.splitlines():
        if line.startswith("- "):
            promise = line.removeprefix("- ")
            assert promise not in proofs, f"promised twice: {promise}"
            proofs[promise] = []
        elif line.startswith(" "):
            named = PROOF.fullmatch(line)
            assert named, f"not `tests/….py`: `test_…`, `test_…`, below the promise {promise}: {line}"
            proofs[promise] += [(named[1], name) for name in re.findall(r"test_\w+", named[2])]
    return proofs


@cache
def functions_of(file: str) -> set[str]:
    """Return the functions that pytest finds at the top of a test file."""
    path = ROOT / file
    body = ast.parse(path.read_text(encoding="utf-8")).body if path.exists() else []
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


def missing_tests(proofs: dict[str, list[tuple[str, str]]]) -> list[str]:
    """Return a sentence for each name that is wrong: which file, which function, which promise."""
    return [
        f"{file} has no {name}, named below the promise: {promise}"
        for promise, named in proofs.items()
        for file, name in named
        if name not in functions_of(file)
    ]


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


PROMISED = proofs_of_promises(
    read("security.md").partition("## What is promised")[2].partition("## What is not promised")[0]
)
KINDS = proofs_of_promises(read("kinds.md").partition("\n## ")[2])


@pytest.mark.parametrize(("said", "least"), [(PROMISED, 60), (KINDS, 40)])
def test_every_promise_and_every_kind_of_fault_names_a_test_function(said, least):
    assert len(said) > least
    unproven = [promise for promise, named in said.items() if not named]
    assert not unproven, "\n".join(unproven)


@pytest.mark.parametrize("said", [PROMISED, KINDS])
def test_every_test_function_that_is_named_is_there(said):
    missing = missing_tests(said)
    assert not missing, "\n".join(missing)  # whole, where pytest would cut a list short


def test_a_name_that_is_wrong_is_told_with_its_promise():
    here = "tests/mestring/test_promises.py"
    proofs = {"**A promise**": [(here, "test_renamed"), (here, "test_every_test_function_that_is_named_is_there")]}
    assert missing_tests(proofs) == [f"{here} has no test_renamed, named below the promise: **A promise**"]
