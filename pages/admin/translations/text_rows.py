"""What stands on the page side by side: each text with its source, and how the two stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.forms import BoundField
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.admin.picker.destinations import link_names
from pages.admin.translations.one_language_form import OPENED, OneLanguageForm, text_digest
from pages.admin.translations.submission import CONFIRMED, SEEN
from pages.diff.compare import FieldDifference, difference
from pages.diff.translation_pairs import NOT_TRANSLATED, TranslationPair, fingerprint_of
from pages.languages import SOURCE, in_language
from pages.models import PageTranslation
from pages.richtext.allowed_markup import HEADINGS
from pages.richtext.field import RichTextField
from pages.richtext.reader import Element, retag, rewrite
from pages.richtext.tokens import Token, plain_tokens, rich_tokens


@dataclass
class TextRow:
    """One text: its source, its translation, and how the two stand."""

    bound: BoundField
    label: str
    rich: bool
    source: str
    pair: TranslationPair
    state: str
    stored_source: str = ""
    earlier: str = ""
    difference: FieldDifference | None = None  # between the source as it was and as it is
    changed_meanwhile: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    confirm_name: str = ""
    confirmed: bool = False
    is_first: bool = False  # of those that are wrong, or to look through


@dataclass
class PagePart:
    """The page itself or one block."""

    heading: str
    rows: list[TextRow]


def page_parts(
    forms: list[OneLanguageForm], translation: PageTranslation, request: HttpRequest
) -> Iterator[PagePart]:
    """Yield the page and its blocks in reading order."""
    sources = [in_language(form.instance, name, SOURCE) for form in forms for name in form.columns.values()]
    known, titles, number = set(translation.known), link_names(sources), 0
    for form in forms:
        heading = _("The page")
        if form.place != "page":
            number += 1
            heading = f"{number}. {capfirst(form.instance._meta.verbose_name)}"
        yield PagePart(heading, [_text_row(form, column, known, titles, request) for column in form.columns])


def _text_row(
    form: OneLanguageForm, column: str, known: set[str], titles: dict[str, str], request: HttpRequest
) -> TextRow:
    name, bound, stored = form.columns[column], form[column], form.stored[column]
    key, model_field = bound.html_name, form.instance._meta.get_field(name)
    rich = isinstance(model_field, RichTextField)
    source = in_language(form.instance, name, SOURCE)
    pair = TranslationPair(f"{form.place}.{name}", fingerprint_of(source), fingerprint_of(stored))
    return TextRow(
        bound, capfirst(str(model_field.verbose_name)), rich, as_html(source, rich=rich, titles=titles), pair,
        state="" if name in NOT_TRANSLATED else state_of(pair, known), stored_source=source,
        changed_meanwhile=as_html(form.changed_meanwhile.get(column, ""), rich=rich),
        hidden={OPENED + key: text_digest(stored), SEEN + key: pair.source},
        confirm_name=CONFIRMED + key, confirmed=CONFIRMED + key in request.POST,
    )  # fmt: skip


def add_source_changes(rows: list[TextRow], earlier: dict[TranslationPair, str]) -> None:
    """Give each row what its source said when the translation last matched, and mark the words that differ."""
    changed = [row for row in rows if row.pair in earlier]
    titles = link_names([[row.stored_source, earlier[row.pair]] for row in changed]) if changed else {}
    for row in changed:
        before = earlier[row.pair]
        row.earlier = as_html(before, rich=row.rich, titles=titles)
        old, new = (_tokens(text, titles, rich=row.rich) for text in (before, row.stored_source))
        row.difference = difference("", SOURCE, old, new, changed=before != row.stored_source)


def _tokens(text: str, titles: dict[str, str], *, rich: bool) -> list[Token]:
    """Return a text as tokens to compare; a link has the title of the page it leads to."""
    return list(rich_tokens(text, lambda href: titles.get(href, href)) if rich else plain_tokens(text))


def state_of(pair: TranslationPair, known: set[str]) -> str:
    """Return what is to be done with one text: "missing", "outdated" or nothing."""
    if pair.fingerprint in known or not (pair.source or pair.translation):
        return ""
    return "outdated" if pair.translation else "missing"


def as_html(text: str, *, rich: bool, titles: dict[str, str] | None = None) -> str:
    """Return a text as staff read it beside its translation.

    Its links cannot be followed, as that would lose what the editor has typed, and its headings are no headings
    of this page.
    """
    if not rich:
        return escape(text)

    def show_target(link: Element) -> str:
        target = (titles or {}).get(link.href, link.href)
        return f'<span class="source-link">{link.inner}</span> <span class="source-to">(→ {escape(target)})</span>'

    text = retag(text, HEADINGS, '<p class="source-heading">', "</p>")
    return mark_safe(rewrite(text, ("a",), show_target))  # noqa: S308  # cleaned when stored (pages.richtext.allowed_markup)
