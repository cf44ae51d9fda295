"""Name and first words of the inquiries on one page of a list: opened for the page, kept nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from textwrap import shorten
from typing import TYPE_CHECKING
from uuid import UUID

from contact.audit import staff_activity
from contact.cases.reading import unseal
from contact.crypto.sealing import SealBroken
from contact.keys.keyring import KeysMissing, Opener
from contact.keys.unlocking import Locked
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIRST_WORDS = 80


@dataclass(frozen=True)
class Glance:
    """What tells one case from another."""

    name: str = field(repr=False)
    words: str = field(repr=False)


def glances(inquiries: Iterable[Inquiry], user: "User", opener: Opener) -> dict[UUID, Glance | None]:
    """Return a glance at each inquiry, once the look is logged; None at what does not open. Raises Locked."""
    opened, found = cache(opener), dict[UUID, Glance | None]()
    staff_activity.note_names_seen(user)
    for inquiry in inquiries:
        try:
            found[inquiry.pk] = glance_at(unseal(inquiry, opened(inquiry.key)))
        except Locked:
            raise
        except (KeysMissing, SealBroken):
            found[inquiry.pk] = None
    return found


def glance_at(answers: Mapping[str, str]) -> Glance:
    """Return the glance at opened answers."""
    return Glance(answers.get("name", ""), shorten(answers.get("message", ""), FIRST_WORDS, placeholder=" …"))
