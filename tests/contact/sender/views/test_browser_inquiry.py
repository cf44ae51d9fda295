"""Sending an inquiry in a real Chromium: never lost, never doubled."""

import threading
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests import site_database
from tests.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PATIENT = "/kontakt/pasient/"
TEXT = "Hei. Kan dere ringe meg?"
# The name of what has the focus, and whether it is the form's button.
FOCUS = "[document.activeElement.name || '', document.activeElement.matches('main form button')]"


@pytest.fixture
def counted(every_kind_site):
    """Say how many inquiries have come in since the test began."""

    def total() -> int:
        with site_database.opened(every_kind_site.data_dir) as database:
            return database.execute("SELECT count(*) FROM contact_inquiry").fetchone()[0]

    before = total()
    return lambda: total() - before


@pytest.fixture
def form(visitor, every_kind_site):
    """The patient's form, opened and filled in."""
    visitor.goto(every_kind_site.url + PATIENT)
    write(visitor)
    return visitor


def write(page):
    page.fill("[name=message]", TEXT)
    page.fill("[name=name]", "Sol")
    page.check("[name=reach][value=phone]")
    page.fill("[name=phone]", "900 00 000")
    page.check("[name=may_call][value=yes]")


def look_through(page):
    follow(page.locator("main form button"))


def send(page) -> str:
    look_through(page)
    follow(page.locator("[value=send]"))
    return reference(page)


def back_to_the_form(page):
    """Two pages back; the one between is an answer to a POST, which Chromium would ask to send again."""
    with page.expect_navigation():
        page.evaluate("history.go(-2)")


def reference(page) -> str:
    return page.wait_for_selector(".reference-number").inner_text()


def test_a_visitor_sends_an_inquiry_and_sees_its_reference_also_after_a_reload(form, counted):
    first = send(form)
    assert len(first) == 9
    assert form.context.cookies() == []
    assert form.faults == []
    assert len(form.hosts) == 1
    form.reload()
    assert reference(form) == first
    assert counted() == 1


def test_back_and_send_again_is_the_same_inquiry_and_an_edited_text_a_new_one(form, counted):
    first = send(form)
    back_to_the_form(form)
    # Chromium fetches the form again and puts the typed text back; a phone that does not is written to anew.
    write(form)
    assert send(form) == first
    assert counted() == 1
    back_to_the_form(form)
    write(form)
    form.fill("[name=message]", TEXT + " I dag?")
    assert send(form) != first
    assert counted() == 2


@pytest.mark.proof("inbox")
def test_a_double_click_is_one_inquiry(form, counted):
    look_through(form)
    form.dblclick("[value=send]")
    reference(form)
    assert counted() == 1
    form.unfollowed.clear()  # the sender is impatient


def test_many_impatient_clicks_are_one_inquiry(form, counted):
    look_through(form)
    with suppress(Error):  # the receipt may come between two clicks and take the form away
        for _click in range(6):
            form.evaluate(
                "document.querySelector('main form').requestSubmit(document.querySelector('[value=send]'))"
            )
    reference(form)
    assert counted() == 1
    form.unfollowed.clear()


def test_back_to_a_form_that_was_refused_and_send_again_is_the_same_inquiry(form, counted):
    form.fill("[name=message]", "")
    follow(form.locator("main form button"))
    write(form)
    address = form.url
    first = send(form)
    # The page before was an answer to a POST: Chromium shows "Confirm Form Resubmission" instead.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        form.go_back()
    form.wait_for_url("chrome-error://**")
    form.goto(address)
    write(form)
    assert send(form) == first
    assert counted() == 1


def test_no_answer_then_back_and_send_again_is_one_inquiry(form, counted):
    """The train goes into a tunnel after the server has stored it and before the receipt arrives."""
    swallowed = threading.Event()

    def swallow(route):
        if "step=send" in (route.request.post_data or "") and not swallowed.is_set():
            swallowed.set()
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    form.route("**/*", swallow)
    address = form.url
    look_through(form)
    form.click("[value=send]")
    form.wait_for_url("chrome-error://**")  # the browser's own page, which comes after the request has failed
    assert swallowed.is_set()
    assert counted() == 1
    form.goto(address)
    write(form)
    send(form)
    assert counted() == 1
    form.unfollowed.clear()  # no answer was to come


def test_after_an_error_the_focus_is_on_the_summary_and_its_link_leads_to_the_field(form):
    form.fill("[name=message]", "")
    follow(form.locator("main form button"))
    expect(form.get_by_role("alert")).to_be_focused()
    assert form.title().startswith("Feil: ")
    form.click("[role=alert] a")
    expect(form.locator("[name=message]")).to_be_focused()
    assert form.input_value("[name=name]") == "Sol"


def test_it_all_works_without_javascript(chromium, every_kind_site, counted):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(every_kind_site.url + PATIENT)
    address = page.url
    write(page)
    first = send(page)
    page.goto(address)
    write(page)
    assert send(page) == first
    assert counted() == 1
    context.close()


def test_only_what_belongs_to_the_chosen_way_is_shown_and_nothing_that_is_filled_in_is_put_away(form):
    assert form.is_visible("[name=phone]")
    assert not form.is_visible("[name=email]")
    form.check("[name=reach][value=email]")
    assert form.is_visible("[name=email]")
    assert form.is_visible("[name=phone]"), "it holds a number, which would be sent"
    assert form.is_visible("[name=may_call][value=yes]")
    assert not form.is_visible("[name=when]")
    form.fill("[name=phone]", "")
    assert not form.is_visible("[name=phone]")


def test_the_trap_cannot_be_seen_or_reached_by_keyboard(form):
    box = form.locator(".field--trap input").bounding_box()
    assert box is None or box["width"] <= 1 or form.locator(".field--trap").evaluate("e => e.offsetWidth") <= 1
    names = set()
    form.focus("[name=message]")
    for _press in range(30):
        form.keyboard.press("Tab")
        name, ends = form.evaluate(FOCUS)
        names.add(name)
        if ends:
            break
    assert ends, "the whole form was walked through"
    assert "when" in names
    assert "website" not in names
