"""Case summaries: the name and the first words of each inquiry on one page of a list.

They are opened for that page and stored nowhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from textwrap import shorten
from typing import TYPE_CHECKING
from uuid import UUID

from contact.audit import staff_activity
from contact.cases.reading import unseal
from contact.crypto.sealing import SealBroken
from contact.keys.keyring import KeysMissing, Opener
from contact.models import Inquiry
from contact.unlocking.unlocking import Locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST = 80


@dataclass(frozen=True)
class CaseSummary:
    """What tells one case from another in a list."""

    name: str = field(repr=False)
    first_words: str = field(repr=False)


def summarize_cases(
    inquiries: Collection[Inquiry], user: "User", opener: Opener
) -> dict[UUID, CaseSummary | None]:
    """Log the look on each inquiry, then return its summary; None for one that does not open. Raises Locked."""
    opened, summaries = cache(opener), dict[UUID, CaseSummary | None]()
    staff_activity.note_names_seen(user, inquiries)
    for inquiry in inquiries:
        try:
            summaries[inquiry.pk] = summarize(unseal(inquiry, opened(inquiry.key)))
        except Locked:
            raise
        except (KeysMissing, SealBroken):
            summaries[inquiry.pk] = None
    return summaries


def summarize(answers: Mapping[str, str]) -> CaseSummary:
    """Return the summary of opened answers."""
    return CaseSummary(answers.get("name", ""), shorten(answers.get("message", ""), LONGEST, placeholder=" …"))
