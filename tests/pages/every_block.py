"""A page with every type of block, several of those that are shown as one list."""

from itertools import count

from pages.editions.publishing import publish, save_draft
from pages.models import (
    CalloutBlock,
    CareCardBlock,
    ClaimBlock,
    ContactPanelBlock,
    DoDontBlock,
    DoorBlock,
    EventBlock,
    FactorBlock,
    FaqBlock,
    FigureBlock,
    Helpline,
    HelplinesBlock,
    MythFactBlock,
    QuoteBlock,
    ResourceLinkBlock,
    StepBlock,
    TableBlock,
    TermBlock,
)
from tests.factories import LANGUAGES, claim, draft, event


def texts(**fields):
    """Return each text in every language, marked with the language so that they can be told apart."""
    return {
        f"{name}_{code}": text.replace("*", f"({code})") for name, text in fields.items() for code in LANGUAGES
    }


def add(page, model, ordering, **fields):
    return model.objects.create(parent=page, region="main", ordering=ordering, **fields)


def page_with_every_block(slug="alt", *, body="<h2>Alt</h2><p>Velkommen.</p>", **fields):
    """Return a live page with every type of block."""
    page = draft(slug, body=body, **fields)
    place = count(20, 10)
    add(page, CalloutBlock, next(place), **texts(title="Ikke slutt brått *", body="<p>Snakk med lege først.</p>"))
    for kind, text in (("do", "klær til ute *"), ("dont", "rusmidler *"), ("do", "medisiner *")):
        add(page, DoDontBlock, next(place), kind=kind, **texts(text=text))
    for number in (1, 2, 3):
        words = texts(title=f"Steg {number} *", body="<p>Vi ringer deg.</p><ul><li><p>Si ifra.</p></li></ul>")
        add(page, StepBlock, next(place), **words)
    for number in (1, 2):
        add(page, FactorBlock, next(place), **texts(title=f"Årsak {number} *", text="Det kan gå i arv."))
    for number in (1, 2):
        words = texts(question=f"Hva skjer dag {number}? *", answer="<p>Du får et rom.</p>")
        add(page, FaqBlock, next(place), **words)
    add(page, MythFactBlock, next(place), **texts(myth="Det er bare å slutte *", fact="<p>Hjernen er endret.</p>"))
    rows = (
        "Tid | Hva skjer | Hvem er med | Hvor\n08.00 | Frokost | Alle som vil | Stuen\n12.00 | Lunsj | Alle | Ute"
    )
    add(page, TableBlock, next(place), **texts(caption="Dagsplan *", rows=rows))
    for language, publisher in (("nb", "Helsenorge"), ("en", "World Health Organization"), ("other", "Samediggi")):
        add(
            page, ResourceLinkBlock, next(place), url=f"https://example.org/{language}", publisher=publisher,
            language=language, checked_on="2026-02-03" if language == "nb" else None,
            **texts(title=f"Fakta fra {publisher} *"),
        )  # fmt: skip
    add(page, FigureBlock, next(place), drawing="diamond", **texts(alt="Et fjell *", caption="Speilbildet *"))
    add(page, FigureBlock, next(place), drawing="phases", decorative=True)
    add(page, QuoteBlock, next(place), **texts(text="Å be om hjelp er styrke *", attribution="En sykepleier"))
    for number in (1, 2):
        words = texts(term="TSB *" if number == 1 else "ROP *", explanation="<p>Flere fag sammen.</p>")
        add(page, TermBlock, next(place), **words)
    for number in (1, 2):
        made = claim(f"Vi har vakt hele døgnet {number}. *".replace(" 1. *", " *"), valid_until="2999-12-31")
        add(page, ClaimBlock, next(place), claim=made)
    add(page, EventBlock, next(place), event=event())
    Helpline.objects.create(
        number="90 90 48 48", name_nb="Pårørendelinjen", audience="relatives", verified_on="2026-02-03"
    )
    add(page, HelplinesBlock, next(place), audience="relatives")
    add(
        page,
        CareCardBlock,
        next(place),
        **texts(title="Ring 113 hvis noen *", body="<ul><li><p>ikke våkner</p></li></ul>"),
    )
    add(page, DoorBlock, next(place), audience="patient", link="contact:patient", **texts(title="Dør *"))
    add(page, ContactPanelBlock, next(place), **texts(title="Lurer du på noe? *", text="Ring oss."))
    publish(save_draft(page, by=None), by=None)
    return page
