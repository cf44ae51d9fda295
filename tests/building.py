"""What the tests of whole sites start from, built once per run: `DATA_DIR=… python -m tests.building`.

Beside static files and keys the folder then holds one database for each thing a test can start from:
  empty      – the tables
  keyed      – and an inbox with its first key
  starter    – and the starter pages and the cast, who are logged in (sessions.json)
  written    – and one inquiry, of which no mail is sent yet
  every_kind – and pages of every kind that a visitor can meet; not where none of its tests runs
"""

import gc
import json
import os
import shutil
import sys
from pathlib import Path

from tests import postgresql_leg, site_database

FOR_VISITORS = ("css/", "fonts/", "img/", "js/")


def build() -> None:
    """Fill DATA_DIR, in one process and beside the collection of static files: each start of Django takes time."""
    import django

    gc.disable()  # hundreds of short-lived models per migration: looking through them takes a fifth of the time
    django.setup()
    collecting = collect_static()
    from django.core.management import call_command

    from contact.keys.first_generation import make_keyring
    from contact.sender.intake import receive
    from tests.cast import make_cast
    from tests.journeys.every_kind import fill

    call_command("migrate", verbosity=0)
    keep("empty")
    make_keyring()
    keep("keyed")
    call_command("load_starter")
    make_cast()
    call_command("setup_site")
    log_in()
    keep("starter")
    receive("patient", "nb", {"message": "hei"}, bytes(32))
    keep("written")
    if postgresql_leg.shows_every_kind():
        fill()
        keep("every_kind")
    if os.waitpid(collecting, 0)[1]:
        sys.exit("the static files could not be collected")


def collect_static() -> int:
    """Collect the static files in a forked process; return its number.

    Without compressed copies of what staff alone are sent, and on PostgreSQL without any, as they take three
    quarters of the time: no test weighs those, and there only the long proof weighs pages.
    """
    from django.core.management import call_command

    from mestring.web.stylesheet import BundledStaticFilesStorage as Storage

    if other := os.fork():
        return other
    status = 1
    try:
        compress, weighed = Storage.compress_files, FOR_VISITORS if postgresql_leg.shows_every_kind() else ()
        Storage.compress_files = lambda self, paths: compress(
            self, [one for one in paths if one.startswith(weighed)]
        )
        call_command("collectstatic", interactive=False, verbosity=0)
        status = 0
    finally:
        os._exit(status)


def log_in() -> None:
    """Log each of the cast in once for all browsers of a run; the login form has tests of its own."""
    from django.conf import settings
    from django.contrib.auth.models import User

    from tests.cast import logged_in

    cookies = {user.username: logged_in(user).cookies[settings.SESSION_COOKIE_NAME] for user in User.objects.all()}
    sessions = {name: {"name": cookie.key, "value": cookie.value} for name, cookie in cookies.items()}
    (settings.DATA_DIR / "sessions.json").write_text(json.dumps(sessions))


def keep(name: str) -> None:
    """Copy the database as it is now; no other process has it open."""
    from django.conf import settings
    from django.db import connection

    connection.close()  # with a write-ahead log, this writes it into the file
    site_database.make(settings.DATA_DIR / name, like=settings.DATA_DIR)


def copy(built: Path, folder: Path, name: str) -> None:
    """Give a test's own folder the database of this name, with the keys that belong to it."""
    site_database.make(folder, like=built / name)
    (folder / "static").symlink_to(built / "static")  # read only, and by far the most files
    if name != "empty":
        shutil.copytree(built / "keys", folder / "keys")


if __name__ == "__main__":
    build()
