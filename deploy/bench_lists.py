"""Times of every list and form of the admin with 1,000 pages and with 10,000, side by side.

Two throw-away sites on SQLite, one process each, asked in turn so that a noisy minute hits both alike; the
median counts. Prints what it measured, and ends with status 1 when a request failed.
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

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000)
ROUNDS = 7
SECTIONS = 120  # more than one part of the tree's first level, in both sites
PARAGRAPH = "<p>" + "Ord som handler om avrusning og hjelp. " * 30 + "</p>"


# --- one site, in a process of its own ---------------------------------------------------------------
def serve(size: int) -> None:
    """Fill a site, then answer each line of input with the seconds and queries that a request took."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    call_command("load_starter", verbosity=0, stdout=sys.stderr)
    call_command("setup_site", stdout=sys.stderr)
    User.objects.create_superuser("bench")
    requests = fill(size, User.objects.get(username="bench"))
    client = Client()
    client.force_login(User.objects.get(username="bench"))

    def ask(name: str) -> None:
        path, data = requests[name]
        answer = client.get(path) if data is None else client.post(path, data)
        if answer.status_code not in (200, 302):
            sys.exit(f"{name}: {answer.status_code}")

    print(json.dumps(list(requests)), flush=True)
    for line in sys.stdin:
        name = line.strip()
        if name.startswith("count "):
            with CaptureQueriesContext(connection) as queries:
                ask(name.removeprefix("count "))
            print(len(queries), flush=True)
        else:
            started = time.perf_counter()
            ask(name)
            print(time.perf_counter() - started, flush=True)


