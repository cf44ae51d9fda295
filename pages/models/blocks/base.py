"""What every block has, and which of its texts belong together."""

from typing import Any

from content_editor.models import create_plugin_base
from django.utils.functional import Promise

from pages.models.page import Page

# Typed as Any because the base class is made at run time.
_Plugin: Any = create_plugin_base(Page)

# A text that says something, the one it then wants, and what an editor is told while that one is empty.
Pair = tuple[str, str, str | Promise]


def together(first: str, second: str, message: str | Promise) -> tuple[Pair, Pair]:
    """Return two texts that are both there or neither, in each language."""
    return (first, second, message), (second, first, message)


class Block(_Plugin):
    """One typed piece of a page's body.

    A block is stored as far as it is written. What it lacks is a finding that stops its publication
    (pages.quality.rules.blocks), not an error that keeps a draft from being saved.
    """

    needs: tuple[str, ...] = ()  # without one of these texts a language would be misled, so it is not shown in it
    pairs: tuple[Pair, ...] = ()  # in the form `said, wanted, message`
    wants: tuple[str, ...] = ()  # settings without which it is shown in no language
    read_with: tuple[str, ...] = ()  # what of other tables is read together with the blocks

    class Meta(_Plugin.Meta):
        abstract = True

    def more_for_snapshot(self) -> dict[str, Any]:
        """Return what an edition carries beside the block's own fields."""
        return {}
