"""What is said after a waiting edition was put on top of what is published now."""

from typing import Any

from django.contrib import messages
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from pages.admin.fields.languages import language_name
from pages.diff.merge import Clash
from pages.models import BLOCKS, Page

SHOWN = 12  # more than these nobody reads in one go; the form itself shows everything


def said_of(clashes: list[Clash]) -> list[tuple[int, str]]:
    """Return (level, sentence): how to go on, and each place that both had changed."""
    text = _(
        "The form now holds the waiting edition with what is published. Nothing is scheduled: look through it, "
        "and press “Publish later” again."
    )
    said = [(messages.WARNING, text)]
    if clashes:
        text = _("Both had changed these places. The form has the waiting words; see whether they are right:")
        said.append((messages.WARNING, text))
    return said + [(messages.WARNING, sentence(clash)) for clash in clashes[:SHOWN]]


def sentence(clash: Clash) -> str:
    """Return the place with the words of both."""
    text = _("%(place)s. Published now: %(ours)s. In the form: %(theirs)s.")
    return text % {
        "place": place_of(clash),
        "ours": shown(clash, clash.ours),
        "theirs": shown(clash, clash.theirs),
    }


def place_of(clash: Clash) -> str:
    """Return where it stands, in the words of the form."""
    model: Any = next((model for model in BLOCKS if model.snapshot_name == clash.block), Page)
    names = [str(model._meta.verbose_name)] if clash.block else []
    names += [str(field.verbose_name) for field in model._meta.fields if field.name == clash.name]
    place = capfirst(", ".join(dict.fromkeys(names)))
    return f"{place} ({language_name(clash.language)})" if clash.language else place


def shown(clash: Clash, value: Any) -> str:
    """Return one side's words, short enough for a message."""
    if clash.block and not clash.name:
        if value is None:
            return _("taken away")
        value = " ".join(text for part in value.values() if isinstance(part, dict) for text in part.values())
    elif clash.name == "parent" and value:
        value = str(Page.objects.filter(pk=value).first() or "")
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    return f"“{Truncator(strip_tags(str(value))).chars(80)}”" if value else _("nothing")
