"""Which guide, and which section of it, fits which page of the admin."""

from django.http import HttpRequest
from django.urls import reverse

from contact.permissions import READER, holds_right

# By the name of a page's address: the id of the section, which is its heading.
SECTIONS = {
    "index": "finne-ut-hva-som-trenger-deg",
    "pages_page_changelist": "endre-en-side",
    "pages_page_change": "endre-en-side",
    "pages_page_add": "lage-en-ny-side",
    "pages_page_preview_edition": "vise-et-utkast-til-en-kollega-uten-konto",
    "pages_page_plan": "endre-eller-avlyse-noe-som-er-planlagt",
    "pages_page_coming": "endre-eller-avlyse-noe-som-er-planlagt",
    "pages_page_discard": "forkaste-et-utkast",
    "pages_page_history": "hente-fram-en-tidligere-utgave",
    "pages_page_compare": "hente-fram-en-tidligere-utgave",
    "pages_page_restore": "hente-fram-en-tidligere-utgave",
    "pages_page_redact": "er-et-navn-limt-inn-ved-en-feil",
    "pages_page_words": "fa-teksten-sjekket",
    "pages_page_translations": "se-hva-som-ma-oversettes",
    "pages_page_translate": "oversette-side-om-side",
    "pages_page_tree": "endre-rekkefolge-og-meny",
    "pages_page_move": "endre-rekkefolge-og-meny",
    "pages_page_take_down": "ta-ned-en-side",
    "pages_page_delete": "slette-en-side-og-hente-den-tilbake",
    "pages_page_deleted": "slette-en-side-og-hente-den-tilbake",
    "pages_page_links": "finne-lenker-som-ikke-virker",
    "pages_page_replace": "bytte-ut-en-adresse-eller-et-nummer-overalt",
    "pages_picture_changelist": "bilder",
    "pages_picture_add": "legge-inn-et-bilde",
    "pages_picture_change": "velge-hva-som-ma-synes-av-bildet",
    "pages_picture_withdraw": "ta-et-bilde-bort-for-alltid",
    "pages_notice_changelist": "sette-en-beskjed-pa-alle-sider",
    "pages_notice_add": "sette-en-beskjed-pa-alle-sider",
    "pages_notice_change": "sette-en-beskjed-pa-alle-sider",
    "pages_claim_changelist": "endre-en-pastand-om-klinikken",
    "pages_claim_change": "endre-en-pastand-om-klinikken",
    "pages_event_changelist": "sette-datoer-for-en-samling",
    "pages_event_change": "sette-datoer-for-en-samling",
    "pages_helpline_changelist": "kontrollere-en-hjelpetelefon",
    "pages_helpline_change": "kontrollere-en-hjelpetelefon",
    "pages_launchconfirmation_changelist": "for-lansering",
}


# The same of docs/inbox.md.
INBOX_SECTIONS = {
    "contact_inquiry_changelist": "hver-dag",
    "contact_inquiry_search": "finne-igjen-en-henvendelse",
    "contact_inquiry_change": "svare-pa-en-henvendelse",
    "contact_inquiry_export": "tabeller-og-tall",
    "contact_inquiry_statistics": "tabeller-og-tall",
    "contact_replytemplate_changelist": "begynne-med-en-svarmal",
    "contact_replytemplate_change": "begynne-med-en-svarmal",
    "contact_replytemplate_add": "begynne-med-en-svarmal",
    "contact_staffkey_changelist": "forste-gang",
    "contact_grant_changelist": "nar-du-er-nokkelansvarlig",
    "contact_grant_key": "nar-du-er-nokkelansvarlig",
    "contact_grant_paper": "nar-du-er-nokkelansvarlig",
    "incident_begin": "nar-noe-har-skjedd",
    "incident": "nar-noe-har-skjedd",
}


def guide_for(request: HttpRequest) -> str:
    """Return the address in the guides that fits the page asked for, or where the reader's own guide begins."""
    where = request.resolver_match
    name = (where.url_name or "") if where else ""
    if name.startswith("contact_") or name in INBOX_SECTIONS or name == "inbox_guide":
        return _address("admin:inbox_guide", INBOX_SECTIONS.get(name, ""))
    if name != "guide" and not request.user.has_perm("pages.view_page") and holds_right(request.user, READER):
        return reverse("admin:inbox_guide")
    return _address("admin:guide", SECTIONS.get(name, ""))


def _address(guide: str, section: str) -> str:
    return f"{reverse(guide)}#{section}" if section else reverse(guide)
