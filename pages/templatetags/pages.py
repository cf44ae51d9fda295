"""Template tags for pages, also for the contact pages, whose words are pages too."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from pages.rendering.page import RenderedPage
from pages.richtext.reader import text_of
from pages.visits import structured_data as schema_org
from pages.visits.public_address import public_address

register = template.Library()


@register.inclusion_tag("pages/includes/blocks.html", takes_context=True)
def page_blocks(context: Context, page: RenderedPage | None, part: str = "blocks") -> dict[str, object]:
    """Show a page's blocks in order, or those of a part of it."""
    return {"blocks": getattr(page, part) if page else [], "site": context["site"]}


register.simple_tag(public_address, name="absolute")  # for canonical and alternate links
# Not Django's `striptags`: it runs lines together, and leaves entities that are then escaped once more.
register.filter("text_of", text_of)


@register.simple_tag(takes_context=True)
def structured_data(context: Context, page: RenderedPage) -> SafeString:
    """Return what the page says to machines, for inside a script element."""
    data = schema_org.structured_data(context["site"], page, context.get("trail") or [])
    return mark_safe(data)  # noqa: S308 (escaped there)
