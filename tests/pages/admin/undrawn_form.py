"""What a browser would send for the unchanged form of a page, and what a save refuses, without drawing the form.

To draw it is most of the work of a save. `test_undrawn_form` holds this to what the drawn form sends and shows.
"""

from contextlib import contextmanager
from functools import cache

import pytest
from django.contrib.admin import site
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.forms import CheckboxInput, RadioSelect, Select
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from mestring.staff.unsent.writer import FIELD, stamp
from pages.admin.page_admin import PageAdmin
from pages.admin.saving.chosen_times import planned_times
from pages.admin.status.status import status_of
from pages.editions.history import newest_edition_id
from pages.models import Page


def fields_of(client, page=None):
    """Return what the form of this page, or of a new one, would send for the person who is logged in."""
    request, stored = _request_of(client), page and Page.objects.get(pk=page.pk)
    section = site.get_model_admin(Page)
    form = section.get_form(request, stored, change=page is not None)(instance=stored)
    # The first choice of the language switch, which is part of the form and no field.
    fields = {"language_in_form": "all", FIELD: stamp(request.user.pk)}
    if stored:
        form.initial |= planned_times(status_of(stored))
        fields["opened_from"] = str(newest_edition_id(stored.pk) or "")
    fields |= _sent_by(form)
    for inline in section.get_inline_instances(request, stored):
        fields |= _sent_by_formset(_formset_class(type(inline)), stored, inline.get_queryset(request))
    return fields


def errors_undrawn(client, page, button, **changes):
    """Return what the form of this page, without its blocks, refuses when a button is pressed; {field: errors}."""
    form_class = site.get_model_admin(Page).get_form(_request_of(client), page, change=True)
    return form_class(
        fields_of(client, page) | changes | {button: "1"}, instance=Page.objects.get(pk=page.pk)
    ).errors


@contextmanager
def forms_undrawn():
    """Answer with the form of a page as an empty page, from which `drawn` makes what a browser shows."""
    render = PageAdmin.render_change_form

    def leave_undrawn(section, request, context, *args, **kwargs):
        form = render(section, request, context, *args, **kwargs)
        answer = HttpResponse(status=form.status_code)
        answer.undrawn = form
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PageAdmin, "render_change_form", leave_undrawn)
        yield


def drawn(answer):
    """Return the form that was left undrawn as a browser shows it."""
    with translation.override(answer.wsgi_request.LANGUAGE_CODE):
        return answer.undrawn.render()


def _request_of(client):
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=client.session["_auth_user_id"])
    return request


@cache
def _formset_class(inline_class):
    """Return the formset of a kind of block. Made once: only the choices it offers differ, not what is chosen."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    return inline_class(Page, site).get_formset(request)


def _sent_by_formset(formset_class, page, blocks):
    formset = formset_class(instance=page, queryset=blocks)
    fields = _sent_by(formset.management_form)
    for form in formset.forms:
        fields |= _sent_by(form)
    return fields


def _sent_by(form):
    return {field.html_name: value for field in form if (value := _value_sent(field)) is not None}


def _value_sent(field):
    """Return what a browser sends for a field as it stands, None for one that it leaves out."""
    widget, value = field.field.widget, field.value()
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, CheckboxInput):
        return "on" if widget.check_test(value) else None
    if isinstance(widget, RadioSelect):
        return str(value) if value else None
    if isinstance(widget, Select):
        return str(next(iter(widget.choices))[0] if value is None else value)
    shown = widget.format_value(value)
    return "" if shown is None else str(shown)
