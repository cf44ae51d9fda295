"""The PostgreSQL server dies and comes back; neither its log nor any of its files tells what people write."""

import re
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest

from deploy import throwaway_postgres
from tests import building, site_database
from tests.conftest import RunningSite
from tests.contact.conftest import CANARY
from tests.contact.traces import found_in, traces_of
from tests.site_database import ON_POSTGRESQL

pytestmark = [
    pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL"),
    pytest.mark.xdist_group("database faults"),
    pytest.mark.proof("crashes"),
]
LONG = f"{CANARY} " * 400


@pytest.fixture
def server():
    if throwaway_postgres.programs() is None:
        pytest.skip(throwaway_postgres.MISSING)
    with throwaway_postgres.cluster() as made:
        yield made


@pytest.fixture
def site(server, built_site, tmp_path):
    """A site on a server of its own, with the settings that PostgreSQL comes with."""
    building.copy(built_site, tmp_path, "keyed")
    dump = [server.programs / "pg_dump", "--no-owner", site_database.url_of(tmp_path)]
    tables = subprocess.run(dump, capture_output=True, check=True).stdout
    fill = [server.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", server.url]
    subprocess.run(fill, input=tables, capture_output=True, check=True)
    made = RunningSite(tmp_path, {"DATABASE_URL": server.url})
    made.start()
    yield made
    made.stop()


def say(server, statement):
    import psycopg

    with psycopg.connect(server.url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def form_of(site):
    return urllib.request.urlopen(f"{site.url}/kontakt/pasient/").url


def post(address, **answers):
    body = urllib.parse.urlencode({"message": LONG, "phone": "900 00 000", **answers}).encode()
    try:
        with urllib.request.urlopen(address, body, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_server_that_dies_and_comes_back_loses_nothing_and_keeps_no_word(site, server):
    before, during = form_of(site), form_of(site)
    status, receipt = post(before, step="send")
    assert status == 200
    server.stop(signal.SIGQUIT)  # as in a crash
    for step in ("send", ""):
        status, page = post(during, step=step)
        assert status in ((503,) if step else (200, 503))
        assert LONG.strip() in page
        assert "tel:+4735019500" in page
    server.start()
    again = post(before, step="send")[1]
    reference = re.compile(r'reference-number">([\w-]+)<')
    assert reference.search(again)[1] == reference.search(receipt)[1]
    assert post(during, step="send")[0] == post(during, step="send")[0] == 200
    assert say(server, "SELECT count(*) FROM contact_inquiry") == [(2,)]

    # What a server writes down by itself: statements that fail, with the row they were about.
    say(server, "ALTER TABLE contact_inquiry ADD CONSTRAINT refused CHECK (language = 'xx') NOT VALID")
    form = form_of(site)
    assert post(form, step="send")[0] == 503
    say(server, "ALTER TABLE contact_inquiry DROP CONSTRAINT refused")
    say(server, "ALTER TABLE contact_delivery RENAME TO away")
    assert post(form, step="send")[0] == 503
    say(server, "ALTER TABLE away RENAME TO contact_delivery")
    assert post(form, step="send")[0] == 200
    say(server, "CHECKPOINT")
    log = server.log.read_text(encoding="utf-8")
    assert 'violates check constraint "refused"' in log
    assert "contact_delivery" in log
    assert len(list((server.folder / "data" / "pg_wal").iterdir())) > 1
    assert found_in(server.folder, traces_of(CANARY)) == []
    assert found_in(site.data_dir, traces_of(CANARY)) == []
