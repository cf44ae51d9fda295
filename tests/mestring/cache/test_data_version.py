"""The data version changes with every commit of any connection, and with nothing else."""

import pytest
from django.db import connections

from mestring.cache.data_version import DataVersion


def another_connection(folder):
    """Return a connection to the tests' database; where that lies in memory, to a file as the site has."""
    made = connections.create_connection("default")
    if made.vendor == "sqlite":
        made.settings_dict = made.settings_dict | {"NAME": folder / "version.sqlite3"}
    return made


@pytest.fixture
def writer(transactional_db, tmp_path):
    made = another_connection(tmp_path)
    with made.cursor() as cursor:
        cursor.execute("CREATE TABLE stamped (word text)")
    yield made
    with made.cursor() as cursor:
        cursor.execute("DROP TABLE stamped")
    made.close()


@pytest.fixture
def version(writer, tmp_path):
    made = DataVersion(another_connection(tmp_path))
    yield made
    made.connection.close()


def run(writer, statement):
    with writer.cursor() as cursor:
        cursor.execute(statement)


def test_reading_leaves_it_as_it_is(version, writer):
    """PostgreSQL also counts what others write to its other databases, as tests beside this one do: many tries."""
    assert any(same_after_reading(version, writer) for _try in range(200))


def same_after_reading(version, writer):
    before = version.read()
    run(writer, "SELECT * FROM stamped")
    return version.read() == before is not None


@pytest.mark.parametrize("statement", ["INSERT INTO stamped VALUES ('b')", "UPDATE stamped SET word = 'c'",
                                       "DELETE FROM stamped"])  # fmt: skip
def test_every_change_changes_it_also_one_that_no_model_hears_of(version, writer, statement):
    run(writer, "INSERT INTO stamped VALUES ('a')")
    before = version.read()
    run(writer, statement)
    assert version.read() != before


def test_it_differs_again_once_what_was_begun_is_committed(version, writer):
    writer.set_autocommit(False)
    run(writer, "INSERT INTO stamped VALUES ('a')")
    during = version.read()
    writer.commit()
    writer.set_autocommit(True)
    assert version.read() != during


def test_a_connection_that_is_gone_gives_none_and_the_next_look_a_version(version):
    assert version.read()
    version.connection.connection.close()
    assert version.read() is None
    assert version.read()


def test_another_kind_of_database_gives_none(version, monkeypatch):
    monkeypatch.setattr(version.connection, "vendor", "oracle")
    assert version.read() is None
