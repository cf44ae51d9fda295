"""Times of the inbox with 1,000 inquiries and with 200,000, side by side; of unlocking, opening and searching.

Two throw-away sites, one process each, asked in turn so that a noisy minute hits both alike; the median counts.
On SQLite, or on the PostgreSQL that DATABASE_URL names: then in two databases beside it, dropped afterwards.
Prints what it measured, and ends with status 1 when a request failed. `python deploy/bench_inbox.py [names…]`
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (1_000, 200_000)
ROUNDS = 15
PASSPHRASE = "gul traktor ved sjøen 7 kråker"  # noqa: S105 (of a throw-away site)
MESSAGE = "Jeg trenger noen å snakke med om hvordan det går hjemme. " * 8
BATCH, SHOWN = 2_000, 1_500
LIST, UNLOCK = "/admin/contact/inquiry/", "/admin/contact/inquiry/unlock/"


# --- one site, in a process of its own ---------------------------------------------------------------
def serve(size: int) -> None:
    """Fill a site, then answer each line of input with the seconds that a request took."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    call_command("setup_site", stdout=sys.stderr)
    user = make_reader("bench")
    fill(size, user)
    client = Client()
    client.force_login(user)
    deeds = deeds_of(client, user)
    print(json.dumps(list(deeds)), flush=True)
    for line in sys.stdin:
        name = line.strip()
        if name.startswith("count "):
            with CaptureQueriesContext(connection) as queries:
                deeds[name.removeprefix("count ")]()
            print(len(queries), flush=True)
        else:
            started = time.perf_counter()
            deeds[name]()
            print(time.perf_counter() - started, flush=True)


def make_reader(name: str) -> Any:
    """Make an account with the rights of an administrator who reads the inbox."""
    from django.contrib.auth.models import Group, User

    user = User.objects.create_superuser(name)
    user.groups.set(Group.objects.all())
    return user


