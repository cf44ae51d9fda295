"""The runbook names pages and commands that there are."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.utils import translation

from mestring.staff.incident.events import EVENTS
from mestring.staff.incident.runbook import runbook_for
from mestring.staff.incident.steps import Command, Service

ROOT = Path(__file__).parents[4]
COMMANDS = sorted(
    {one.line for event in EVENTS for step in event.steps for one in step.links if isinstance(one, Command)}
)


def links(person):
    return [link for event in runbook_for(person) for step in event.steps for link in step.links]


def test_there_are_the_seven_events_and_each_begins_with_what_is_done_first():
    names = [event.name for event in EVENTS]
    assert names == [
        "stolen-computer", "stolen-paper", "leaked-backup", "planted-key", "server-taken-over", "mass-erasing",
        "wrong-publication",
    ]  # fmt: skip
    assert all(len(event.steps) >= 4 for event in EVENTS)


@pytest.mark.django_db
def test_each_link_leads_to_a_page(administrator, administrator_client, keyring):
    addresses = {link.address for link in links(administrator)} - {""}
    assert len(addresses) >= 12
    assert {address: administrator_client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


@pytest.mark.django_db
def test_a_reader_without_the_right_is_told_the_role_in_place_of_a_link(accounts):
    of_keys = [link for link in links(accounts) if link.role == "Nøkkelansvarlige"]
    assert of_keys
    assert not any(link.address for link in of_keys)


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_is_one_that_manage_py_understands(line):
    name, *options = line.split()
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    parser.parse_args(options)  # ends the test when it does not understand one


def test_each_service_is_a_unit_of_the_installation():
    named = {
        one.name for event in EVENTS for step in event.steps for one in step.links if isinstance(one, Service)
    }
    assert named
    assert all((ROOT / f"deploy/debian/units/{name}.service").exists() for name in named)


def test_the_page_s_own_command_is_one_of_them():
    shown = (ROOT / "templates/admin/incident/trace.html").read_text(encoding="utf-8")
    assert set(re.findall(r"manage\.py ([^<]+)<", shown)) <= set(COMMANDS)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_step_is_told_in_both_languages(language):
    words = [words for event in EVENTS for words in (event.title, *(step.words for step in event.steps))]
    with translation.override("en"):
        english = [str(one) for one in words]
    with translation.override(language):
        assert not set(map(str, words)) & set(english)
