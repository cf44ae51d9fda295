"""Edition: an append-only snapshot of a page in every language. Visitors are only ever served an edition."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pages.models.redaction import Redaction


class EditionQuerySet(models.QuerySet["Edition"]):
    """Publication is a time span, compared with the clock; no status column can contradict it."""

    def started(self, *, at: datetime) -> "EditionQuerySet":
        """Return the editions that were published to begin at or before `at`."""
        return self.filter(live_from__lte=at)

    def live(self, *, at: datetime) -> "EditionQuerySet":
        """Return each page's newest started edition, unless it has ended: at most one per page.

        An older edition never comes back when a newer one ends, as its words were replaced.
        """
        newer = Edition.objects.filter(page=OuterRef("page"), live_from__lte=at).filter(
            Q(live_from__gt=OuterRef("live_from")) | Q(live_from=OuterRef("live_from"), pk__gt=OuterRef("pk"))
        )
        return self.started(at=at).filter(Q(live_until=None) | Q(live_until__gt=at)).exclude(Exists(newer))

    def waiting(self, *, at: datetime) -> "EditionQuerySet":
        """Return the editions that will begin after `at`, soonest first."""
        coming = Q(live_until=None) | Q(live_until__gt=F("live_from"))
        return self.filter(coming, live_from__gt=at).order_by("live_from", "pk")

    def current_or_coming(self, *, at: datetime) -> "EditionQuerySet":
        """Return the editions that are live at `at` or begin later: all that the coming hours depend on."""
        coming = Q(live_from__gt=at) & (Q(live_until=None) | Q(live_until__gt=F("live_from")))
        return self.filter(Q(pk__in=self.live(at=at).values("pk")) | coming)

    def parents_of(self, page_ids: set[int], *, at: datetime) -> set[int]:
        """Return the pages directly above these ones in what is live at `at` or begins later."""
        heads = self.current_or_coming(at=at).filter(page__in=page_ids).values_list("head", flat=True)
        return {head["parent"] for head in heads if head["parent"]}


def digest_of(head: dict[str, Any], body: list[dict[str, Any]]) -> str:
    """Return a digest that two editions share when they have the same content.

    Empty fields are left out: a field that was added to the format later, and is empty, is no change.
    """
    said = [{name: value for name, value in part.items() if value} for part in (head, *body)]
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


class Edition(models.Model):
    """One save of one page.

    `head` holds the page's own fields and the list of languages that were complete, `body` the
    blocks in order; `format` says how to read both (pages.editions.snapshot). Content never changes, but for
    `redact`, which takes it away.
    """

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="editions", verbose_name=_("page"))
    format = models.PositiveSmallIntegerField()
    head = models.JSONField()
    body = models.JSONField()
    note = models.CharField(_("note"), max_length=200, blank=True)
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved by"),
    )
    live_from = models.DateTimeField(_("live from"), null=True, blank=True)
    live_until = models.DateTimeField(_("live until"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("published by"),
    )  # fmt: skip

    # What was live when this one was scheduled: the common ground when it is merged onto something newer.
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    digest = models.CharField(max_length=64, default="", editable=False)
    # Where only the place in the tree is newer (pages.tree.moving): whose words these are, and since when shown.
    moved_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="+")
    words_since = models.DateTimeField(null=True, editable=False)
    # As in the head, where no index reaches: the menu is read without reading the whole website.
    in_menu = models.BooleanField(default=False, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-pk"]
        permissions = [("redact_edition", "Can take away what an edition says")]
        indexes = [
            # Each holds all that is asked of it: to read a row takes its words along.
            models.Index(fields=["page", "live_from", "live_until"], name="edition_page_span"),
            models.Index(fields=["live_from", "live_until", "page"], name="edition_live_from"),
            models.Index(
                fields=["live_until", "live_from", "page"],
                name="edition_live_until",
                condition=Q(live_until__isnull=False),
            ),
            models.Index(fields=["page"], condition=Q(in_menu=True), name="edition_in_menu"),
            models.Index(
                fields=["saved_by", "page"], condition=Q(live_from=None, moved_from=None), name="edition_draft_of"
            ),
            models.Index(fields=["page"], condition=Q(moved_from=None), name="edition_written"),
        ]

    def __str__(self) -> str:
        return f"{self.head['title'].get('nb') or self.page_id} ({self.pk})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only: a stored edition's content is never written again."""
        if self.pk is not None and not set(kwargs.get("update_fields") or ["head"]) <= SPAN:
            raise ValueError("an edition is append-only; only its time span may change")
        if self.pk is None:
            self.digest = digest_of(self.head, self.body)
            self.in_menu = bool(self.head.get("in_menu"))
        super().save(*args, **kwargs)

    @property
    def shown_since(self) -> datetime | None:
        """Return since when visitors read these words: a move is no new word."""
        return self.words_since or self.live_from

    @property
    def is_redacted(self) -> bool:
        """Say whether its words were taken away. Such an edition is never published or restored."""
        return bool(self.head.get(REDACTED))

    @transaction.atomic
    def redact(self, *, by: User, reason: str, at: datetime) -> None:
        """Take the words out of this edition for ever; who, when and why are written down, never what.

        The one way past "append only". Refused while visitors see the edition, or will: they would
        meet an empty page.
        """
        if not reason.strip():
            raise ValidationError(_("Write why."))
        stored = Edition.objects.select_for_update().get(pk=self.pk)
        if stored.is_redacted:
            return
        if Edition.objects.current_or_coming(at=at).filter(pk=self.pk).exists():
            raise ValidationError(_("Visitors see this edition, or will. Publish another one first."))
        Redaction.objects.create(edition=stored, by=by, reason=reason, at=at)
        kept = {name: value for name, value in stored.head.items() if name in PLACE}
        self.head = kept | {name: {} for name in TEXTS} | {"languages": [], REDACTED: True}
        self.body, self.note = [], ""
        self.digest = digest_of(self.head, self.body)  # the old one would tell a guess from a miss
        super().save(update_fields=["head", "body", "note", "digest"])


REDACTED = "redacted"
PLACE = {"kind", "parent", "position", "in_menu", "in_footer", "audience", "clinical", "care_level"}
TEXTS = ("title", "menu_title", "slug", "lead", "description")
SPAN = {"live_from", "live_until", "published_by", "based_on"}
