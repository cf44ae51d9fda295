"""The quality panel beside the page's form: what the rules find in its text, saved or not."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

from pages.admin.fields.languages import language_name
from pages.admin.form_names import CHECK
from pages.admin.quality.form_reader import FormSnapshot, read_form
from pages.languages import LANGUAGES
from pages.models import Page, WordException
from pages.quality.checking import check
from pages.quality.exceptions import reasons_in_force
from pages.quality.finding import Finding, place_label
from pages.quality.passages import read
from pages.quality.rules.readability import Readability, measure


@dataclass(frozen=True)
class FindingRow:
    """A finding with a link to its field and, for a listed word, to its reason."""

    finding: Finding
    place: str
    field_id: str
    reasons_url: str


@dataclass
class LanguagePart:
    """The findings in one language, and how easily its text reads."""

    code: str
    name: str
    readability: Readability
    rows: list[FindingRow] = field(default_factory=list)
    accepted: list[WordException] = field(default_factory=list)

    @property
    def hard(self) -> int:
        """Return how many of the findings prevent publication."""
        return sum(row.finding.hard for row in self.rows)


def check_view(admin: ModelAdmin, request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Answer with the panel for the form as it was sent, to a person who may save it. Writes nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    page = Page.objects.filter(pk=page_id).first() if page_id else None
    allowed = admin.has_change_permission(request, page) if page_id else admin.has_add_permission(request)
    if not allowed:
        raise PermissionDenied
    if page_id and page is None:
        raise Http404
    return render(
        request, "admin/pages/page/quality_findings.html", {"quality": panel(request, page, request.POST)}
    )


def panel(request: HttpRequest, page: Page | None, sent: QueryDict) -> dict[str, Any]:
    """Return what the templates of the panel read; the findings only when a form was sent."""
    address = reverse("admin:pages_page_check", args=[page.pk]) if page else reverse("admin:pages_page_check_new")
    if request.method != "POST":
        return {"url": address, "parts": None}
    reasons = reasons_in_force(page) if page else {}
    form = read_form(sent, page)
    parts = [_part(form, language, page, reasons) for language in LANGUAGES]
    return {
        "url": address, "page": page, "parts": parts, "only_checked": CHECK in request.POST,
        "count": sum(len(part.rows) for part in parts), "hard": sum(part.hard for part in parts),
    }  # fmt: skip


def _part(
    form: FormSnapshot, language: str, page: Page | None, reasons: dict[tuple[str, str], WordException]
) -> LanguagePart:
    reading = read(form.head, form.body, language)
    part = LanguagePart(language, capfirst(language_name(language)), measure(reading))
    for finding in check(reading):
        if finding.word and (row := reasons.get((language, finding.word))):
            part.accepted.append(row)
        else:
            label = place_label(form.body, finding.place)
            field_id = form.id_of(finding.place, language)
            part.rows.append(FindingRow(finding, capfirst(label), field_id, _reasons_url(page, finding)))
    return part


def _reasons_url(page: Page | None, finding: Finding) -> str:
    if page is None or not finding.word:
        return ""
    query = urlencode({"word": f"{finding.language}:{finding.word}"})
    return f"{reverse('admin:pages_page_words', args=[page.pk])}?{query}"
