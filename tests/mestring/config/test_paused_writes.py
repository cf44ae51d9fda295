"""While the file `writes-are-paused` lies in the data folder, the database refuses every write of what starts."""

import json

import pytest

from tests import building
from tests.conftest import environment_of, run

ASK = """
import json
import django; django.setup()
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import Error, transaction
from django.test import Client
from contact.models import Inquiry
from mestring.readiness.checks import readiness

before, told = Inquiry.objects.count(), {}
visitor = Client(SERVER_NAME="localhost", raise_request_exception=False)
told["page"] = visitor.get("/").status_code
form = visitor.get("/kontakt/pasient/", follow=True)
told["form"] = [form.status_code, "<textarea" in form.text, "tel:+4735019500" in form.text]
sent = visitor.post("/kontakt/pasient/?form=x", {"step": "send", "message": "Jeg skriver om natten."})
told["sent"] = [sent.status_code, "Jeg skriver om natten." in sent.text, "tel:+4735019500" in sent.text]
login = visitor.post("/admin/login/", {"username": "astrid", "password": "feil"})
told["login"] = [login.status_code, "tel:+4735019500" in login.text]
try:
    with transaction.atomic():
        told["read"] = User.objects.exists()
        User.objects.create_user("ny")
except Error as error:
    told["written"] = type(error).__name__
try:
    call_command("deliver", once=True)
except CommandError as error:
    told["deliver"] = str(error)
status, lines = readiness()
told["ready"] = [status, any("paused" in line for line in lines)]
told["stored"] = Inquiry.objects.count() - before
print(json.dumps(told))
"""
WRITE = "from django.contrib.auth.models import User; User.objects.create_user('ny')"


@pytest.fixture(scope="module")
def paused(built_site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paused")
    building.copy(built_site, folder, "starter")
    (folder / "writes-are-paused").touch()
    return folder


def test_nothing_writes_and_every_person_is_told_what_to_do(paused):
    told = json.loads(run(["-c", ASK], environment_of(paused)))
    assert told.pop("deliver").startswith("Skrivingen er satt på pause")
    assert told.pop("written") in ("OperationalError", "InternalError")
    assert told == {
        "page": 200,
        "form": [200, False, True],
        "sent": [503, True, True],
        "login": [503, True],
        "read": True,
        "ready": [200, True],
        "stored": 0,
    }


def test_the_commands_of_the_upgrade_itself_write(paused):
    able = environment_of(paused) | {"UPGRADING": "1"}
    run(["-c", f"import django; django.setup(); {WRITE}"], able)
