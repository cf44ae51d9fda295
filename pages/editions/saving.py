"""One save of the page form: the working copy becomes a draft, and the draft is published when asked."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from pages.diff.merge import Clash
from pages.diff.translation_pairs import TranslationIntent
from pages.editions.publishing import write_draft
from pages.editions.scheduling import schedule
from pages.editions.waiting_edition import publish_beside_waiting
from pages.links.index import list_links
from pages.models import Edition, Page


@dataclass(frozen=True)
class Publication:
    """When an edition is to be published: at `at`, or now, with the editor's choice about a waiting edition."""

    at: datetime | None = None
    until: datetime | None = None
    waiting_choice: str = ""


@dataclass
class SavedPage:
    """The edition that a save made, the reasons why its publication was refused, and the clashes of a merge."""

    edition: Edition
    publication: Publication | None
    refused: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    @property
    def is_published(self) -> bool:
        """Say whether visitors see the edition, now or at the planned time."""
        return self.publication is not None and bool(self.edition.head["languages"]) and not self.refused


@transaction.atomic
def save(
    page: Page, *, by: User | None, note: str, intent: TranslationIntent, publication: Publication | None
) -> SavedPage:
    """Save the working copy as a draft, and publish it as asked. A refused publication leaves the draft.

    A page that is complete in no language is not published: visitors would meet an empty address. The form has
    checked the addresses; between that and now another page can have taken one.
    """
    edition = write_draft(page, by=by, note=note, intent=intent)
    saved = SavedPage(edition, publication)
    try:
        if publication and saved.is_published:
            if publication.at is None:
                choice = publication.waiting_choice
                saved.clashes = publish_beside_waiting(edition, by=by, choice=choice)
            else:
                schedule(edition, by=by, at=publication.at, until=publication.until)
    except ValidationError as error:
        saved.refused = error.messages
    if not saved.is_published:
        list_links(page.pk)  # a publication does it itself
    return saved
