"""A site of the first releases, of before there was an installer, and how it comes under it.

What docs/operators.md tells operators to type, under "A site from before", is what is run here.
"""

import os
from pathlib import Path

from tests.deploy.walk.shell import CONFIGURATION, STATE, as_told, blocks_as_told, in_django, install, sh, site
from tests.deploy.walk.visitors import REFERENCE, ask

OLDER = Path("/walk/older")
DATA = OLDER / "var"
WORDS = ("Jeg skrev dette i fjor.", "Broren min drikker igjen.")
LEAD = "Dette skrev en kollega før oppgraderingen."
MADE = f"""
from django.contrib.auth.models import User
from contact.intake import receive
from contact.receipt import new_token, nonce_of
from pages.models import Page
from pages.publishing import publish, save_draft
editor = User.objects.get()
for words in {WORDS!r}:
    print(receive("patient", "nb", {{"message": words, "phone": "900 00 000"}}, nonce_of(new_token())).reference)
for page in Page.objects.filter(kind="front") | Page.objects.filter(slug_nb="avrusning"):
    page.lead_nb = {LEAD!r}
    page.slug_nb = page.slug_nb and "avrusning-hos-oss"
    page.save()
    publish(save_draft(page, by=editor), by=editor)
"""
OPENED = """
from django.contrib.auth.models import User
from contact.cases.reading import open_inquiry
from contact.models import Inquiry
for inquiry in Inquiry.objects.order_by("received_at"):
    print(open_inquiry(inquiry, User.objects.get())["message"])
"""


def make(database):
    """Install that code, take two inquiries, edit two pages; return the references."""
    settings = {**os.environ, "DATA_DIR": str(DATA)}
    if database == "postgresql":
        sh(
            "su",
            "postgres",
            "-c",
            "psql -c \"CREATE ROLE older LOGIN PASSWORD 'older'\" && createdb -O older older",
        )
        settings["DATABASE_URL"] = "postgres://older:older@127.0.0.1/older"
    DATA.mkdir(mode=0o700)
    as_told("sh deploy/install.sh .venv requirements/runtime.txt", cwd=OLDER, env=settings)
    for command in (["migrate"], ["load_starter"], ["setup_site"], ["shell", "--no-imports", "-c", MADE]):
        said = sh(".venv/bin/python", "manage.py", *command, cwd=OLDER, env=settings)
    return REFERENCE.findall(said)


def leave_no_site(database):
    """The machine is as before its first site; that one's data and settings lie elsewhere."""
    for folder in (STATE, CONFIGURATION):
        folder.rename(folder.with_name("removed"))
    if database == "postgresql":
        sh("userdel", "site_deliverer")
        # The one that an upgrade which failed has left, too.
        databases = "dropdb mestringshusene && dropdb --if-exists mestringshusene_failed"
        roles = " && ".join(f"dropuser {role}" for role in ("site_deliverer", "site", "site_owner"))
        sh("su", "postgres", "-c", f"{databases} && {roles}")
    sh("userdel", "site")


def hand_over(database):
    """Do what the operators' guide says."""
    if database == "postgresql":
        sh("su", "postgres", "-c", "pg_dump -Fc -f /tmp/older older")
    blocks_as_told("A site from before", database=database, OLD=DATA, DUMP="/tmp/older")


def comes_under_the_installer(database):
    """Install over that data: the inquiries open, and the pages are as their editor left them."""
    references = make(database)
    leave_no_site(database)
    hand_over(database)
    paper = (STATE / "data/recovery-paper.txt").read_text()
    install()
    assert tuple(in_django(OPENED).splitlines()) == WORDS
    (Path("/walk/paper")).write_text(paper)
    assert WORDS[0] in site("inbox", "open", references[0], "--paper", "/walk/paper")
    site("inbox", "audit", "--verify")
    for asked, found in (("/", "/"), ("/avrusning/", "/avrusning-hos-oss/")):
        status, text, address = ask(asked)
        assert (status, address, LEAD in text) == (200, found, True), (asked, status, address)
    assert sh("curl", "-fsS", "http://127.0.0.1:8000/readyz").startswith("ready")
