"""The form of "replace everywhere": one address or number, and what it becomes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.models.web_address import https_only
from pages.replace.replacement import Replacement
from pages.replace.search_term import MAIL, PHONE, WEB, SearchTerm

ONE_OF_THREE = gettext_lazy(
    "Write one whole web address that begins with https://, one e-mail address or one telephone number."
)


class ReplaceForm(forms.Form):
    """What becomes what, and where."""

    old = forms.CharField(
        label=gettext_lazy("Find"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "A web address, an e-mail address or a telephone number. A number is found however it is spaced."
        ),
    )  # fmt: skip
    new = forms.CharField(
        label=gettext_lazy("Replace by"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Written just as readers will see it."),
    )  # fmt: skip
    links = forms.BooleanField(label=gettext_lazy("where links lead"), required=False, initial=True)
    text = forms.BooleanField(label=gettext_lazy("the words readers see"), required=False, initial=True)

    def clean_old(self) -> SearchTerm:
        """Refuse words: a sentence replaced everywhere is a mistake everywhere."""
        return self._search_term("old")

    def clean_new(self) -> SearchTerm:
        """Refuse a new web address without encryption."""
        term = self._search_term("new")
        if term.kind == WEB:
            https_only(term.typed)
        return term

    def _search_term(self, name: str) -> SearchTerm:
        term = SearchTerm.read(self.cleaned_data[name])
        if term is None:
            raise ValidationError(ONE_OF_THREE)
        return term

    def clean(self) -> dict[str, Any]:
        """Refuse to replace a number by an address, and a search in neither links nor words."""
        cleaned: dict[str, Any] = super().clean() or {}
        old, new = cleaned.get("old"), cleaned.get("new")
        if old and new and old.kind != new.kind:
            kinds = {PHONE: _("a telephone number"), MAIL: _("an e-mail address"), WEB: _("a web address")}
            text = _("What you look for is %(kind)s, so this must be too.") % {"kind": kinds[old.kind]}
            self.add_error("new", text)
        elif old and old == new:
            self.add_error("new", _("This is the same."))
        if not cleaned.get("links") and not cleaned.get("text"):
            self.add_error(None, _("Choose where to look: where links lead, the words readers see, or both."))
        return cleaned

    def replacement(self) -> Replacement:
        """Return what the form says."""
        cleaned = self.cleaned_data
        return Replacement(cleaned["old"], cleaned["new"], links=cleaned["links"], text=cleaned["text"])
