"""The figure in the form of a page: a picture chosen by name, described in the languages of the page."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pages.admin.fields.languages import LANGUAGES
from pages.admin.page.block_formset import BlockFormSet
from pages.models import FigureBlock, Picture
from pages.models.blocks.figure import ALT_MISSING


class PictureSelect(forms.Select):
    """The names of pictures; each option carries the address of its thumbnail (picture_choice.js)."""

    thumbnails: dict[str, str] = {}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if thumbnail := self.thumbnails.get(str(option["value"])):
            option["attrs"]["data-thumbnail"] = thumbnail
        return option


def picture_field(field: Any) -> Any:
    """Return the field with its choices read once for all figures of the page, and a way to the library.

    A withdrawn picture is offered only where it is still chosen, and says so.
    """
    in_use = Exists(FigureBlock.objects.filter(picture=OuterRef("pk")))
    pictures = list(Picture.objects.filter(Q(withdrawn_at=None) | in_use).order_by("name", "pk"))
    field.widget = PictureSelect(attrs={"data-picture-choice": ""})
    field.widget.thumbnails = {str(picture.pk): picture.thumbnail for picture in pictures}
    field.choices = [("", _("– none –")), *((picture.pk, _name_of(picture)) for picture in pictures)]
    field.help_text = format_html(
        '<a href="{}" target="_blank">{}</a>',
        reverse("admin:pages_picture_changelist"), _("All pictures, and new ones (new tab)"),
    )  # fmt: skip
    return field


def _name_of(picture: Picture) -> str:
    if picture.withdrawn_at:
        return _("%(picture)s (withdrawn, visitors do not see it)") % {"picture": picture}
    return str(picture)


class FigureFormSet(BlockFormSet):
    """Every figure of a page that is no decoration is described in each language the page has a title in."""

    def clean(self) -> None:
        super().clean()
        languages = [code for code in LANGUAGES if getattr(self.instance, f"title_{code}", "")]
        for form in self.forms:
            untouched = form.instance.pk is None and not form.has_changed()
            if untouched or form.errors or form.cleaned_data["DELETE"] or form.cleaned_data["decorative"]:
                continue
            for code in languages:
                if not form.cleaned_data.get(f"alt_{code}"):
                    form.add_error(f"alt_{code}", ALT_MISSING)
