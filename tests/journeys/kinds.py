"""Every kind of page that a visitor can meet, and how one comes to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.following import follow


def send_nothing(page):
    page.check("[name=reach][value=phone]")
    press_send(page)


def send_a_few_words(page):
    page.fill("[name=message]", "Hei. Kan dere ringe meg?")
    press_send(page)


def send_and_confirm(page):
    send_a_few_words(page)
    follow(page.locator("[value=send]"))


def send_what_no_form_has(page):
    page.evaluate("""() => {
        const field = document.querySelector("main form input")
        for (let n = 0; n < 3300; n++) field.after(field.cloneNode())
    }""")
    press_send(page)


def press_send(page):
    follow(page.locator("main form button"))


@dataclass(frozen=True)
class Kind:
    """Where a kind of page is found, and what the visitor does there to see it."""

    address: str
    status: int = 200
    then: Callable | None = None
    site: str = "every_kind_site"


# A new kind of page needs only its line here. These are shown always: one of each build, and the fullest of it.
ALWAYS = {
    "front page": Kind("/"),
    "every block with long words": Kind("/nn/lang-nn/"),
    "overview": Kind("/behandling/"),
    "form with errors": Kind("/kontakt/pasient/", 422, send_nothing),
    "receipt": Kind("/kontakt/parorende/", 200, send_and_confirm),
    "search for help": Kind("/sok/?q=selvmord"),
    "fault": Kind("/i-stykker-nb/", 500),
}
# These are shown in the proof `looks`, as they share their templates, parts and styles with those.
IN_THE_PROOF = {
    "article": Kind("/avrusning/"),
    "article with advice": Kind("/unnga-tilbakefall/"),
    "article in nynorsk": Kind("/nn/avrusing/"),
    "article in English": Kind("/en/detox/"),
    "theme": Kind("/selvhjelpsgrupper/"),
    "contact": Kind("/kontakt/"),
    "empty overview": Kind("/tom-nb/"),
    "glossary": Kind("/ordliste/"),
    "every block": Kind("/alt-nb/"),
    "every block in nynorsk": Kind("/nn/alt-nn/"),
    "every block in English": Kind("/en/alt-en/"),
    "no heading": Kind("/uten-nb/"),
    "overview of long titles": Kind("/nn/langt-nn/"),
    "form for patients": Kind("/kontakt/pasient/"),
    "form for relatives": Kind("/kontakt/parorende/"),
    "form for referrers": Kind("/kontakt/henviser/"),
    "search": Kind("/sok/"),
    "search with results": Kind("/sok/?q=rus"),
    "search without results": Kind("/en/search/?q=xyzzy"),
    "gathering": Kind("/etter-behandling/"),
    "drawing": Kind("/visjon-og-filosofi/"),
    "answers to look through": Kind("/kontakt/parorende/", 200, send_a_few_words),
    "code": Kind("/kontakt/svar/"),
    "not found": Kind("/finnes-ikke/", 404),
    "not in this language": Kind("/en/norsk-en/", 404),
    "could not be read": Kind("/kontakt/pasient/", 400, send_what_no_form_has),
    "could not be stored": Kind("/kontakt/pasient/", 503, send_and_confirm, site="failing_site"),
    "database away": Kind("/", 503, site="failing_site"),
}
KINDS = ALWAYS | IN_THE_PROOF
