"""What every block has, and rules that several share."""

from typing import Any

from content_editor.models import create_plugin_base
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from pages.languages import LANGUAGES, in_language
from pages.models.page import Page

# Typed as Any because the base class is made at run time.
_Plugin: Any = create_plugin_base(Page)


class Block(_Plugin):
    """One typed piece of a page's body."""

    needs: tuple[str, ...] = ()  # without one of these texts a language would be misled, so it is not shown in it
    read_with: tuple[str, ...] = ()  # what of other tables is read together with the blocks

    class Meta(_Plugin.Meta):
        abstract = True

    def more_for_snapshot(self) -> dict[str, Any]:
        """Return what an edition carries beside the block's own fields."""
        return {}


def require_with(block: Any, said: str, wanted: str, message: str | Promise) -> None:
    """Refuse a language in which `said` says something and `wanted` nothing."""
    _refuse(_missing(block, said, wanted), message)


def require_both(block: Any, first: str, second: str, message: str | Promise) -> None:
    """Refuse a language in which one of the two says something and the other nothing."""
    _refuse(_missing(block, first, second) + _missing(block, second, first), message)


def _missing(block: Any, said: str, wanted: str) -> list[str]:
    has = {code: (in_language(block, said, code), in_language(block, wanted, code)) for code in LANGUAGES}
    return [f"{wanted}_{code}" for code, (first, second) in has.items() if first and not second]


def _refuse(fields: list[str], message: str | Promise) -> None:
    if fields:
        raise ValidationError(dict.fromkeys(fields, message))
