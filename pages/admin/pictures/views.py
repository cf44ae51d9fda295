"""The pages of the picture library.

Not Django's own form views: they hold a transaction open while the files are made, and no other request
could write meanwhile.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.pictures.forms import PictureForm, UploadForm
from pages.models import Picture, Shape
from pages.models.picture import address
from pages.pictures import library

NOT_STORED = gettext_lazy("The picture could not be stored, and nothing of it was kept. Try again later.")


def upload_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Take a new picture into the library."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if getattr(request, "upload_failed", False):  # mestring.web.uploads
        form.errors.pop("file")  # that it is missing is not the editor's fault
        form.add_error("file", NOT_STORED)
    picture = _add(admin, request, form) if form.is_valid() else None
    if picture is not None:
        return HttpResponseRedirect(change_url(picture))
    return _respond(admin, request, "add", {"title": _("New picture"), "form": form})


def _add(admin: ModelAdmin, request: HttpRequest, form: Any) -> Picture | None:
    """Return the picture, new or already in the library; None with the reason on the form."""
    by: Any = request.user
    data = form.cleaned_data
    try:
        picture = library.add(data["file"], name=data["name"], credit=data["credit"], by=by, again=data["again"])
    except library.AlreadyThere as there:
        if not there.picture.withdrawn_at:
            text = _("This picture is in the library already, under the name “%(name)s”.")
            messages.info(request, text % {"name": there.picture})
            return there.picture
        text = _(
            "This picture was withdrawn on %(day)s. If it may be shown again, tick here and choose it once more."
        )
        form.add_error("again", text % {"day": date_format(there.picture.withdrawn_at, "j. F Y")})
    except ValidationError as error:
        form.add_error("file", error)
    except OSError:
        form.add_error("file", NOT_STORED)
    else:
        admin.log_addition(request, picture, _("Uploaded. Consent confirmed."))
        messages.success(request, _("The picture is in the library. Now choose what must be seen of it."))
        return picture
    return None


def picture_view(admin: ModelAdmin, request: HttpRequest, picture_id: int) -> HttpResponse:
    """Show a picture and where it is used (GET), or change its name, credit and focal point (POST)."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    picture = picture_or_404(picture_id)
    form = PictureForm(request.POST if request.method == "POST" else None, instance=picture)
    if request.method == "POST":
        if not admin.has_change_permission(request) or picture.withdrawn_at:
            raise PermissionDenied
        if form.is_valid() and _change(form, picture):
            admin.log_change(request, picture, [{"changed": {"fields": form.changed_data}}])
            messages.success(request, _("Saved. A page shows the change when it is published again."))
            return HttpResponseRedirect(change_url(picture))
    drafts, shown = library.where_used(picture)
    context = {
        "title": str(picture), "picture": picture, "form": form, "drafts": drafts, "shown": shown,
        "whole": preview(picture, Shape.WHOLE), "landscape": preview(picture, Shape.LANDSCAPE),
        "may_change": admin.has_change_permission(request) and not picture.withdrawn_at,
        "may_withdraw": request.user.has_perm("pages.withdraw_picture") and not picture.withdrawn_at,
    }  # fmt: skip
    return _respond(admin, request, "change", context)


def _change(form: PictureForm, picture: Picture) -> bool:
    try:
        if form.focus != (picture.focus_x, picture.focus_y):
            library.move_focus(picture, *form.focus)
    except ValidationError as error:
        form.add_error(None, error)
    except OSError:
        form.add_error("left", _("The new crop could not be stored. The old one is kept. Try again later."))
    else:
        Picture.objects.filter(pk=picture.pk).update(name=picture.name, credit=picture.credit)
        return True
    return False


def withdraw_view(admin: ModelAdmin, request: HttpRequest, picture_id: int) -> HttpResponse:
    """Say what withdrawal means and where the picture is used (GET), or withdraw it (POST)."""
    if not request.user.has_perm("pages.withdraw_picture"):
        raise PermissionDenied
    picture = picture_or_404(picture_id)
    if picture.withdrawn_at:
        return HttpResponseRedirect(change_url(picture))
    if request.method == "POST":
        by: Any = request.user
        try:
            library.withdraw(picture, by=by)
        except OSError:
            text = _(
                "Not everything could be removed. Try again; if it fails again, ring the person who runs the "
                "website."
            )
            messages.error(request, text)
            return HttpResponseRedirect(reverse("admin:pages_picture_withdraw", args=[picture.pk]))
        admin.log_change(request, picture, _("Withdrawn."))
        messages.success(request, _("Withdrawn. The files are removed, and no page shows the picture any more."))
        return HttpResponseRedirect(change_url(picture))
    drafts, shown = library.where_used(picture)
    title = _("Withdraw “%(picture)s”?") % {"picture": picture}
    return _respond(
        admin, request, "withdraw", {"title": title, "picture": picture, "drafts": drafts, "shown": shown}
    )


def preview(picture: Picture, shape: str) -> dict[str, Any]:
    """Return address and size of a rendition that is large enough to choose the focal point in."""
    shown = picture.as_shown(shape)
    width = next((width for width in shown["widths"] if width >= 800), shown["width"])
    return shown | {"src": address(picture.key, f"{shown['stem']}-{width}.webp")}


def picture_or_404(picture_id: int) -> Picture:
    """Return the picture, with who uploaded and who withdrew it."""
    picture = Picture.objects.select_related("uploaded_by", "withdrawn_by").filter(pk=picture_id).first()
    if picture is None:
        raise Http404
    return picture


def change_url(picture: Picture) -> str:
    """Return the address of the page on which staff change a picture."""
    return reverse("admin:pages_picture_change", args=[picture.pk])


def _respond(admin: ModelAdmin, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    shared = {**admin.admin_site.each_context(request), "opts": admin.opts}
    return TemplateResponse(request, f"admin/pages/picture/{name}.html", shared | context)
