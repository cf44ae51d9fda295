"""Which part of a long list a page of staff shows, for its title: two pages never have the same one."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def list_part(context: Any) -> str:
    """Return "Page 2 of 3" for any part of a list but the first, whatever the view calls it."""
    if changelist := context.get("cl"):
        number, pages = changelist.page_num, changelist.paginator.num_pages
    else:
        # By type(), as isinstance() would make the context's lazy values ask the database.
        shown = next((value for value in context.flatten().values() if type(value) is Page), None)
        number, pages = (shown.number, shown.paginator.num_pages) if shown else (1, 1)
    return _("Page %(number)s of %(pages)s") % {"number": number, "pages": pages} if number > 1 else ""
