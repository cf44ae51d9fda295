"""A restored backup is counted with the tables of the day it was made, not with today's models."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.query import QuerySet

from contact.models import Inquiry
from contact.retention.quarterly_statistics import read_countable
from tests.contact.retention.test_quarterly_statistics import add, replied, wrote

pytestmark = pytest.mark.django_db
# The first migration whose tables a backup can have: from then on inquiries are counted by quarter.
FIRST = "0010_tally"


def migrations_since_the_first_statistics():
    names = sorted(name for app, name in MigrationExecutor(connection).loader.disk_migrations if app == "contact")
    return names[names.index(FIRST) :]


def test_historical_models_are_counted_as_todays_are(keyring):
    replied(wrote(keyring), timedelta(hours=3))
    add(wrote(keyring, role="relative"), "note", timedelta(hours=1))
    add(
        wrote(keyring, role="referrer", quarantined=True), "sender", timedelta(hours=2)
    )  # spam that became a thread
    wrote(keyring, language="en", quarantined=True)
    today = read_countable(Inquiry.objects.order_by("pk"))
    assert len(today) == 3
    executor = MigrationExecutor(connection)
    names = migrations_since_the_first_statistics()
    assert len(names) > 3
    for name in names:
        apps = executor.loader.project_state([("contact", name)]).apps
        then = QuerySet(apps.get_model("contact", "Inquiry"))
        assert sorted(map(repr, read_countable(then))) == sorted(map(repr, today)), name
