"""The blocks of one kind in the form of a page."""

from typing import Any

from django.forms import BaseInlineFormSet
from django.utils.functional import cached_property


class BlockFormSet(BaseInlineFormSet):
    """Makes its empty form once; Django asks for it four times while the page is shown."""

    @cached_property
    def empty_form(self) -> Any:
        return super().empty_form
