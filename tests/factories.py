"""Pages made with few words, for tests that are about something else."""

from pages.models import Clinic, ContactPanelBlock, Helpline, Page, TextBlock
from pages.publishing import publish, save_draft

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
    publish(save_draft(page, by=None), by=None, now=now)
    return page


def front(**fields) -> Page:
    """Make a live front page."""
    return live("forside", kind=Page.Kind.FRONT, **fields)


def add_panel(page: Page, **texts) -> ContactPanelBlock:
    """Put a contact panel at the end of a working copy."""
    return ContactPanelBlock.objects.create(parent=page, region="main", ordering=900, **texts)
