"""The table of what views read is what they read, and leads past the cache in every language."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from contact.admin.access.opener import COOKIE
from mestring.cache.plain_visits import OUR_COOKIES, READ_PARTS, plain_visit

ROOT = Path(settings.BASE_DIR)
PUBLIC = ("pages/visits", "pages/previews", "contact/sender", "mestring/web")
FORMS = ("/kontakt/pasient/", "/nn/kontakt/parorande/", "/en/contact/referrer/", "/kontakt/svar/")


def visit(path="/", query="", cookie=None):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "a"}
    return plain_visit(environ | ({} if cookie is None else {"HTTP_COOKIE": cookie}))


def test_public_views_read_no_part_of_a_query_that_is_not_in_the_table():
    files = [
        path
        for place in PUBLIC
        for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    read = re.findall(r"\.GET\b(.{0,16})", source)
    assert {re.match(r'\.get\("(\w+)"', one)[1] for one in read} == set.union(*READ_PARTS.values())
    assert "QUERY_STRING" not in source
    assert "get_full_path" not in source


@pytest.mark.parametrize(
    ("path", "query"),
    [
        *((path, "form=x") for path in FORMS),
        *(
            (path, query)
            for path in ("/sok/", "/nn/sok/", "/en/search/", "/sok")
            for query in ("q=a", "%71=a", "x&page=2")
        ),
        ("/admin/", "p=2"),
    ],
)
def test_what_a_view_reads_goes_past_the_cache(path, query):
    assert visit(path, query) is None


@pytest.mark.parametrize(
    ("path", "query"), [("/", "q=a"), ("/sok/", "form=x"), ("/kontakt/pasient/", "q=a&page=2")]
)
def test_what_it_does_not_read_is_taken_away(path, query):
    assert visit(path, query, "_ga=1") == visit(path)


def test_every_cookie_of_ours_is_known_and_no_other():
    ours = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, COOKIE)
    assert all(name.startswith(OUR_COOKIES) for name in ours)
    assert all(visit(cookie=f"_ga=1;{name}=x") is None for name in ours)
    assert visit(cookie="_ga=__Host-session") == visit()