def fill(size: int, user: Any) -> None:
    """Write inquiries of a year, with what the access log and the thread have of them.

    Those at both ends, which lists and search show, are sealed as real ones are; the others hold as many bytes.

    Two of five are closed, two wait for an answer, one is answered. Half of the open ones have no owner, one in
    25 is ours; one in ten came in English. So the lists of both sites fill a page, but for what is rare in both.
    """
    from datetime import timedelta
    from uuid import uuid4

    from django.db import connection
    from django.utils import timezone

    from contact.crypto.sealing import seal
    from contact.keys import colleagues, key_holders
    from contact.keys.keyring import sealing_key
    from contact.models import AccessEntry, Inquiry, Message
    from contact.sender.receipt import canonical_answers

    key, public = sealing_key()
    staff_key = colleagues.enrol(user, PASSPHRASE)
    colleagues.let_in([staff_key], key_holders.open_with_server_grant)
    people = [user, *(make_reader(f"colleague{number}") for number in range(12))]
    now, step = timezone.now(), timedelta(days=360) / size
    answers = canonical_answers("patient", {"message": MESSAGE, "name": "Sol", "phone": "900 00 000"})
    as_long = os.urandom(len(seal(answers, public, uuid4(), Inquiry.SEALED_FIELD)))
    for first in range(0, size, BATCH):
        inquiries, entries, messages = [], [], []
        for n in range(first, min(first + BATCH, size)):
            at, pk, turn = now - (n + 1) * step, uuid4(), n % 5
            is_shown = n < SHOWN or n >= size - SHOWN
            inquiries.append(Inquiry(
                id=pk, reference=f"{n:09}", locator=f"{n:032x}", key=key, received_at=at, role=(
                    "referrer" if n % 20 == 7 else ("patient", "relative")[n % 2]
                ), language="en" if n % 10 == 3 else "nn" if n % 20 == 4 else "nb", quarantined=n % 30 == 0,
                status="closed" if turn < 2 else "open", closed_at=at if turn < 2 else None,
                waiting_since=at if turn in (2, 3) else None,
                owner=people[n // 2 % 25 % 13] if n // 2 % 25 < 13 else None,
                sealed=seal(answers, public, pk, Inquiry.SEALED_FIELD) if is_shown else as_long,
            ))  # fmt: skip
            entries.append(AccessEntry(inquiry_id=pk, reference=f"{n:09}", action="received", at=at))
            if n % 10:
                look = {"user": people[n % 13], "username": "x", "action": "opened", "at": at + timedelta(hours=1)}
                entries.append(AccessEntry(inquiry_id=pk, reference=f"{n:09}", **look))
            if turn not in (2, 3):
                message = Message(inquiry_id=pk, kind="reply", key=key, written_at=at)
                sealed = seal(answers, public, message.pk, Message.SEALED_FIELD) if is_shown else as_long
                message.sealed = sealed
                messages.append(message)
        for model, made in ((Inquiry, inquiries), (AccessEntry, entries), (Message, messages)):
            every: Any = model.objects
            every.bulk_create(made, batch_size=500)
    if connection.vendor == "postgresql":  # a server does it by itself some time; SQLite never does
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def deeds_of(client: Any, user: Any) -> dict[str, Any]:
    """Return {name: what is measured}."""
    from django.utils import timezone

    from contact.admin.inbox.keyset_pagination import Cursor
    from contact.admin.inbox.list_query import ListQuery
    from contact.cases.search import search
    from contact.cases.summaries import summarize_cases
    from contact.keys import key_holders
    from contact.models import Inquiry

    middle = Inquiry.objects.filter(status="open").order_by("received_at")[Inquiry.objects.count() // 20]
    mark = Cursor(middle.received_at, middle.pk)
    late, back = ListQuery(show="open", after=mark), ListQuery(show="open", before=mark)
    server_file, hidden = key_holders.server_key_file(), key_holders.server_key_file().with_suffix(".away")

    def get(path: str, *, opens: bool = False) -> Any:
        def ask() -> None:
            if not opens and server_file.exists():
                server_file.rename(hidden)  # the list as it is while the inbox is locked
            if opens and hidden.exists():
                hidden.rename(server_file)
            if (answer := client.get(path)).status_code != 200:
                sys.exit(f"{path}: {answer.status_code}")

        return ask

    def unlock() -> None:
        if client.post(UNLOCK, {"passphrase": PASSPHRASE}).status_code != 302:
            sys.exit("not unlocked")

    def rows() -> list[Any]:
        return list(Inquiry.objects.filter(status="open").order_by("-received_at").select_related("key")[:100])

    def with_server_file(deed: Any) -> Any:
        def do() -> None:
            if hidden.exists():
                hidden.rename(server_file)
            deed()

        return do

    def open_rows() -> None:
        found = summarize_cases(rows(), user, key_holders.open_with_server_grant)
        if len(found) != 100 or None in found.values():
            sys.exit("rows that do not open")

    def find() -> None:
        if search("snakke HJEMME", user, key_holders.open_with_server_grant).searched < min(500, rows_open):
            sys.exit("not all were searched")

    rows_open = Inquiry.objects.filter(status="open").count()
    print(f"{timezone.now():%H:%M:%S} {rows_open} open", file=sys.stderr)
    lists = {
        "list": "", "over time": "show=over", "all open": "show=open", "open for long": "show=long",
        "closed": "show=closed", "mine": "owner=mine", "mine, all open": "show=open&owner=mine",
        "mine, closed": "show=closed&owner=mine", "nobody's": "owner=nobody",
        "nobody's, all open": "show=open&owner=nobody", "from referrers": "role=referrer",
        "in English": "language=en", "English, all open": "show=open&language=en",
        "hardly anything": "show=open&owner=mine&role=referrer&language=en",
        "a late page": str(late), "a late page, back": str(back),
    }  # fmt: skip
    return {
        "first page": get("/admin/"),
        **{name: get(f"{LIST}?{query}") for name, query in lists.items()},
        "list with names": get(LIST, opens=True),
        "unlock": unlock,
        "open 100 rows": with_server_file(open_rows),
        "search 500": with_server_file(find),
    }


# --- both beside each other ----------------------------------------------------------------------------
def start_site(size: int, folder: str, database: str) -> "subprocess.Popen[str]":
    """Start the process of one site."""
    environment = os.environ | {
        "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "mestring.settings", "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    if database:
        environment["DATABASE_URL"] = database
    return subprocess.Popen(
        [sys.executable, __file__, "serve", str(size)], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def ask_site(site: "subprocess.Popen[str]", line: str) -> float:
    """Return the answer of one site."""
    if site.stdin is None or site.stdout is None:
        sys.exit("the site has no pipes")
    site.stdin.write(line + "\n")
    site.stdin.flush()
    answer = site.stdout.readline()
    return float(answer) if answer else sys.exit(f"the site ended at: {line}")


def own_databases(url: str) -> list[str]:
    """Make an empty database for each size beside the one that is named, and return their addresses."""
    import psycopg

    name = urlsplit(url).path.removeprefix("/")
    with psycopg.connect(url, autocommit=True) as connection:
        for size in SIZES:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}_bench_{size}"')
            connection.execute(f'CREATE DATABASE "{name}_bench_{size}"')
    return [urlsplit(url)._replace(path=f"/{name}_bench_{size}").geturl() for size in SIZES]


def main(wanted: list[str]) -> None:
    """Measure, and print one line for each; with names, only these."""
    url = os.environ.get("DATABASE_URL", "")
    on_postgresql = url.startswith("postgres")
    databases = own_databases(url) if on_postgresql else ["" for _size in SIZES]
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        sites = [start_site(*one) for one in zip(SIZES, (few, many), databases, strict=True)]
        try:
            names, _same = ([*json.loads(site.stdout.readline() or "[]")] for site in sites if site.stdout)
            sizes = "".join(f"{size:>10,}   " for size in SIZES)
            print(
                f"{'PostgreSQL' if on_postgresql else 'SQLite':22}{sizes}  ratio   queries   fastest", flush=True
            )
            for name in [one for one in names if one in wanted or not wanted]:
                times: list[list[float]] = [[], []]
                counts = [round(ask_site(site, f"count {name}")) for site in sites]
                for _round in range(ROUNDS):
                    for site, took in zip(sites, times, strict=True):
                        took.append(ask_site(site, name))
                a, b = (1000 * statistics.median(took) for took in times)
                fastest = " ".join(f"{1000 * min(took):.0f}" for took in times)
                print(
                    f"{name:22}{a:10.1f} ms{b:10.1f} ms{b / a:8.2f}   {counts[0]} {counts[1]}     {fastest} ms",
                    flush=True,
                )
        finally:
            for site in sites:
                site.kill()
                site.wait()
            if on_postgresql:
                drop(url)


def drop(url: str) -> None:
    """Take the databases away again."""
    import psycopg

    name = urlsplit(url).path.removeprefix("/")
    with psycopg.connect(url, autocommit=True) as connection:
        for size in SIZES:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}_bench_{size}" WITH (FORCE)')


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
    else:
        main(sys.argv[1:])
