"""Two editors press save in the same moment: a lock of the database lets one of them through."""

import json

from tests import building
from tests.conftest import environment_of, run

SAVE = """
import json, sys, threading
import django; django.setup()
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
data, url, got, start = json.loads(sys.argv[1]), sys.argv[2], [], threading.Barrier(2)
def save(number):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=("astrid", "kari")[number]))
    start.wait()
    got.append(client.post(url, data | {"title_nb": f"Tittel {number}", "_continue": "1"}).status_code)
    connection.close()
threads = [threading.Thread(target=save, args=(n,)) for n in (0, 1)]
[t.start() for t in threads]; [t.join() for t in threads]
from pages.models import Edition, Page
print(json.dumps([sorted(got), Edition.objects.filter(page__pk=int(sys.argv[3])).count()]))
"""
FORM = """
import json
from django.contrib.auth.models import User
from django.test import Client
from pages.models import Page
from tests.pages.admin.forms import form_of, read_form
page = Page.objects.exclude(kind__in=Page.ONLY_ONE).first()
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(User.objects.get(username="kari"))
print(json.dumps([read_form(client, form_of(page)), form_of(page), page.pk, page.editions.count()]))
"""


def test_of_two_saves_at_the_very_same_time_one_is_refused(built_site, tmp_path):
    building.copy(built_site, tmp_path, "starter")
    environment = environment_of(tmp_path)
    data, url, pk, before = json.loads(run(["manage.py", "shell", "--verbosity", "0", "-c", FORM], environment))
    answers, after = json.loads(run(["-c", SAVE, json.dumps(data), url, str(pk)], environment))
    assert (answers, after) == ([302, 409], before + 1)
