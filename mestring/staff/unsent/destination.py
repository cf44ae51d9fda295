"""Where an unsent form leads on: to a page that shows it once more where there is one, else to its address."""

from dataclasses import dataclass

from django.urls import Resolver404, resolve, reverse

from mestring.staff.unsent.sealed_form import UnsentForm

PAGE_FORM = ("pages_page_add", "pages_page_change")


@dataclass(frozen=True)
class Destination:
    """The address and fields of the form that the colleague sends, and whether that only shows it."""

    path: str
    fields: list[tuple[str, str]]
    only_shows: bool


def destination_of(form: UnsentForm) -> Destination | None:
    """Return where the form leads on; None when nothing stands there any more."""
    # Imported here: importing the section registers it with the site of staff, which reads this module first.
    from pages.admin.form_names import CHECK, PREVIEW, PUBLISH, SCHEDULE

    try:
        match = resolve(form.path.partition("?")[0])
    except Resolver404:
        return None
    name = match.url_name or ""
    if name in PAGE_FORM:
        fields = [
            (field, value)
            for field, value in form.fields
            if field not in (PUBLISH, SCHEDULE, PREVIEW, "_continue")
        ]
        return Destination(form.path, [*fields, (CHECK, "1")], only_shows=True)
    if name.startswith("contact_inquiry_") and "pk" in match.kwargs:
        again = reverse("admin:contact_inquiry_again", args=[match.kwargs["pk"]])
        return Destination(again, form.fields, only_shows=True)
    return Destination(form.path, form.fields, only_shows=False)
