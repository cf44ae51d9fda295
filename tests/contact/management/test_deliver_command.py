"""The loop of `manage.py deliver`: when it does what."""

from types import SimpleNamespace

import pytest
from django.core.management import CommandError

from contact.management.commands import deliver
from contact.models import ErasingRound
from contact.retention.erasing_round import ErasingRefused, erase_expired

HOUR = 3600.0


class ThreeHours:
    """A clock and a stop signal in one: a pause moves the clock on, and after three hours the signal comes."""

    now = 0.0

    def is_set(self):
        return self.now > 3 * HOUR

    def wait(self, seconds):
        self.now += seconds


def test_a_round_of_erasing_comes_every_hour(monkeypatch):
    clock, erased = ThreeHours(), []
    assert erase_expired in deliver.HOURLY
    signals = SimpleNamespace(SIGTERM=15, SIGINT=2, signal=lambda *_: None)
    for name, value in {
        "threading": SimpleNamespace(Event=lambda: clock), "time": SimpleNamespace(monotonic=lambda: clock.now),
        "signal": signals, "close_old_connections": lambda: None, "EACH_ROUND": (),
        "HOURLY": (lambda: erased.append(clock.now),),
    }.items():  # fmt: skip
        monkeypatch.setattr(deliver, name, value)
    deliver.Command().handle(once=False)
    assert erased == [0, HOUR, 2 * HOUR, 3 * HOUR]


def test_once_does_every_task_and_then_names_those_that_failed(monkeypatch):
    done = []

    def write_list():
        raise ValueError("a word of the content")

    def erase():
        raise ErasingRefused(ErasingRound.Outcome.CLOCK_AHEAD)

    monkeypatch.setattr(deliver, "EACH_ROUND", (write_list,))
    monkeypatch.setattr(deliver, "HOURLY", (erase, lambda: done.append("forgotten")))
    with pytest.raises(CommandError) as told:
        deliver.Command().handle(once=True)
    assert done == ["forgotten"]
    assert "write_list (ValueError)" in str(told.value)
    assert str(ErasingRound.Outcome.CLOCK_AHEAD.label) in str(told.value)
    assert "word" not in str(told.value)
