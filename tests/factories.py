"""Pages made with few words, for tests that are about something else."""

from datetime import timedelta

from django.utils import timezone

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.publishing import publish, write_draft
from pages.live.facts import Facts
from pages.live.tree import LiveTree
from pages.models import Claim, Clinic, ContactPanelBlock, Edition, Event, EventDate, Helpline, Page, TextBlock
from pages.rendering.moment import Moment
from tests import kept_rows

LANGUAGES = ("nb", "nn", "en")


def clinic() -> Clinic:
    """Make the clinic with the three lines that are always shown."""
    made = Clinic.objects.create(pk=1, name="Mestringshusene", phone="+4735019500")
    for number, name in (("113", "Nødtelefon"), ("112", "Politi"), ("116 117", "Legevakt")):
        Helpline.objects.create(clinic=made, number=number, name_nb=name, always_shown=True)
    return made


def draft(slug: str = "avrusning", *, languages=LANGUAGES, body: str = "<p>Velkommen inn.</p>", **fields) -> Page:
    """Make a working copy with one text block, complete in the given languages."""
    texts = {}
    if fields.get("kind", Page.Kind.ARTICLE) not in Page.ONLY_ONE:
        texts |= {f"slug_{language}": f"{slug}-{language}" for language in languages}
    texts |= {f"title_{language}": f"{slug} {language}" for language in languages}
    page = Page.objects.create(**(texts | fields))
    bodies = {f"body_{language}": body for language in languages}
    TextBlock.objects.create(parent=page, region="main", ordering=10, **bodies)
    return page


def live(slug: str = "avrusning", *, now=None, **fields) -> Page:
    """Make a page that visitors can read."""
    page = draft(slug, **fields)
    edition = write_draft(page, by=None, note="", intent=TranslationIntent.UNSTATED)
    publish(edition, by=None, now=now)  # lists the links, which `save_draft` would have done once more
    return page


def kept_live(slug: str = "avrusning", **fields) -> Page:
    """Make a live page with which many tests of a file begin, from its rows."""
    kept_rows.put(f"live {slug} {fields}", lambda: live(slug, **fields))
    return Page.objects.get(slug_nb=f"{slug}-nb")


def waiting_edition(page: Page, *, now=None) -> Edition | None:
    """Return the edition of the page that begins later."""
    return page.editions.waiting(at=now or timezone.now()).first()


def front(**fields) -> Page:
    """Make a live front page."""
    kept_rows.put(f"front {fields}", lambda: live("forside", kind=Page.Kind.FRONT, **fields))
    return Page.objects.get(kind=Page.Kind.FRONT)


def section(**fields) -> Page:
    """Make a live overview with three live pages, `en`, `to` and `tre`."""

    def make() -> None:
        overview = live("artikler", kind=Page.Kind.OVERVIEW, **fields)
        for number, slug in enumerate(("en", "to", "tre"), start=1):
            live(slug, parent=overview, position=10 * number)

    kept_rows.put(f"section {fields}", make)
    return Page.objects.get(slug_nb="artikler-nb")


def add_panel(page: Page, **texts) -> ContactPanelBlock:
    """Put a contact panel at the end of a working copy."""
    return ContactPanelBlock.objects.create(parent=page, region="main", ordering=900, **texts)


def moment(language: str = "nb", *, at=None) -> Moment:
    """What is live and true now."""
    at = at or timezone.now()
    return Moment(LiveTree.read(at=at), Facts.read(at=at), language)


def claim(text: str = "Vi har vakt hele døgnet.", **fields) -> Claim:
    """Make a claim that visitors see, in every language."""
    texts = {f"text_{language}": text.replace("*", f"({language})") for language in LANGUAGES}
    ours = {"name": "Bemanning", "source": "Daglig leder", "confirmed_on": timezone.localdate()}
    return Claim.objects.create(**(ours | texts | fields))


def event(*, starts_in: timedelta | None = timedelta(days=3), **fields) -> Event:
    """Make a gathering of four hours, or one without a date."""
    texts = {}
    for language in LANGUAGES:
        texts |= {
            f"title_{language}": f"Samling på Tysnes ({language})",
            f"text_{language}": "For tidligere pasienter.",
        }
    made = Event.objects.create(**(texts | fields))
    if starts_in is not None:
        event_date(made, starts_in)
    return made


def event_date(made: Event, starts_in: timedelta, **fields) -> EventDate:
    """Give a gathering one more date."""
    starts = timezone.now() + starts_in
    return EventDate.objects.create(event=made, starts_at=starts, ends_at=starts + timedelta(hours=4), **fields)
