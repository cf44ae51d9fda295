"""What a person writes stands nowhere in the clear: not in the data folder, not in a log, not in a mail."""

import logging
import re
import subprocess
import urllib.parse
import urllib.request

import pytest

from deploy import throwaway_postgres
from tests import site_database
from tests.conftest import run, running
from tests.contact.conftest import CANARY
from tests.contact.traces import found_in, traces_of
from tests.site_database import ON_POSTGRESQL

pytestmark = pytest.mark.xdist_group("no traces")  # most share one site
TRACES = traces_of(CANARY)
VISITOR = "203.0.113.77"
LONG = f"Hei. {CANARY}! " * 330  # in a form, more than the sixteen kilobytes that a proxy keeps in memory unasked


@pytest.fixture(scope="module")
def site(built_site, tmp_path_factory):
    """A running site behind a proxy, with a key, and mail as files."""
    with running(built_site, tmp_path_factory.mktemp("traces"), "keyed", TRUSTED_PROXIES="1") as made:
        yield made


def places_with_traces(folder, traces=TRACES):
    """Look through the folder of a site, and on PostgreSQL through a dump of its database."""
    assert len([path for path in folder.rglob("*") if path.is_file()]) > 5
    if ON_POSTGRESQL:
        dump = [throwaway_postgres.programs() / "pg_dump", "--inserts", site_database.url_of(folder)]
        (folder / "dump.sql").write_bytes(subprocess.run(dump, capture_output=True, check=True).stdout)
    return found_in(folder, traces)


def ask(site, sql):
    return next(iter(site_database.ask(site.data_dir, sql)), [None])[0]


def send(site, path, **answers):
    address = urllib.request.urlopen(f"{site.url}{path}").url
    data = urllib.parse.urlencode({"step": "send", "message": LONG, "name": CANARY, **answers}).encode()
    with urllib.request.urlopen(address, data) as answer:
        assert answer.status == 200
        return " ".join(re.findall(r"<b>([\w ]{19})</b>", answer.read().decode()))


def take_step(site, code, step, **more):
    data = urllib.parse.urlencode({"code": code, "step": step, **more}).encode()
    form = re.search(r'\?form=[^"]+', urllib.request.urlopen(f"{site.url}/kontakt/svar/").read().decode())[0]
    with urllib.request.urlopen(f"{site.url}/kontakt/svar/{form}", data) as answer:
        return answer.read().decode()


def test_an_inquiry_from_each_form_leaves_no_trace_in_the_clear(site):
    for path in ("/kontakt/pasient/", "/kontakt/parorende/", "/en/contact/patient/", "/nn/kontakt/parorande/"):
        send(site, path, phone="900 00 000")
    send(site, "/kontakt/henviser/", workplace=f"{CANARY} legekontor", email="lege@example.org", when=CANARY)
    for refused in ({"email": "not an address"}, {"when": f"{CANARY} 578201 00192"}):
        with pytest.raises(urllib.error.HTTPError):
            send(site, "/kontakt/henviser/", **refused)
    site.manage("deliver", "--once")
    mails = list((site.data_dir / "mail").iterdir())
    assert mails
    assert places_with_traces(site.data_dir) == []
    # The trap is armed: with the paper the words come out, so they were there all along.
    reference = ask(site, "SELECT reference FROM contact_inquiry LIMIT 1")
    paper = site.data_dir / "keys" / "recovery-paper.txt"
    assert CANARY in site.manage("inbox", "open", reference, "--paper", str(paper))
    assert places_with_traces(site.data_dir) == []


# After the test above: the mail that it asks for has the address in it, and is not delivered here.
ANSWER = """
import sys, uuid
import django; django.setup()
from django.contrib.auth.models import User
from contact.cases.writing import notes, replies
from contact.cases.unread import newest_entry
from contact.models import Inquiry
from contact.crypto.return_code import locator_of, parse_code
inquiry = Inquiry.objects.get(locator=locator_of(parse_code(sys.argv[1])))
user = User.objects.create_user("ivar")
more = {"form": uuid.uuid4(), "seen": newest_entry(inquiry), "page": "https://example.org/"}
replies.reply(inquiry, sys.argv[2], user, mail_to=sys.argv[2] + "@example.org", **more)
notes.add_note(inquiry, sys.argv[2], user, form=uuid.uuid4())
"""


def test_a_thread_leaves_no_trace_of_code_answer_or_address_in_the_clear(site):
    code = send(site, "/kontakt/pasient/", reach="email", email="sol@example.org")
    take_step(site, code, "add", message=LONG)
    run(["-c", ANSWER, code, CANARY], site.environment)
    assert CANARY in take_step(site, code, "")
    assert places_with_traces(site.data_dir) == []
    groups = code.split(" ")
    secrets = [code.encode(), "".join(groups).encode(), "+".join(groups).encode(), "%20".join(groups).encode()]
    assert len(groups) == 8
    for path in site.data_dir.rglob("*"):
        if path.is_file() and "static" not in path.parts:
            content = path.read_bytes()
            assert not any(secret in content for secret in secrets), path.name


def test_the_address_of_a_visitor_stands_in_no_table_and_no_log(site):
    counts = "SELECT count(*) FROM contact_throttlecount"
    before = ask(site, counts)

    def visit(path, **answers):
        body = urllib.parse.urlencode(answers).encode() or None
        request = urllib.request.Request(f"{site.url}{path}", body, {"X-Forwarded-For": VISITOR})
        with urllib.request.urlopen(request) as answer:
            return answer.url.removeprefix(site.url)

    form = visit("/kontakt/pasient/")
    visit(form, step="send", message="Hei")
    visit("/kontakt/")
    visit("/sok/?q=hei")
    with pytest.raises(urllib.error.HTTPError):
        visit("/finnes-ikke/")
    assert ask(site, counts) == before + 1  # the address was read
    assert places_with_traces(site.data_dir, [VISITOR.encode()]) == []


def test_the_search_for_traces_finds_each_kind(tmp_path):
    for trace in TRACES:
        (tmp_path / "leak").write_bytes(b"before" + trace + b"after")
        assert found_in(tmp_path, TRACES)


def test_a_database_that_cannot_be_written_leaves_no_trace_in_the_log(failing_site):
    site = failing_site
    with pytest.raises(urllib.error.HTTPError) as caught:
        send(site, "/kontakt/pasient/")
    assert caught.value.code == 503
    assert CANARY in caught.value.read().decode()
    assert places_with_traces(site.data_dir) == []
    lines = (site.data_dir / "gunicorn.log").read_text(encoding="utf-8")
    assert re.search(r"ERROR contact.views \[\d{4}-\d{4}\] .*could not be stored", lines)
    assert "INFO gunicorn.error Starting gunicorn" in lines  # its own lines too are written by our logger


@pytest.mark.django_db
def test_the_log_of_each_step_is_silent_about_content(inquiry, inquiry_client, caplog):
    with caplog.at_level(logging.DEBUG):
        inquiry_client.get(f"/admin/contact/inquiry/{inquiry.pk}/change/")
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any(CANARY in line for line in lines)
