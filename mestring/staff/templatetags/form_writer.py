"""The token of a staff form, and whose form it is. The tag takes the place of Django's own in every template."""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mestring.staff.unsent.writer import FIELD, is_staff_address, stamp

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Return the hidden fields. Only an address of staff asks who is logged in: visitors have no session."""
    token = CsrfTokenNode().render(context)
    request = context.get("request")
    if request is None or not is_staff_address(request.path_info) or not request.user.is_authenticated:
        return mark_safe(token)  # noqa: S308 (Django's own)
    writer = format_html('<input type="hidden" name="{}" value="{}">', FIELD, stamp(request.user.pk))
    return mark_safe(token + writer)  # noqa: S308 (Django's own, and escaped)
