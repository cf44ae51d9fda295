"""The messages after a waiting edition was merged with what is published now."""

from typing import Any

from django.contrib import messages
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from pages.admin.dialogs import Message
from pages.admin.fields.languages import language_name
from pages.diff.merge import Clash
from pages.models import BLOCKS, Page
from pages.richtext.reader import text_of

SHOWN = 80  # letters of each edition's words
BEFORE = 30  # of them before the first difference, so that the place is found again
MOST_SHOWN = 12  # an editor reads no more than these in one go; the form itself shows everything


def rebuilt_messages(clashes: list[Clash]) -> list[Message]:
    """Say how to go on after the waiting edition was brought up to date, and name the clashes."""
    text = _(
        "The form now holds the waiting edition with what is published. Nothing is scheduled: look through it, "
        "and press “Publish later” again."
    )
    return [(messages.WARNING, text), *clash_messages(clashes)]


def clash_messages(clashes: list[Clash]) -> list[Message]:
    """Name each place that both editions had changed, with the words of both."""
    if not clashes:
        return []
    text = _("Both had changed these places. The form has the waiting words; see whether they are right:")
    return [(messages.WARNING, one) for one in (text, *map(describe_clash, clashes[:MOST_SHOWN]))]


def describe_clash(clash: Clash, text: str = "") -> str:
    """Return the place with the words of both, in the sentence that is given."""
    text = text or _("%(place)s. Published now: %(ours)s. In the form: %(theirs)s.")
    return text % {
        "place": place_of(clash),
        "ours": words_of(clash, clash.ours, beside=clash.theirs),
        "theirs": words_of(clash, clash.theirs, beside=clash.ours),
    }


def place_of(clash: Clash) -> str:
    """Return block, field and language, as the form names them."""
    model: Any = next((model for model in BLOCKS if model.snapshot_name == clash.block), Page)
    names = [str(model._meta.verbose_name)] if clash.block else []
    names += [str(field.verbose_name) for field in model._meta.fields if field.name == clash.name]
    place = capfirst(", ".join(dict.fromkeys(names)))
    return f"{place} ({language_name(clash.language)})" if clash.language else place


def words_of(clash: Clash, value: Any, *, beside: Any) -> str:
    """Return one edition's words, short enough for a message, from a little before they differ from the others."""
    if clash.block and not clash.name and value is None:
        return _("taken away")
    if not value and not isinstance(value, bool):
        return _("nothing")
    words, others = plain_words(clash, value), plain_words(clash, beside)
    letters = enumerate(zip(words, others, strict=False))
    same = next((at for at, (one, other) in letters if one != other), len(others))
    start = words.rfind(" ", 0, max(min(same, len(words)) - BEFORE, 0)) + 1  # at the beginning of a word
    return f"“{'…' if start else ''}{Truncator(words[start:]).chars(SHOWN)}”"


def plain_words(clash: Clash, value: Any) -> str:
    """Return a value as it is read."""
    if clash.block and not clash.name:
        parts = (value or {}).values()
        value = " ".join(text for part in parts if isinstance(part, dict) for text in part.values())
    elif clash.name == "parent" and value:
        value = str(Page.objects.filter(pk=value).first() or "")
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    return " ".join(text_of(str(value or "")).split())
