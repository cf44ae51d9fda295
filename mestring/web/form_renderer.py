"""The plain parts of a form, written without the template engine.

The form of a page has some four hundred inputs, labels and lists of errors; a template for each took
half the time to show it. What is written is, byte for byte, what Django's own templates write:
tests/mestring/web/test_form_renderer.py compares them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeData

Context = Mapping[str, Any]
OPTION = "django/forms/widgets/select_option.html"


def _shown(value: Any) -> str:
    return conditional_escape(localize(value))


def _quoted(value: Any) -> str:
    return value if isinstance(value, SafeData) and isinstance(value, str) else escape(str(value))


def _attributes(attrs: Mapping[str, Any]) -> str:
    written = ""
    for name, value in attrs.items():
        if value is not False:
            written += f" {_shown(name)}" if value is True else f' {_shown(name)}="{_quoted(value)}"'
    return written


def _input(context: Context) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_quoted(widget["value"])}"'
    name = _shown(widget["name"])
    return f'<input type="{_shown(widget["type"])}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(context: Context) -> str:
    widget = context["widget"]
    value = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(context: Context) -> str | None:
    """Return nothing for what Django's template shall write: options with a template of their own."""
    widget = context["widget"]
    written = f'<select name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>'
    for group, options, _index in widget["optgroups"]:
        written += f'\n  <optgroup label="{_shown(group)}">' if group else ""
        for option in options:
            if option["template_name"] != OPTION:
                return None
            opening = f'<option value="{_quoted(option["value"])}"{_attributes(option["attrs"])}>'
            written += f"\n  {opening}{_shown(option['label'])}</option>\n"
        written += "\n  </optgroup>" if group else ""
    return f"{written}\n</select>"


def _label(context: Context) -> str:
    if not context["use_tag"]:
        return _shown(context["label"]).strip()
    tag = _shown(context["tag"])
    return f"<{tag}{_attributes(context['attrs'] or {})}>{_shown(context['label'])}</{tag}>"


def _errors(context: Context) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    own_id = f' id="{_shown(errors.field_id)}_error"' if getattr(errors, "field_id", None) else ""
    items = "".join(f"<li>{_shown(error)}</li>" for error in errors)
    return f'<ul class="{_shown(context["error_class"])}"{own_id}>{items}</ul>'


INPUTS = ("text", "hidden", "number", "date", "datetime", "time", "email", "url", "tel", "search", "checkbox")
WRITERS: dict[str, Callable[[Context], str | None]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in (*INPUTS, "input")},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
}


class FormWriter(DjangoTemplates):
    """Django's own renderer of forms, but quicker with what most of a form consists of."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        write = WRITERS.get(template_name)
        written = write(context) if write else None
        return super().render(template_name, context, request) if written is None else written
