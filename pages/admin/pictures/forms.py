"""The forms of the picture library."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.models import Picture

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"


class UploadForm(forms.ModelForm):
    """A new picture. The kind of file is decided when it is read, not by its name."""

    file = forms.FileField(
        label=gettext_lazy("Picture file"),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or AVIF, at most 20 MB. What the file says of place and time is removed."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-largest": settings.PICTURE_MAX_BYTES}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "We may use this picture, and everyone who can be recognised in it has agreed in writing."
        ),
        error_messages={"required": gettext_lazy("Without this the picture cannot be on the website.")},
    )
    again = forms.BooleanField(
        label=gettext_lazy("It was withdrawn, and may be shown again. I have made sure."), required=False
    )

    class Meta:
        model = Picture
        fields = ["name", "credit"]

    field_order = ["file", "name", "credit", "consent", "again"]

    def clean_file(self) -> Any:
        """Refuse a file that is too large, with a sentence. A request far larger is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.PICTURE_MAX_BYTES:
            raise ValidationError(_("The file is larger than 20 MB. Choose a smaller copy of the picture."))
        return file


class PictureForm(forms.ModelForm):
    """What staff change about a picture. The focal point is asked for in per cent, as staff think of it."""

    left = forms.IntegerField(label=gettext_lazy("From the left, in per cent"), min_value=0, max_value=100)
    top = forms.IntegerField(label=gettext_lazy("From the top, in per cent"), min_value=0, max_value=100)

    class Meta:
        model = Picture
        fields = ["name", "credit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        picture: Picture = kwargs["instance"]
        kwargs["initial"] = {"left": round(picture.focus_x * 100), "top": round(picture.focus_y * 100)}
        super().__init__(*args, **kwargs)

    @property
    def focus(self) -> tuple[float, float]:
        """Return the focal point as it is stored."""
        return self.cleaned_data["left"] / 100, self.cleaned_data["top"] / 100
