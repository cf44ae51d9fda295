"""Two machines are deployed at once: the second waits."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mestring.staff import deployment_turn as turns
from mestring.staff.deployment_turn import deployment_turn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["migrate", "load_starter", "setup_site"])
def test_each_command_of_a_deployment_waits_for_another_and_says_so_in_the_end(command, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.0)
    with deployment_turn(), pytest.raises(CommandError, match="Ingenting er gjort"):
        call_command(command, verbosity=0)
    with deployment_turn():
        pass  # the other's has ended, and the command that gave up holds none


def test_the_second_goes_on_as_soon_as_the_first_has_ended_also_when_it_failed(monkeypatch):
    monkeypatch.setattr(turns, "PAUSE", 0.01)
    done = []

    def second():
        with deployment_turn():
            done.append("second")
        connection.close()

    waiting = threading.Thread(target=second)

    def first():
        with deployment_turn():
            waiting.start()
            waiting.join(0.2)
            done.append("first")
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 (this very one)
        first()
    waiting.join(60)
    assert done == ["first", "second"]
