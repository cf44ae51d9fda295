"""The admin of the picture library: a list with thumbnails. The other pages are in pages.admin.pictures.views."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.admin.pictures.views import picture_view, upload_view, withdraw_view
from pages.models import Picture


@admin.register(Picture)
class PictureAdmin(OnlyListFilters):
    """Pictures are added, changed and withdrawn, never deleted: editions name them."""

    list_display = ["thumbnail", "name", "credit", "size", "used", "uploaded_at", "state"]
    list_display_links = ["name"]
    search_fields = ["name", "credit"]
    list_per_page = 24
    actions = None
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css = {"all": ["admin_pages/pictures.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        return super().get_queryset(request).annotate(pages=Count("figureblock__parent", distinct=True))

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, picture: Picture) -> SafeString | str:
        """Show the picture small, without alternative text: its name stands beside it."""
        if not picture.thumbnail:
            return "–"
        tag = '<img class="thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">'
        return format_html(tag, picture.thumbnail, picture.width, picture.height)

    @admin.display(description=gettext_lazy("Pixels"))
    def size(self, picture: Picture) -> str:
        """Return width and height."""
        return f"{picture.width}\u00a0×\u00a0{picture.height}"

    @admin.display(description=gettext_lazy("used"), ordering="pages")
    def used(self, picture: Any) -> str:
        """Say how many pages have it in their working copy."""
        if not picture.pages:
            return _("not used")
        return ngettext("on %(number)d page", "on %(number)d pages", picture.pages) % {"number": picture.pages}

    @admin.display(description=gettext_lazy("state"))
    def state(self, picture: Picture) -> str:
        """Say whether it can be shown."""
        return _("Withdrawn") if picture.withdrawn_at else _("Can be used")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse everyone: a picture is withdrawn instead, which keeps who did it."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Pictures")} | (extra_context or {}))

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return upload_view(self, request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return picture_view(self, request, int(object_id) if object_id.isdecimal() else 0)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.withdraw)
        return [path("<int:picture_id>/withdraw/", view, name="pages_picture_withdraw"), *super().get_urls()]

    def withdraw(self, request: HttpRequest, picture_id: int) -> HttpResponse:
        """Ask, then withdraw."""
        return withdraw_view(self, request, picture_id)
