"""An operator at a site's terminal, who types what docs/operators.md says."""

import io
import shlex

import pytest
from django.core.management import call_command

from tests.docs.operators import guide


@pytest.fixture
def as_told(monkeypatch):
    """Run a management command that stands in the guide, and return what it printed.

    In the place of its words in capitals stand those that are given by the same names; `typed` is what is typed
    at its questions. Tests that call it by this name are found by `guide.called_in_tests`.
    """

    def run(line, typed="", **given):
        assert line in guide.lines(), f"docs/operators.md does not tell anyone to type: {line}"
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        said = io.StringIO()
        call_command(*shlex.split(guide.filled_in(line, **given)), stdout=said, stderr=said)
        return said.getvalue()

    return run
