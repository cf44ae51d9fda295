"""Searching the newest open inquiries: opened one by one in memory, and the words kept nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize
from uuid import UUID

from contact.audit import access_log
from contact.cases.contact_attempts import read
from contact.cases.reading import unseal
from contact.cases.summaries import Glance, glance_at
from contact.crypto.sealing import SealBroken, open_sealed
from contact.keys.keyring import KeysMissing, Opener
from contact.keys.unlocking import Locked
from contact.models import AccessEntry, Inquiry, Message

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NEWEST = 500
# What was chosen, not written: "phone" would find everybody who wants to be rung.
CHOICES = ("relation", "reach", "may_call", "may_leave_message", "may_text")


@dataclass
class Found:
    """What a search found, and what it did not look at."""

    matches: dict[UUID, Glance] = field(default_factory=dict, repr=False)
    searched: int = 0
    unopened: int = 0
    are_more: bool = False


def search(words: str, user: "User", opener: Opener) -> Found:
    """Return the newest open inquiries in which every word stands, in any answer or message. Raises Locked.

    The search is logged before anything is opened, without its words.
    """
    wanted = _folded(words).split()
    rows = Inquiry.objects.filter(status=Inquiry.Status.OPEN).order_by("-received_at", "-id").select_related("key")
    newest = list(rows.defer("locator", "sender_key")[: NEWEST + 1])
    found, opened = Found(are_more=len(newest) > NEWEST), cache(opener)
    access_log.note(AccessEntry.Action.SEARCHED, user)
    threads = _threads(newest[:NEWEST])
    for inquiry in newest[:NEWEST]:
        try:
            answers = unseal(inquiry, opened(inquiry.key))
            said = [_open(message, opened) for message in threads[inquiry.pk]]
        except Locked:
            raise
        except (KeysMissing, SealBroken):
            found.unopened += 1
            continue
        found.searched += 1
        text = _folded("\n".join([*_written(answers), *said]))
        if all(word in text for word in wanted):
            found.matches[inquiry.pk] = glance_at(answers)
    return found


def _threads(inquiries: list[Inquiry]) -> dict[UUID, list[Message]]:
    rows = Message.objects.filter(inquiry__in=[one.pk for one in inquiries]).select_related("key")
    threads = defaultdict(list)
    for message in rows.defer("sealed_to_sender"):
        threads[message.inquiry_id].append(message)
    return threads


def _open(message: Message, opener: Opener) -> str:
    private = opener(message.key)
    text = open_sealed(bytes(message.sealed), private, message.id, Message.SEALED_FIELD).decode()
    return read(text).words if message.kind == Message.Kind.OUTSIDE else text


def _written(answers: Mapping[str, str]) -> Iterable[str]:
    for name, text in answers.items():
        if name not in CHOICES:
            yield text
        if name == "phone":
            yield "".join(text.split())  # found however it is spaced


def _folded(text: str) -> str:
    # Some keyboards send å as two signs.
    return normalize("NFC", text).casefold()
