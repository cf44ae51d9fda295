"""The page cache in front of the whole site, as gunicorn serves it."""

import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from mestring.cache.page_cache import LOOK_EVERY


def get(site, path, **headers):
    request = urllib.request.Request(site.url + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_a_page_is_the_same_from_memory_with_every_header_of_safety(site_server):
    first, again = (get(site_server, "/avrusning/") for _visit in range(2))
    assert first[2] == again[2]
    assert {"Content-Security-Policy", "X-Frame-Options", "ETag", "Age"} <= set(again[1])
    assert "Set-Cookie" not in again[1]
    assert get(site_server, "/avrusning/", **{"If-None-Match": again[1]["ETag"]})[0] == 304


def test_what_another_process_changes_is_seen_at_once(site_server):
    assert "Vaktmestrene" not in get(site_server, "/")[2]
    change = "from pages.models import Clinic; Clinic.objects.update(name='Vaktmestrene')"
    site_server.manage("shell", "-c", change)
    time.sleep(2 * LOOK_EVERY)
    for _worker in range(6):
        assert "Vaktmestrene" in get(site_server, "/")[2]


@pytest.mark.plain
@pytest.mark.parametrize("path", ["/kontakt/pasient/", "/sok/", "/sok/?q=angst", "/healthz", "/finnes-ikke/"])
def test_forms_searches_and_errors_are_never_from_memory(site_server, path):
    for _visit in range(2):
        assert "Age" not in get(site_server, path)[1]


@pytest.mark.plain
def test_the_process_that_workers_are_copied_from_has_no_database_open(site_server):
    """Two workers on one connection to SQLite would break the file; each opens its own."""
    get(site_server, "/avrusning/")
    open_files = Path(f"/proc/{site_server.process.pid}/fd").iterdir()
    assert [name for file in open_files if "sqlite3" in (name := str(file.readlink()))] == []


@pytest.mark.plain
def test_a_redirect_keeps_the_query_and_head_the_etag_whoever_asks_first(site_server):
    led = urllib.request.Request(f"{site_server.url}/avrusning?utm_source=brev", method="HEAD")
    with urllib.request.urlopen(led, timeout=20) as head:
        assert head.url == f"{site_server.url}/avrusning/?utm_source=brev"
        assert head.headers["ETag"] == get(site_server, "/avrusning/")[1]["ETag"]
