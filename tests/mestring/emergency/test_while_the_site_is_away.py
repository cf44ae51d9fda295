"""The application and its database are gone, and nginx stands alone: what a visitor then reads."""

import posixpath
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import html5lib
import pytest

from tests import nginx
from tests.conftest import ROOT, run, running, visiting
from tests.following import follow
from tests.mestring.emergency.conftest import without_search, words_of
from tests.mestring.web.test_headers import EXPECTED

pytestmark = [pytest.mark.xdist_group("emergency"), pytest.mark.proof("emergency"), pytest.mark.browser]

LINE = re.compile(
    r"(Nettstedet er nede akkurat nå|Nettstaden er nede akkurat no|The website is down just now)\. "
    r".{20,70}? Ring 35 01 95 00 \. "
)
CONTACT = re.compile(r"^/((nn|en)/)?(kontakt|contact)/")
# A page with a claim that has run out, one that is down, and a draft.
NOT_FOR_VISITORS = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from pages.editions.publishing import publish, save_draft, take_down
from pages.models import ClaimBlock
from tests import factories
factories.draft("kladd", body="<p>Kanarikladd</p>")
take_down(factories.live("nede", body="<p>Kanarinede</p>"))
page = factories.draft("punkt", body="<p>Kanaripunkt</p>")
claim = factories.claim("Kanarikrav.", valid_until=timezone.localdate() - timedelta(days=1))
ClaimBlock.objects.create(parent=page, region="main", ordering=20, claim=claim)
publish(save_draft(page, by=None), by=None)
"""


@dataclass
class Away:
    """What is left: nginx, the copies, and what the pages said while the site was there."""

    url: str
    copies: Path
    live: dict[str, str] = field(default_factory=dict)


def ask(url):
    try:
        answer = urllib.request.urlopen(url, timeout=30, context=nginx.TRUST)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read().decode(errors="replace")


@pytest.fixture(scope="module")
def away(built_site, tmp_path_factory):
    data, front = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("nginx")
    copies = front / "emergency"
    with running(built_site, data, "every_kind") as site:
        run(["-c", NOT_FOR_VISITORS], site.environment)
        done = subprocess.run(
            [sys.executable, "manage.py", "copy_pages", str(copies)],
            cwd=ROOT, env=site.environment, capture_output=True, text=True,
        )  # fmt: skip
        # One page of this site is broken on purpose, in bokmål (tests/journeys/every_kind.py).
        assert (done.returncode, "kopieres: 1." in done.stderr) == (1, True), done.stderr
        live = {
            path: ask(site.url + path)[2]
            for page in copies.rglob("index.html")
            for path in ["/" + page.parent.relative_to(copies).as_posix().removeprefix(".").strip("/")]
            for path in [path if path == "/" else f"{path}/"]
        }
    shutil.rmtree(data)
    with nginx.running(front, "localhost", site.port) as secure:
        yield Away(f"https://localhost:{secure}", copies, live)


def links_of(html, base):
    """Return the addresses on this host that a page names, as a browser reads them."""
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        link = element.get("href") or element.get("src") or ""
        if link and not re.match(r"[a-z]+:|#", link):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(base), link.partition("#")[0]))


def test_a_visitor_who_follows_every_link_meets_every_page_and_no_dead_end(away):
    waiting, seen, pages = ["/", "/nn/", "/en/"], set(), set()
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith("/i-stykker-nb/"):
            continue
        seen.add(path)
        status, headers, text = ask(away.url + path)
        if path.startswith("/emergency.files/"):
            assert status == 200, path
            continue
        pages.add(path.removesuffix("index.html"))
        assert status == 503, path
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Cache-Control"] == "no-store"
        for name, value in EXPECTED.items():
            assert headers[name] == value
        assert LINE.search(words_of(text).replace("\u00a0", " ")), path
        waiting += links_of(text, path if path.endswith("index.html") else f"{path}index.html")
    assert any(name.endswith((".jpg", ".png")) for name in seen)
    assert pages == reached(away.live)


def reached(live):
    """Return the pages that links of the live site led to."""
    waiting, found = ["/", "/nn/", "/en/"], set()
    while waiting:
        if (path := waiting.pop()) in live and path not in found:
            found.add(path)
            waiting += re.findall(r'href="(/[^"#?]*)', live[path])
    return found


def test_each_copy_has_the_words_of_the_live_page(away):
    for path, html in away.live.items():
        said = LINE.sub("", words_of(ask(away.url + path)[2]).replace("\u00a0", " "), count=1)
        live = words_of(without_search(html)).replace("\u00a0", " ")
        if CONTACT.match(path):
            assert "<form" not in ask(away.url + path)[2]
            continue
        live = re.sub(r" (Legg datoene|Legg datoane|Put the dates) [^()]*\([^)]*\)", "", live)
        assert said == live, path
    assert len(away.live) > 90


def test_no_draft_and_nothing_that_ended_is_there(away):
    every = "".join(page.read_text(encoding="utf-8") for page in away.copies.rglob("index.html"))
    assert "Kanaripunkt" in every
    assert set(re.findall(r"Kanari\w+", every)) == {"Kanaripunkt"}
    assert ask(f"{away.url}/sok/?q=angst")[0] == 503
    assert "35 01 95 00" in ask(f"{away.url}/finnes-ikke/")[2]


def test_axe_finds_nothing_wrong_behind_nginx_and_no_policy_is_broken(away, chromium, axe_faults):
    context = chromium.new_context(ignore_https_errors=True, locale="nb-NO")
    window = context.new_page()
    refused = []
    window.on("console", lambda said: refused.append(said.text) if "status of 503" not in said.text else None)
    faults = {}
    for number, path in enumerate(sorted(away.live)):
        window.emulate_media(color_scheme="dark" if number % 2 else "light", reduced_motion="reduce")
        window.set_viewport_size({"width": 360 if number % 3 else 1280, "height": 800})
        window.goto(away.url + path)
        if found := axe_faults(window):
            faults[path] = found
    context.close()
    assert faults == {}
    assert [line for line in refused if "Security Policy" in line] == []


def test_the_folder_alone_opens_from_a_disk_and_can_be_printed(away, chromium, tmp_path):
    shutil.copytree(away.copies, tmp_path / "stick")
    with visiting(chromium) as window:
        missing = []
        window.on("requestfailed", lambda request: missing.append(request.url))
        window.goto(f"file://{tmp_path}/stick/index.html")
        follow(window.locator(".site-footer").get_by_role("link", name="Kontakt", exact=True))
        assert window.url.endswith("/kontakt/index.html")
        assert window.locator("h1").evaluate("one => getComputedStyle(one).fontFamily").startswith('"Hanken')
        assert window.locator("table a[href='tel:113']").count() == 1
        window.emulate_media(media="print")
        assert window.locator(".copy-line").is_visible()
        assert not window.locator(".menu-wide").is_visible()
    assert missing == []
