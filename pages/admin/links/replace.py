"""Replace an address or a number everywhere: show every place first, then do what is ticked."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.dialogs import ask
from pages.admin.fields.languages import listed
from pages.admin.links.other_records import by_hand
from pages.admin.status.status import WORDS, read_standings, with_state
from pages.models import Page
from pages.models.web_address import https_only
from pages.replace.apply import Outcome, replace_in, still_waiting
from pages.replace.occurrences import Found, Hits, find, mark_of
from pages.replace.replacement import LINK, Change, Exchange
from pages.replace.search_term import MAIL, PHONE, WEB, Needle

FIND, REPLACE = "_find", "_replace"
MOST_PAGES = 50  # shown, and changed, at once: some seconds' work, each page in a transaction of its own
AROUND = 60  # characters shown before and after a hit
ONE_OF_THREE = gettext_lazy(
    "Write one whole web address that begins with https://, one e-mail address or one telephone number."
)


class ReplaceForm(forms.Form):
    """What becomes what, and where."""

    old = forms.CharField(
        label=gettext_lazy("Find"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "A web address, an e-mail address or a telephone number. A number is found however it is spaced."
        ),
    )  # fmt: skip
    new = forms.CharField(
        label=gettext_lazy("Replace by"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Written just as readers will see it."),
    )  # fmt: skip
    links = forms.BooleanField(label=gettext_lazy("where links lead"), required=False, initial=True)
    text = forms.BooleanField(label=gettext_lazy("the words readers see"), required=False, initial=True)

    def clean_old(self) -> Needle:
        """Refuse words: a sentence replaced everywhere is a mistake everywhere."""
        return self._needle("old")

    def clean_new(self) -> Needle:
        """Refuse a new web address without encryption."""
        needle = self._needle("new")
        if needle.kind == WEB:
            https_only(needle.typed)
        return needle

    def _needle(self, name: str) -> Needle:
        needle = Needle.read(self.cleaned_data[name])
        if needle is None:
            raise ValidationError(ONE_OF_THREE)
        return needle

    def clean(self) -> dict[str, Any]:
        """Refuse a number that becomes an address, and a search nowhere."""
        cleaned: dict[str, Any] = super().clean() or {}
        old, new = cleaned.get("old"), cleaned.get("new")
        if old and new and old.kind != new.kind:
            said = {PHONE: _("a telephone number"), MAIL: _("an e-mail address"), WEB: _("a web address")}
            text = _("What you look for is %(kind)s, so this must be too.") % {"kind": said[old.kind]}
            self.add_error("new", text)
        elif old and old == new:
            self.add_error("new", _("This is the same."))
        if not cleaned.get("links") and not cleaned.get("text"):
            self.add_error(None, _("Choose where to look: where links lead, the words readers see, or both."))
        return cleaned

    def exchange(self) -> Exchange:
        """Return what the form says."""
        said = self.cleaned_data
        return Exchange(said["old"], said["new"], links=said["links"], text=said["text"])


@dataclass(frozen=True)
class Place:
    """One hit as staff read it."""

    what: str
    language: str
    change: Change

    @property
    def in_link(self) -> bool:
        return self.change.where == LINK

    @property
    def before(self) -> str:
        words = self.change.before
        return words if len(words) <= AROUND else f"… {words[-AROUND:]}"

    @property
    def after(self) -> str:
        words = self.change.after
        return words if len(words) <= AROUND else f"{words[:AROUND]} …"


@dataclass(frozen=True)
class PageHits:
    """One page with its places. `mark` says what was shown, so that what changed meanwhile is noticed."""

    page: Any
    state: Any
    mark: str
    places: list[Place]


def replace_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask (GET), show what would change (POST), or do it in the pages that were ticked (POST)."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    form = ReplaceForm(request.POST or None)
    context: dict[str, Any] = {"title": _("Replace an address or a number everywhere"), "form": form}
    if not form.is_valid():
        return ask(admin, request, "replace", **context)
    exchange = form.exchange()
    if REPLACE in request.POST:
        context["outcomes"] = outcomes(admin, request, exchange)
    else:
        hits = find(exchange)
        context |= {"found": found(hits), "more": max(0, len(hits) - MOST_PAGES), "searched": True}
    context |= {
        "may_publish": request.user.has_perm("pages.publish_page"),
        "waiting": still_waiting(exchange, at=timezone.now()),
        "by_hand": by_hand(exchange, request.user),
    }
    return ask(admin, request, "replace", **context)


def found(hits: Hits) -> list[PageHits]:
    """Return the pages with hits, in the order of their titles."""
    pages: list[Any] = sorted(with_state(Page.objects.filter(pk__in=hits)), key=lambda page: (str(page), page.pk))
    read_standings(pages := pages[:MOST_PAGES])
    return [
        PageHits(page, WORDS[page.standing.code], mark_of(hits[page.pk]), places(hits[page.pk])) for page in pages
    ]


def places(hits: list[Found]) -> list[Place]:
    """Return every hit of a page with the names its form uses."""
    return [Place(name_of(one), listed([one.column.language]), change) for one in hits for change in one.changes]


def name_of(hit: Found) -> str:
    """Return block and field as the form names them."""
    field = capfirst(str(type(hit.row)._meta.get_field(hit.column.field).verbose_name))
    block = capfirst(str(hit.row._meta.verbose_name))
    return field if isinstance(hit.row, Page) or field == block else f"{block}: {field}"


def outcomes(admin: ModelAdmin, request: HttpRequest, exchange: Exchange) -> list[Outcome]:
    """Do it in each ticked page, and return what became of each."""
    by: Any = request.user
    too = "publish" in request.POST and by.has_perm("pages.publish_page")
    marks = dict(sent.split(":", 1) for sent in request.POST.getlist("page")[:MOST_PAGES] if ":" in sent)
    numbers = {int(number): mark for number, mark in marks.items() if number.isdecimal() and len(number) < 19}
    done = []
    for page in Page.objects.filter(pk__in=numbers):  # a deleted one is refused aloud
        outcome = replace_in(page, exchange, mark=numbers[page.pk], by=by, publish_too=too)
        if outcome.saved:
            words = {"old": exchange.old.typed, "new": exchange.new.typed}
            admin.log_change(request, page, _("Replaced “%(old)s” by “%(new)s”") % words)
        done.append(outcome)
    return sorted(done, key=lambda outcome: (str(outcome.page), outcome.page.pk))
