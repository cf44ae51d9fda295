"""docs/security.md: every promise names a test that exists."""

import re

from tests.conftest import ROOT

TESTS = ROOT / "tests"


def promises() -> list[str]:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    told = text.partition("## What is promised")[2].partition("## What is not promised")[0]
    return [line for line in told.splitlines() if line.startswith("- ")]


def test_every_promise_names_its_test():
    assert len(promises()) > 40
    assert [line[:80] for line in promises() if not re.search(r"test_\w+\.py", line)] == []


def test_every_test_that_is_named_is_there():
    there = {path.name for path in TESTS.rglob("test_*.py")}
    assert {name for line in promises() for name in re.findall(r"test_\w+\.py", line)} - there == set()
