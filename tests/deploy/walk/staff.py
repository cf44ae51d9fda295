"""What staff do before the forms open, and with an inquiry: at the terminal, in place of a browser."""

import re

from tests.deploy.walk.shell import HOST, STATE, in_django, site
from tests.deploy.walk.visitors import REFERENCE, ask, send

PASSPHRASE = "fjellvann korketrekker ullgenser {}"
SENDER = "sol@post.no"  # where an answer is told of
LAUNCH = """
from django.contrib.auth.models import Group, User
from mestring.roles import INQUIRY_STAFF, KEYHOLDERS
from pages.models import LaunchConfirmation
for name in ("nina", "ole"):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=(INQUIRY_STAFF, KEYHOLDERS)))
for item in LaunchConfirmation.Item:
    LaunchConfirmation.objects.get_or_create(item=item)
"""
ANSWER = """
import uuid
from django.contrib.auth.models import User
from contact.cases.unread import newest_entry
from contact.cases.writing import replies
from contact.keys import staff_keys
from contact.models import Inquiry, StaffKey
inquiry = Inquiry.objects.get(reference={reference!r})
nina = User.objects.get(username="nina")
key = StaffKey.objects.get(user=nina)
opener = staff_keys.opener_of(key, staff_keys.open_private_key(key, {passphrase!r}))
more = dict(form=uuid.uuid4(), seen=newest_entry(inquiry), page="https://{host}/", mail_to="{sender}")
replies.reply(inquiry, {words!r}, nina, opener=opener, **more)
"""


def launch():
    """The ceremony at the terminal, two colleagues, the launch list; what people do in the browser otherwise."""
    printed = (STATE / "keys" / "recovery-paper.txt").read_text()
    in_django(LAUNCH)
    site("inbox", "prove", input=printed)
    (STATE / "keys" / "recovery-paper.txt").unlink()
    for name in ("nina", "ole"):
        chosen = site("inbox", "enrol", name, input=f"{PASSPHRASE.format(name)}\n" * 2)
        site("inbox", "grant", name, input=f"{chosen.split(':')[1].strip()}\n{printed}")
    site("inbox", "remove-server-grant", input=printed)
    site("inbox", "delete-server-key")


def send_and_answer(words):
    """One inquiry from its form to its answer, read with the code."""
    status, receipt, _address = send(words)
    assert status == 200, receipt
    code = " ".join(re.findall(r"<b>([\w ]{19})</b>", receipt))
    reference = REFERENCE.search(receipt)[0]
    in_django(
        ANSWER.format(
            reference=reference,
            passphrase=PASSPHRASE.format("nina"),
            host=HOST,
            sender=SENDER,
            words="Vi ringer deg.",
        )
    )
    _status, _text, form = ask("/kontakt/svar/")
    _status, thread, _address = ask(form or "/kontakt/svar/", {"step": "open", "code": code})
    assert "Vi ringer deg." in thread, thread
