"""The long proofs: `make prove` runs them all, `.ci/run` those that a change may have broken.

A test that is part of one bears `@pytest.mark.proof("kills")` and is left out unless PROOFS names it. Where a
short form of a test runs always, the proof makes it longer: `looks` shows every kind of page in the whole matrix,
`editors` and `inbox` walk all journeys of staff in a browser where a few run always, `kills` kills 200 processes
in place of 5, `examples` gives each property ten times as many or more, `postgresql` leaves no test of a database
out there, `emergency` reads the copy of every page with application and database gone, `sign_on` logs in at a real
provider, which needs Node.js, `first_day` goes from an empty live site to the first answer, `debian` from a bare
Debian to an upgrade that failed, which needs root and debootstrap, `rehearsal` breaks a site behind nginx
in each way that its nightly inquiry must find.

`python -m tests.proofs REVISION` prints what the changes since a revision ask for, `python -m tests.proofs` all.
"""

import os
import subprocess
import sys

# A change below one of these paths asks for the proof.
ABOUT = {
    "kills": (
        "contact/crypto/",
        "contact/keys/",
        "contact/management/commands/deliver.py",
        "contact/models/",
        "contact/notifications/",
        "contact/sender/",
    ),
    "starts": (
        "contact/migrations/",
        "deploy/",
        "mestring/config/",
        "mestring/settings.py",
        "mestring/staff/management/",
        "pages/migrations/",
        "pages/starter/",
        "requirements/",
    ),
    "drills": (
        "contact/crypto/",
        "contact/migrations/",
        "contact/retention/erasure_list.py",
        "mestring/backup/",
        "pages/migrations/",
    ),
    "crashes": ("contact/sender/", "deploy/throwaway_postgres.py", "mestring/config/database.py"),
    "nginx": (
        "contact/sender/rate_limit.py",
        "deploy/nginx.conf",
        "mestring/cache/",
        "mestring/web/",
        "pages/visits/media_views.py",
        "tests/mestring/nginx_alone/",
        "tests/mestring/test_behind_nginx.py",
        "tests/nginx.py",
        "tests/small_site.py",
    ),
    "emergency": (
        "contact/sender/views/",
        "deploy/nginx.conf",
        "mestring/emergency/",
        "mestring/web/",
        "pages/live/",
        "pages/rendering/",
        "pages/visits/",
        "templates/",
        "tests/mestring/emergency/",
        "tests/nginx.py",
    ),
    "looks": (
        "contact/sender/views/",
        "pages/rendering/",
        "pages/visits/",
        "static/",
        "templates/",
        "tests/journeys/",
    ),
    "editors": (
        "mestring/launch/",
        "mestring/settings.py",
        "mestring/staff/",
        "mestring/web/",
        "pages/",
        "requirements/",
        "static/",
        "templates/",
        "tests/pages/",
        "docs/editors",
    ),
    "debian": (
        "contact/migrations/0001_initial.py",
        "deploy/debian/",
        "deploy/install",
        "deploy/nginx.conf",
        "deploy/remove",
        "docs/operators.md",
        "mestring/config/",
        "mestring/readiness/",
        "mestring/settings.py",
        "mestring/staff/management/",
        "requirements/runtime.txt",
        "tests/deploy/test_bare_debian.py",
        "tests/deploy/walk/",
    ),
    "sign_on": (
        "mestring/staff/login/",
        "mestring/staff/second_factor/",
        "mestring/staff/sign_on/",
        "requirements/",
        "templates/admin/login.html",
        "templates/admin/sign_on/",
        "tests/mestring/staff/sign_on/",
    ),
    "first_day": (
        "contact/admin/",
        "contact/keys/",
        "contact/unlocking/",
        "deploy/nginx.conf",
        "mestring/config/",
        "mestring/launch/",
        "mestring/settings.py",
        "mestring/staff/",
        "pages/starter/",
        "requirements/",
        "templates/admin/",
        "templates/email/",
        "tests/journeys/live_site.py",
        "tests/journeys/person.py",
        "tests/journeys/test_first_day.py",
        "tests/nginx.py",
    ),
    "inbox": (
        "contact/",
        "mestring/settings.py",
        "mestring/staff/",
        "mestring/web/",
        "requirements/",
        "static/",
        "templates/",
        "tests/contact/",
    ),
    "examples": (
        "contact/audit/",
        "contact/cases/business_hours.py",
        "contact/keys/",
        "pages/diff/",
        "pages/editions/",
        "pages/links/",
        "pages/quality/",
        "pages/richtext/",
        "pages/search/",
        "pages/tree/",
    ),
    "rehearsal": (
        "contact/crypto/",
        "contact/management/commands/",
        "contact/notifications/",
        "contact/rehearsal/",
        "contact/sender/",
        "deploy/nginx.conf",
        "templates/contact/",
        "tests/contact/rehearsal/",
    ),
    "postgresql": ("contact/migrations/", "pages/migrations/", "requirements/", "tests/postgresql_leg.py"),
}
WANTED = frozenset(filter(None, os.environ.get("PROOFS", "").split(",")))
KILLS = 200 if "kills" in WANTED else 5


def examples(number: int, times: int = 10) -> int:
    """Return how many examples a property gets: many times the number in the long proof."""
    return number * times if "examples" in WANTED else number


def asked_for(changed: list[str]) -> list[str]:
    """Return the proofs that a change of these files asks for."""
    return [name for name, paths in ABOUT.items() if any(path.startswith(paths) for path in changed)]


def changed_since(revision: str) -> list[str]:
    """Return the files that differ from a revision, named from the project's root."""
    command = ["git", "diff", "--name-only", revision]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


if __name__ == "__main__":
    print(",".join(asked_for(changed_since(sys.argv[1])) if sys.argv[1:] else ABOUT))
