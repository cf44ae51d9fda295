"""Reply templates: the section where staff write the texts that they reply with."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import Textarea
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from contact.admin.wording.template_choices import language_name
from contact.models import ReplyTemplate
from contact.permissions import holds_right

PLACES = gettext_lazy(
    "What has to be filled in stands between two brackets on each side, such as [[day and time]]. "
    "Until it is filled in, the reply is not sent. Write nothing about a particular person."
)


def _asks_for(right: str) -> Callable[..., bool]:
    """Return the method that asks a role for a right: Django's says yes to every superuser."""

    def is_allowed(_section: admin.ModelAdmin, request: HttpRequest, obj: Any = None) -> bool:
        return holds_right(request.user, right)

    return is_allowed


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(admin.ModelAdmin):
    """Texts that colleagues reply with. A reply that is sent does not change with its template."""

    list_display = ["name", "role", "languages", "in_use"]
    list_filter = ["in_use", "role"]
    fieldsets = [
        (None, {"fields": ["name", "role", "position", "in_use"]}),
        (gettext_lazy("Text"), {"fields": ["text_nb", "text_nn", "text_en"], "description": PLACES}),
    ]
    has_module_permission = has_view_permission = _asks_for("contact.view_replytemplate")
    has_add_permission = _asks_for("contact.add_replytemplate")
    has_change_permission = _asks_for("contact.change_replytemplate")
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 12, "cols": 70})}}
    actions = None

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow the two filters beside the list: no regex, no way into other tables."""
        return lookup in ("in_use__exact", "role__exact")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a template that colleagues do not want any more is taken out of use."""
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Tell the browser each text's language, for spelling help."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.startswith("text_"):
            field.widget.attrs["lang"] = db_field.name.removeprefix("text_")
        return field

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, template: ReplyTemplate) -> str:
        """Name the languages that have a text."""
        return ", ".join(language_name(language) for language in template.texts())
