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
from pages.admin.translations.forms import OPENED, RIGHT, SEEN, OneLanguageForm, exactly
from pages.diff.compare import FieldDifference, difference
from pages.diff.translation_pairs import NOT_TRANSLATED, Pair, mark_of
from pages.languages import SOURCE, in_language
from pages.models import PageTranslation
from pages.richtext.field import HEADINGS, RichTextField
from pages.richtext.reader import Element, retag, rewrite
from pages.richtext.tokens import Token, plain_tokens, rich_tokens


@dataclass
class Line:
    """One text: its source, its translation, and how the two stand."""

    bound: BoundField
    label: str
    rich: bool
    source: str
    pair: Pair
    state: str
    raw: str = ""
    earlier: str = ""
    difference: FieldDifference | None = None  # between the source as it was and as it is
    meanwhile: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    right_name: str = ""
    right_chosen: bool = False
    is_first: bool = False  # of those that are wrong, or to look through


@dataclass
class Part:
    """The page itself or one block."""

    heading: str
    lines: list[Line]


def parts_of(made: list[OneLanguageForm], row: PageTranslation, request: HttpRequest) -> Iterator[Part]:
    """Yield the page and its blocks in reading order."""
    sources = [in_language(form.instance, name, SOURCE) for form in made for name in form.columns.values()]
    known, titles, number = set(row.known), link_names(sources), 0
    for form in made:
        heading = _("The page")
        if form.place != "page":
            number += 1
            heading = f"{number}. {capfirst(form.instance._meta.verbose_name)}"
        yield Part(heading, [_line(form, column, known, titles, request) for column in form.columns])


def _line(
    form: OneLanguageForm, column: str, known: set[str], titles: dict[str, str], request: HttpRequest
) -> Line:
    name, bound, here = form.columns[column], form[column], form.here[column]
    key, model_field = bound.html_name, form.instance._meta.get_field(name)
    rich = isinstance(model_field, RichTextField)
    source = in_language(form.instance, name, SOURCE)
    pair = Pair(f"{form.place}.{name}", mark_of(source), mark_of(here))
    return Line(
        bound, capfirst(str(model_field.verbose_name)), rich, shown(source, rich=rich, titles=titles), pair,
        state="" if name in NOT_TRANSLATED else state_of(pair, known),
        meanwhile=shown(form.meanwhile.get(column, ""), rich=rich),
        hidden={OPENED + key: exactly(here), SEEN + key: pair.source},
        right_name=RIGHT + key, right_chosen=RIGHT + key in request.POST, raw=source,
    )  # fmt: skip


def tell_changes(lines: list[Line], earlier: dict[Pair, str]) -> None:
    """Give each line what its source said when the translation last matched, and mark the words that differ."""
    changed = [line for line in lines if line.pair in earlier]
    titles = link_names([[line.raw, earlier[line.pair]] for line in changed]) if changed else {}
    for line in changed:
        was = earlier[line.pair]
        line.earlier = shown(was, rich=line.rich, titles=titles)
        old, new = ([*tokens(text, titles, rich=line.rich)] for text in (was, line.raw))
        line.difference = difference("", SOURCE, old, new, changed=was != line.raw)


def tokens(text: str, titles: dict[str, str], *, rich: bool) -> list[Token]:
    """Return a text as tokens to compare, its links with the titles of what they lead to."""
    return rich_tokens(text, lambda href: titles.get(href, href)) if rich else plain_tokens(text)


def state_of(pair: Pair, known: set[str]) -> str:
    """Return what is to be done with one text: "missing", "outdated" or nothing."""
    if pair.mark in known or not (pair.source or pair.translation):
        return ""
    return "outdated" if pair.translation else "missing"


def shown(text: str, *, rich: bool, titles: dict[str, str] | None = None) -> str:
    """Return a text as staff read it.

    Its links lead nowhere, as who follows one loses what is typed; its headings are none of this page's.
    """
    if not rich:
        return escape(text)

    def named(link: Element) -> str:
        to = (titles or {}).get(link.href, link.href)
        return f'<span class="source-link">{link.inner}</span> <span class="source-to">(→ {escape(to)})</span>'

    text = retag(text, HEADINGS, '<p class="source-heading">', "</p>")
    return mark_safe(rewrite(text, ("a",), named))  # noqa: S308  # cleaned when it was stored (pages.richtext.field)