def fill(size: int, user: Any) -> dict[str, tuple[str, dict[str, str] | None]]:
    """Write the pages and return {name: (address, what is sent)} of what is measured.

    Half of the pages lie under one page, the others in sections. Ten people write. One in ten is deleted,
    one in ten waits to be published, one in twenty has a newer draft, one in twenty a link to what is taken down.
    """
    from datetime import timedelta
    from importlib import import_module

    from django.apps import apps
    from django.contrib.auth.models import User
    from django.db import connection, transaction
    from django.utils import timezone

    from pages.editions.snapshot import FORMAT
    from pages.models import Address, Edition, InsideLink, LinkCheck, OutsideLink, Page, PageTranslation, TextBlock
    from pages.models.edition import digest_of

    now = timezone.now()
    people = [user, *(User.objects.create_user(f"editor{number}") for number in range(9))]
    wide = Page.objects.create(kind="overview", title_nb="Mange", slug_nb="mange", position=500)
    named = Page.objects.get(slug_nb="pris-og-inntak") if Page.objects.filter(slug_nb="pris-og-inntak") else None
    named = named or Page.objects.filter(kind="article").order_by("pk")[0]
    first = wide.pk + 1
    lead = "Kort om dette."
    pages, texts, editions, addresses, rows = [], [], [], [], []
    for n in range(size):
        number, section = first + n, first + size // 2 + (n - size // 2) % SECTIONS
        deleted = now if n % 10 == 9 else None
        page = Page(
            pk=number, kind="overview" if number == section else "article", position=10 * n, in_menu=n == 0,
            parent_id=wide.pk if n < size // 2 else None if number == section else section, deleted_at=deleted,
            title_nb=f"Side {n} om hverdagen", title_nn=f"Side {n} om kvardagen", title_en=f"Page {n}",
            slug_nb=f"side-{n}", slug_nn=f"side-{n}", slug_en=f"page-{n}", lead_nb=lead,
        )  # fmt: skip
        pages.append(page)
        links = f'<p><a href="https://a{n % (size // 3)}.example.no/x">Les om dette</a></p>'
        links += f'<p><a href="page:{named.pk}">Pris</a></p>' if n % 20 == 0 else ""
        bodies = [PARAGRAPH + links, PARAGRAPH, PARAGRAPH]
        texts += [
            TextBlock(parent=page, region="main", ordering=10 * i, body=body, body_nb=body, body_nn=PARAGRAPH)
            for i, body in enumerate(bodies)
        ]
        languages = ("nb", "nn", "en")
        body = [{"type": "text", "body": {"nb": text, "nn": PARAGRAPH, "en": PARAGRAPH}} for text in bodies]
        head: dict[str, Any] = {
            "kind": page.kind, "parent": page.parent_id, "position": page.position, "in_menu": page.in_menu,
            "in_footer": False, "audience": "", "clinical": False, "care_level": "", "reviewed_by": "",
            "reviewed_on": None, "next_review_on": None, "languages": list(languages), "menu_title": {},
            "description": {}, "lead": {"nb": lead},
            "title": {code: getattr(page, f"title_{code}") for code in languages},
            "slug": {code: getattr(page, f"slug_{code}") for code in languages},
        }  # fmt: skip
        newer = head | {"lead": {"nb": "Noe nytt."}}
        for index in range(3):
            drafted, waits = index == 2 and n % 20 == 1, index == 2 and n % 10 == 3
            if index == 2 and not drafted and not waits:
                break
            said = newer if index == 2 else head
            begins = (
                None if drafted else now + timedelta(days=1, minutes=n) if waits else now - timedelta(9 - index)
            )
            edition = Edition(
                page=page, format=FORMAT, head=said, body=body, live_from=begins, digest=digest_of(said, body),
                live_until=now if deleted and index == 1 else None, saved_by=people[n % 10], in_menu=page.in_menu,
            )  # fmt: skip
            editions.append(edition)
        addresses += [
            Address(page=page, language=code, path=head["slug"][code], current=True) for code in languages
        ]
        left = (0, 0, 1, 2)[n % 4]
        states = ["current", "current" if left < 1 else "outdated", "current" if left < 2 else "missing"]
        rows += [
            PageTranslation(page=page, language=code, state=state, left=left if code == "nb" else 0)
            for code, state in zip(languages, states, strict=True)
        ]
    with transaction.atomic():
        Page.objects.bulk_create(pages)
        for model, made in (
            (TextBlock, texts),
            (Edition, editions),
            (Address, addresses),
            (PageTranslation, rows),
        ):
            every: Any = model.objects
            every.bulk_create(made, batch_size=500)
    OutsideLink.objects.all().delete()
    InsideLink.objects.all().delete()
    import_module("pages.migrations.0017_links_by_page").list_links(apps, None)
    checks = sorted(set(OutsideLink.objects.values_list("address", flat=True)))
    LinkCheck.objects.bulk_create(
        LinkCheck(address=one, checked_at=now, status=404 if n % 100 == 0 else 200, ok=n % 100 != 0)
        for n, one in enumerate(checks) if n % 20
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    own, tree = "/admin/pages/page/", "/admin/pages/page/tree/"
    inside = first + size // 4 + 1  # in the middle of the wide level
    find = {"old": "35019500", "new": "35 01 95 99", "links": "on", "text": "on", "_find": "1"}
    return {
        "dashboard": ("/admin/", None),
        "list": (own, None),
        "list, last part": (f"{own}?p={(Page.objects.kept().count() - 1) // 50 + 1}", None),
        "list by title": (f"{own}?o=1", None),
        "list by day": (f"{own}?o=-5", None),
        "list of a kind": (f"{own}?kind__exact=overview", None),
        "list, search": (f"{own}?q=side+77", None),
        "form": (f"{own}{inside}/change/", None),
        "form of a new page": (f"{own}add/", None),
        "front page's form": (f"{own}{Page.objects.get(kind='front').pk}/change/", None),
        "history": (f"{own}{inside}/history/", None),
        "compare": (f"{own}{first + 1}/history/compare/?new={Edition.objects.filter(page=first + 1)[0].pk}", None),
        "translate": (f"{own}{inside}/translate/nn/", None),
        "tree, top": (tree, None),
        "tree, wide level": (f"{tree}?under={wide.pk}", None),
        "tree, last part": (f"{tree}?show={first + size // 2 - 2}", None),
        "tree, search": (f"{tree}?q=side+77", None),
        "tree, press up": (tree, {"up": str(inside)}),
        "move to": (f"{own}{inside}/move/", None),
        "translations": (f"{own}translations/", None),
        "translations, work": (f"{own}translations/?show=work", None),
        "links": (f"{own}links/", None),
        "links, broken": (f"{own}links/?show=broken", None),
        "coming": (f"{own}coming/", None),
        "deleted": (f"{own}deleted/", None),
        "take down": (f"{own}{named.pk}/take-down/", None),
        "delete": (f"{own}{named.pk}/delete/", None),
        "replace, found": (f"{own}replace/", find),
        "message's form": ("/admin/pages/notice/add/", None),
    }


# --- both beside each other ----------------------------------------------------------------------------
def start_site(size: int, folder: str) -> "subprocess.Popen[str]":
    """Start the process of one site."""
    environment = os.environ | {
        "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "mestring.settings", "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, __file__, str(size)], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def ask_site(site: "subprocess.Popen[str]", line: str) -> float:
    """Return the answer of one site."""
    if site.stdin is None or site.stdout is None:
        sys.exit("the site has no pipes")
    site.stdin.write(line + "\n")
    site.stdin.flush()
    answer = site.stdout.readline()
    return float(answer) if answer else sys.exit(f"the site ended at: {line}")


def main(wanted: list[str]) -> None:
    """Measure, and print one line for each list or form; with names, only these."""
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        sites = [start_site(size, folder) for size, folder in zip(SIZES, (few, many), strict=True)]
        try:
            names, _same = ([*json.loads(site.stdout.readline() or "[]")] for site in sites if site.stdout)
            print(f"{'':22}" + "".join(f"{size:>8,} pages" for size in SIZES) + "   ratio   queries")
            for name in [one for one in names if one in wanted or not wanted]:
                times: list[list[float]] = [[], []]
                counts = [round(ask_site(site, f"count {name}")) for site in sites]
                for _round in range(ROUNDS):
                    for site, took in zip(sites, times, strict=True):
                        took.append(ask_site(site, name))
                a, b = (1000 * statistics.median(took) for took in times)
                print(f"{name:22}{a:11.0f} ms{b:11.0f} ms{b / a:8.2f}   {counts[0]} {counts[1]}", flush=True)
        finally:
            for site in sites:
                site.kill()
                site.wait()


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdecimal():
        serve(int(sys.argv[1]))
    else:
        main(sys.argv[1:])
