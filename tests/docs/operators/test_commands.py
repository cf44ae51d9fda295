"""Every command in docs/operators.md is one that is there, and a test types it."""

import shlex

import pytest
from django.core.management import get_commands, load_command_class

from tests.docs.operators import guide

FILLED = {"NUMBER": 2, "SECONDS": 5, "DAY": "2026-11-01"}  # where a command asks for more than any word


def parser_of(name):
    return load_command_class(get_commands()[name], name).create_parser("manage.py", name)


def essence(line):
    """The command with its verb and options: what a line that is run shares with one that is told."""
    name, *words = line.split()
    verb = words[:1] if name == "inbox" else []
    return [name, *verb], {word for word in words if word.startswith("-")}


def is_typed(line, typed):
    """Say whether one of the lines that tests type is this one, or the same with more."""
    command, options = essence(line)
    return any(essence(other)[0] == command and options <= essence(other)[1] for other in typed)


@pytest.mark.parametrize("line", sorted(set(guide.managed())))
def test_each_management_command_is_one_that_manage_py_understands(line):
    name, *words = shlex.split(guide.filled_in(line, **FILLED))
    is_whole = len(words) > (name == "inbox")  # else the guide only speaks of it
    if is_whole:
        parser_of(name).parse_args(words)  # ends the test when it does not understand one
    elif words:
        assert words[0] in parser_of(name).format_help()


def test_each_management_command_is_typed_by_a_test():
    typed = guide.called_in_tests("as_told")
    assert len(set(guide.managed())) > 40
    assert [line for line in guide.managed() if not is_typed(line, typed)] == []


def test_each_line_of_the_shell_is_typed_in_a_bare_debian():
    """By line (`as_told`), or with all blocks under a heading (`blocks_as_told`): tests/deploy/walk does both."""
    typed = guide.called_in_tests("as_told")
    for heading in guide.called_in_tests("blocks_as_told"):
        typed |= {line for block in guide.blocks(guide.under(heading)) for line in guide.typed_lines(block)}
    others = [line for line in guide.lines() if line not in guide.managed()]
    assert "deploy/install ~/answers.toml" in others
    assert [line for line in others if line not in typed] == []


def test_each_of_our_commands_is_told_of():
    told = {line.split()[0] for line in guide.managed()}
    assert guide.management_commands() - told == set()


def test_no_option_stands_without_its_command():
    assert not [code for code in guide.code() if code.startswith("--")]
