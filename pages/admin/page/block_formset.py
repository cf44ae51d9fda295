"""The blocks of one kind in the form of a page."""

from typing import Any

from django.forms import BaseInlineFormSet, Field, ModelChoiceField, ModelForm
from django.utils.functional import cached_property


class BlockForm(ModelForm):
    """One block. A new one that shows a fact is nothing until the fact is chosen, and is left out."""

    def has_changed(self) -> bool:
        facts = [name for name, field in self.fields.items() if self._is_fact(name, field)]
        unchosen = self.instance.pk is None and any(not self.data.get(self.add_prefix(name)) for name in facts)
        return not unchosen and super().has_changed()

    def _is_fact(self, name: str, field: Field) -> bool:
        return isinstance(field, ModelChoiceField) and field.required and name != "parent"


class BlockFormSet(BaseInlineFormSet):
    """Makes its empty form once; Django asks for it four times while the page is shown."""

    @cached_property
    def empty_form(self) -> Any:
        return super().empty_form
