"""Page: an identity in the tree, and the working copy that staff edit."""

from datetime import date

from content_editor.models import Region
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from pages.models.reviewed import Reviewed

TREE = 2_026_113_002  # PostgreSQL knows the lock by a number


class PageQuerySet(models.QuerySet["Page"]):
    """Deleted pages keep their row, so that they can be brought back."""

    def kept(self) -> "PageQuerySet":
        """Return the pages that are not deleted."""
        return self.filter(deleted_at=None)

    def deleted(self) -> "PageQuerySet":
        """Return the pages that staff have deleted."""
        return self.exclude(deleted_at=None)

    def unreviewed(self) -> "PageQuerySet":
        """Return the kept pages with health advice that no clinical reviewer has answered for."""
        return self.kept().filter(clinical=True, reviewed_on=None)

    def due_for_review(self, *, on: date) -> "PageQuerySet":
        """Return the kept pages whose next review should have been on that day."""
        return self.kept().filter(clinical=True, next_review_on__lte=on)

    def lock_tree(self) -> None:
        """Let no other request change pages until the transaction ends.

        Two places that are right each by itself can lie under each other. Taken before any row, so that no two
        requests wait for each other. SQLite lets one write at a time.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE])

    def lock(self, page_id: int) -> "Page":
        """Return the page, locked until the transaction ends, so that changes of two editors come one by one."""
        self.lock_tree()
        return self.select_for_update().get(pk=page_id)


class Page(Reviewed):
    """The working copy that staff edit. Visitors never see a Page, only a live Edition of it.

    Its translated fields have one column per language (pages.translation).
    """

    class Kind(models.TextChoices):
        """What a page is for; each kind has a template."""

        FRONT = "front", _("Front page")
        ARTICLE = "article", _("Article")
        THEME = "theme", _("Theme page")
        OVERVIEW = "overview", _("Overview of its subpages")
        CONTACT = "contact", _("Contact: who are you?")
        CONTACT_PATIENT = "contact_patient", _("Words over the form for patients")
        CONTACT_RELATIVE = "contact_relative", _("Words over the form for relatives")
        CONTACT_REFERRER = "contact_referrer", _("Words over the form for referrers")

    class Audience(models.TextChoices):
        """Whom a page is written for."""

        PATIENT = "patient", _("People who need help")
        RELATIVE = "relative", _("Relatives")
        REFERRER = "referrer", _("People who refer")

    # These also have no slug: the front page is "", and the contact app owns its own paths.
    ONLY_ONE = (
        Kind.FRONT, Kind.CONTACT, Kind.CONTACT_PATIENT, Kind.CONTACT_RELATIVE, Kind.CONTACT_REFERRER,
    )  # fmt: skip
    regions = [Region(key="main", title=_("Content of the page"))]

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ARTICLE)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("placed under"), related_name="children", null=True, blank=True,
        help_text=_("Shown as the path above the title. Leave empty for a page directly under the front page."),
    )  # fmt: skip
    position = models.PositiveIntegerField(
        _("position"), default=100, help_text=_("Pages with a lower number come first.")
    )
    in_menu = models.BooleanField(
        _("in the menu"), default=False, help_text=_("At most five pages fit in the menu on a phone.")
    )
    in_footer = models.BooleanField(
        _("in the footer"), default=False,
        help_text=_("For pages about the website itself, such as privacy. Shown at the foot of every page."),
    )  # fmt: skip
    audience = models.CharField(
        _("for whom"), max_length=10, choices=Audience, blank=True,
        help_text=_("Pages for the same readers lead to each other. Empty: for everyone."),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=100)
    menu_title = models.CharField(
        _("short title"), max_length=30, blank=True, help_text=_("For the menu. Empty: the title is used.")
    )
    slug = models.SlugField(
        _("address"), max_length=80, blank=True,
        help_text=_("The last part of the web address. When you change it, the old address leads to the new one."),
    )  # fmt: skip
    lead = models.TextField(
        _("introduction"), blank=True, validators=[MaxLengthValidator(500)],
        help_text=_("One or two sentences that say what the reader finds here."),
    )  # fmt: skip
    description = models.CharField(
        _("description for search engines"), max_length=160, blank=True,
        help_text=_("Shown under the title in search results. 60 to 150 characters."),
    )  # fmt: skip
    created = models.DateTimeField(_("created"), auto_now_add=True)
    changed = models.DateTimeField(_("last saved"), auto_now=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("deleted by"),
    )  # fmt: skip

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "id"]
        # The order of each list, so that ten thousand pages take no longer than a hundred. The mark of deletion
        # stands in them and is no condition of theirs: SQLite would read the rows for it.
        indexes = [
            models.Index(fields=["deleted_at", "position"], name="page_order"),
            models.Index(fields=["deleted_at", "parent", "position"], name="page_level"),
            models.Index(fields=["deleted_at", "kind", "position"], name="page_kind"),
            models.Index(fields=["deleted_at", "changed"], name="page_changed"),
            models.Index(fields=["deleted_at", "title_nb"], name="page_title"),
            models.Index(
                fields=["deleted_at", "position", "title_nb", "title_nn", "title_en"], name="page_titles"
            ),
            models.Index(fields=["clinical", "deleted_at", "reviewed_on", "next_review_on"], name="page_review"),
        ]
        permissions = [
            ("publish_page", "Can publish pages"),
            ("review_page", "Can answer for what pages say about health"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], name="one_page_of_special_kinds",
                condition=models.Q(
                    kind__in=["front", "contact", "contact_patient", "contact_relative", "contact_referrer"]
                ),
                violation_error_message=_("There is already a page of this kind; edit that one."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or str(_("Page without a title"))

    def clean(self) -> None:
        """Refuse a parent that would make a loop in the tree."""
        super().clean()
        ancestor, seen = self.parent, set[int]()
        while ancestor is not None and ancestor.pk not in seen:  # a loop that is there already has an end here
            if ancestor.pk == self.pk and self.pk is not None:
                raise ValidationError({"parent": _("A page cannot be placed under itself.")})
            seen.add(ancestor.pk)
            ancestor = ancestor.parent
