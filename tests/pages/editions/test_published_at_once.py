"""Two pages are published in the same moment, each under the other: the second waits, and is refused."""

import json

from tests import building
from tests.conftest import environment_of, run

PUBLISH = """
import json, threading
import django; django.setup()
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from pages.editions.publishing import publish, save_draft
from pages.models import Edition, Page
one, two = Page.objects.filter(kind="article", parent=None)[:2]
def draft(page, parent):
    Page.objects.filter(pk=page.pk).update(parent=parent)
    return save_draft(Page.objects.get(pk=page.pk), by=None)
drafts = [draft(one, two), draft(two, one)]
first_is_out, second_is_done, refused = threading.Event(), threading.Event(), []
def first():
    with transaction.atomic():
        publish(drafts[0], by=None)
        first_is_out.set()
        second_is_done.wait(2)  # without a lock the second is done before this commits
    connection.close()
def second():
    first_is_out.wait()
    try:
        publish(drafts[1], by=None)
    except ValidationError:
        refused.append(2)
    second_is_done.set()
    connection.close()
threads = [threading.Thread(target=one) for one in (first, second)]
[t.start() for t in threads]; [t.join() for t in threads]
above = [sorted(Edition.objects.parents_of({page.pk}, at=timezone.now())) for page in (one, two)]
print(json.dumps([refused, above == [[two.pk], []]]))
"""


def test_of_two_places_that_would_lie_under_each_other_the_second_is_refused(built_site, tmp_path):
    building.copy(built_site, tmp_path, "starter")
    assert json.loads(run(["-c", PUBLISH], environment_of(tmp_path))) == [[2], True]
