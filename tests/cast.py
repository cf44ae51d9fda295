"""The cast: who appears in the tests, and what each may do.

Astrid  – editor: edits and publishes pages, never sees an inquiry
Ragna   – editor who also reviews what pages say about health
Ivar    – inquiry staff: reads and closes inquiries, never edits a page
Kari    – administrator: everything, the inbox and its keys by their roles
Tove    – accounts: people, roles, the clinic's facts and the launch list, never an inquiry
Olav    – a member of staff without a role: may log in, may do nothing
"""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

from mestring.roles import ACCOUNTS, CLINICAL_REVIEWERS, EDITORS, INQUIRY_STAFF, KEYHOLDERS, ensure_roles

PASSWORD = "correct-horse-9-battery"
ROLES = {
    "astrid": [EDITORS],
    "ivar": [INQUIRY_STAFF],
    "tove": [ACCOUNTS],
    "olav": [],
    "ragna": [EDITORS, CLINICAL_REVIEWERS],
    "kari": [INQUIRY_STAFF, KEYHOLDERS],
}


def address_of(name: str) -> str:
    return f"{name}@klinikken.no"


def make_cast() -> None:
    """Make the cast; used by the fixtures and by the sites that browser tests visit."""
    ensure_roles()
    hashed = make_password(PASSWORD)  # once: on a site this is Argon2
    for name, roles in ROLES.items():
        user = User.objects.create(
            username=name, email=address_of(name), password=hashed, is_staff=True, is_superuser=name == "kari"
        )
        user.groups.set(Group.objects.filter(name__in=roles))


# The rows of the cast, for as long as the rights that they name keep their numbers.
TABLES = [model._meta.db_table for model in (Group, User, Group.permissions.through, User.groups.through)]
_rows: dict[tuple, list[list[tuple]]] = {}


@pytest.fixture
def cast(db):
    put_cast()


def put_cast() -> None:
    """Put in the rows of the cast that the first test of this process made: some 120, in a tenth of the time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(id), MAX(id), COUNT(*) FROM auth_permission")
        rights = cursor.fetchone()
        alone = not (User.objects.exists() or Group.objects.exists())
        if rights not in _rows or not alone:
            make_cast()
            if alone:
                _rows[rights] = [_all_of(cursor, table) for table in TABLES]
            return
        for table, rows in zip(TABLES, _rows[rights], strict=True):
            row = f"({', '.join(['%s'] * len(rows[0]))})"
            values = [value for one in rows for value in one]
            cursor.execute(f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}", values)


def _all_of(cursor, table: str) -> list[tuple]:
    cursor.execute(f"SELECT * FROM {table}")
    return cursor.fetchall()


@pytest.fixture
def editor(cast):
    return User.objects.get(username="astrid")


@pytest.fixture
def reviewer(cast):
    return User.objects.get(username="ragna")


@pytest.fixture
def inquiry_staff(cast):
    return User.objects.get(username="ivar")


@pytest.fixture
def administrator(cast):
    return User.objects.get(username="kari")


@pytest.fixture
def accounts(cast):
    return User.objects.get(username="tove")


@pytest.fixture
def roleless(cast):
    return User.objects.get(username="olav")


def logged_in(user: User) -> Client:
    """Return a browser without JavaScript in which this person is logged in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor_client(editor):
    return logged_in(editor)


@pytest.fixture
def reviewer_client(reviewer):
    return logged_in(reviewer)


@pytest.fixture
def inquiry_client(inquiry_staff):
    return logged_in(inquiry_staff)


@pytest.fixture
def accounts_client(accounts):
    return logged_in(accounts)


@pytest.fixture
def administrator_client(administrator):
    return logged_in(administrator)
