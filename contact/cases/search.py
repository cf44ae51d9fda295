"""Searching the newest open inquiries: each is opened in memory, and neither words nor matches are stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from contact.audit import access_log, staff_activity
from contact.cases.contact_attempts import ContactAttempt
from contact.cases.next_step import NextStep
from contact.cases.reading import unseal
from contact.cases.summaries import CaseSummary, summarize
from contact.crypto.sealing import SealBroken, open_sealed
from contact.keys.keyring import KeysMissing, Opener
from contact.models import AccessEntry, Inquiry, Message
from contact.phone_numbers import with_numbers_as_dialled
from contact.unlocking.unlocking import Locked
from mestring.typed_text.reading import as_read

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NEWEST = 500
# Answers that were chosen from a list: a search for "phone" must not match every sender who wants to be rung.
CHOICES = ("relation", "reach", "may_call", "may_leave_message", "may_text")


@dataclass
class SearchResult:
    """The matches, and how many inquiries were searched, did not open, or were left out (`are_more`)."""

    matches: dict[UUID, CaseSummary] = field(default_factory=dict, repr=False)
    searched: int = 0
    unopened: int = 0
    are_more: bool = False


def search(words: str, user: "User", opener: Opener) -> SearchResult:
    """Return the newest open inquiries that contain every word, in any answer or message. Raises Locked.

    The search is logged, without its words, before anything is opened; each match on its own before it is shown.
    """
    wanted = words_to_find(words)
    rows = Inquiry.objects.filter(status=Inquiry.Status.OPEN).order_by("-received_at", "-id").select_related("key")
    newest = list(rows.defer("locator", "sender_key")[: NEWEST + 1])
    result, opened = SearchResult(are_more=len(newest) > NEWEST), cache(opener)
    access_log.note(AccessEntry.Action.SEARCHED, user)
    threads = _threads(newest[:NEWEST])
    for inquiry in newest[:NEWEST]:
        try:
            answers = unseal(inquiry, opened(inquiry.key))
            messages = [_searchable_message(message, opened) for message in threads[inquiry.pk]]
        except Locked:
            raise
        except (KeysMissing, SealBroken):
            result.unopened += 1
            continue
        result.searched += 1
        text = "\n".join([*_searchable_answers(answers), *messages])
        text = as_read(f"{text}\n{with_numbers_as_dialled(text)}")
        if wanted and all(word in text for word in wanted):
            result.matches[inquiry.pk] = summarize(answers)
    staff_activity.note_names_seen(user, [one for one in newest if one.pk in result.matches])
    return result


def words_to_find(typed: str) -> list[str]:
    """Return the words of a search, as they are read; none when only signs were typed that no reader sees."""
    return as_read(with_numbers_as_dialled(typed)).split()


def _threads(inquiries: list[Inquiry]) -> dict[UUID, list[Message]]:
    rows = Message.objects.filter(inquiry__in=[one.pk for one in inquiries]).select_related("key")
    threads = defaultdict(list)
    for message in rows.defer("sealed_to_sender"):
        threads[message.inquiry_id].append(message)
    return threads


def _searchable_message(message: Message, opener: Opener) -> str:
    private = opener(message.key)
    text = open_sealed(bytes(message.sealed), private, message.id, Message.SEALED_FIELD).decode()
    if message.kind == Message.Kind.NEXT_STEP:
        return NextStep.from_json(text).text
    return ContactAttempt.from_json(text).typed_text if message.kind == Message.Kind.CONTACT_ATTEMPT else text


def _searchable_answers(answers: Mapping[str, str]) -> Iterable[str]:
    for name, text in answers.items():
        if name not in CHOICES:
            yield text
        if name == "phone":
            yield "".join(filter(str.isdecimal, text))  # so that a number is found however it was divided
