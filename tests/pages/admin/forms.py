"""Fill in and send the form of a page as a browser without JavaScript would."""

from functools import cached_property
from html.parser import HTMLParser

from django.contrib.messages import get_messages
from django.urls import reverse

from tests.pages.admin.undrawn_form import drawn, fields_of, forms_undrawn


class Fields(HTMLParser):
    """What a browser would send for the form with this id."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside, self.data = form_id, False, {}
        self.textarea = self.select = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.inside = attributes.get("id") == self.form_id
        if not self.inside or ("name" not in attributes and tag != "option"):
            return
        if tag == "input":
            self._input(attributes)
        elif tag == "textarea":
            self.textarea = attributes["name"]
            self.data[self.textarea] = ""
        elif tag == "select":
            self.select = attributes["name"]
        elif tag == "option" and self.select and ("selected" in attributes or self.select not in self.data):
            self.data[self.select] = attributes.get("value", "")

    def _input(self, attributes):
        kind = attributes.get("type", "text")
        if kind == "submit" or (kind in ("checkbox", "radio") and "checked" not in attributes):
            return
        self.data[attributes["name"]] = attributes.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data):
        if self.textarea:
            self.data[self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the line break that Django writes after the opening tag.
            self.data[self.textarea] = self.data[self.textarea].removeprefix("\n").removeprefix("\r\n")
            self.textarea = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False


def form_of(page):
    return reverse("admin:pages_page_change", args=[page.pk])


def read_form(client, url, form_id="page_form"):
    """Return what the form would send unchanged, without its buttons."""
    fields = Fields(form_id)
    fields.feed(client.get(url).content.decode())
    assert fields.data, "no such form"
    return {name: value for name, value in fields.data.items() if "__prefix__" not in name}


class Answer:
    """What a browser shows after a button. A form is made once a test looks at it.

    That is the form to which a redirect leads, or the one that a refused save shows again. To make
    it is most of the work of a save, and most tests look at the database or at what is refused.
    """

    def __init__(self, client, first):
        self.client, self.first = client, first

    @cached_property
    def shown(self):
        if self.first.status_code == 302:
            return self.client.get(self.first.url, follow=True)
        return drawn(self.first) if self.is_undrawn else self.first

    @property
    def is_undrawn(self):
        return hasattr(self.first, "undrawn")

    @property
    def messages(self):
        """What this save said, read without making the form that will show it after what is still unread."""
        return list(get_messages(self.first.wsgi_request)._queued_messages)

    @property
    def context(self):
        return self.first.undrawn.context_data if self.is_undrawn else self.shown.context

    @property
    def status_code(self):
        return self.first.status_code if self.is_undrawn else self.shown.status_code

    def __getattr__(self, name):
        return getattr(self.shown, name)


def press(client, address, fields):
    """Send the fields of a form, a button among them."""
    with forms_undrawn():
        return Answer(client, client.post(address, fields))


def opened(client, page):
    """Open the page's form. What stands in it is made once a test looks at it."""
    with forms_undrawn():
        return Answer(client, client.get(form_of(page)))


def save(client, page, *, button="_continue", **changes):
    """Change some fields of the page's form, press a button."""
    return press(client, form_of(page), fields_of(client, page) | changes | {button: "1"})


def new_page(client, *, button="_continue", **fields):
    """Fill in the form of a new page and press a button."""
    return press(client, reverse("admin:pages_page_add"), fields_of(client) | fields | {button: "1"})


def new_text(number=0, **texts):
    """Return the fields of a text block added at the end."""
    return new_block("text", number, **texts)


def new_block(name, number=0, **fields):
    """Return the fields of a block added at the end; `name` is that of its model without "Block"."""
    formset = f"pages_{name}block_set"
    fields = {"id": "", "region": "main", "ordering": str(10 * (number + 2))} | fields
    return {f"{formset}-TOTAL_FORMS": str(number + 1)} | {f"{formset}-{number}-{k}": v for k, v in fields.items()}
