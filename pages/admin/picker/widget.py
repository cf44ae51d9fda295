"""The text field of a picker: page_picker.js fills its list of suggestions while an editor writes."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from js_asset import Script

SUGGESTIONS = reverse_lazy("admin:pages_page_find")


class PagePicker(forms.TextInput):
    """A text field with suggestions; `offered` are those that stand in it before an editor writes."""

    choices = ()  # Django's wrapper around choices of rows asks for it

    class Media:
        js = [Script("admin_pages/page_picker.js", defer=True)]

    def __init__(self, purpose: str, page: Any = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false"})
        self.offered: list[str] = []
        self.query = f"for={purpose}" + (f"&not={page}" if page else "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        list_id = f"{(attrs or {}).get('id', name)}_pages"
        own = {**(attrs or {}), "data-pages": f"{SUGGESTIONS}?{self.query}", "list": list_id}
        field = super().render(name, value, own, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((label,) for label in self.offered))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)
