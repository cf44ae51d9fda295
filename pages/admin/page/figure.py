"""The figure in the form of a page: a picture chosen by name."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mestring.typed_text.norwegian_order import norwegian_order
from pages.models import FigureBlock, Picture


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
    pictures = list(Picture.objects.filter(Q(withdrawn_at=None) | in_use).order_by(norwegian_order("name"), "pk"))
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
