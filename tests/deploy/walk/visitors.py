"""Who asks the site through nginx, as visitors and senders do."""

import re
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
from itertools import cycle

from tests.deploy.walk.shell import HOST, in_django

REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def ask(path, data=None):
    """Return status, text and address of the answer."""
    trust = ssl.create_default_context(cafile="/walk/site.pem")
    body = urllib.parse.urlencode(data).encode() if data else None
    try:
        with urllib.request.urlopen(f"https://{HOST}{path}", body, timeout=60, context=trust) as answer:
            return answer.status, answer.read().decode(), answer.url.partition(HOST)[2]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), error.url.partition(HOST)[2]


def send(words):
    """Send an inquiry as a patient; return status, receipt and address."""
    _status, _text, form = ask("/kontakt/pasient/")
    return ask(form, {"step": "send", "message": words, "phone": "900 00 000"})


class Asking:
    """A visitor who opens pages, and a sender who sends, over and over while the block runs."""

    def __enter__(self):
        self.over, self.pages, self.sent, self.references = threading.Event(), [], [], set()
        self.threads = [threading.Thread(target=one) for one in (self.visit, self.write)]
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *_fault):
        self.over.set()
        for one in self.threads:
            one.join()

    def visit(self):
        paths = cycle(("/healthz", "/", "/avrusning/", "/sok/?q=natt"))
        while not self.over.wait(0.1):
            path = next(paths)
            self.pages.append((path, ask(path)[0]))

    def write(self):
        number = 0
        while not self.over.wait(2):
            number += 1
            words = f"Under oppgraderingen {number}"
            status, text, _address = send(words)
            self.sent.append((status, status == 200 or ("tel:+4735019" in text and words in text)))
            if status == 200:
                self.references.add(REFERENCE.search(text)[0])

    def judge(self):
        refused = [(number, page) for number, page in enumerate(self.pages) if page[1] != 200]
        assert not refused, f"of {len(self.pages)} pages: {refused}"
        # 422: opened while the forms were closed, and sent after that; it is sent once more.
        assert {status for status, _kept in self.sent} <= {200, 422, 503}, self.sent
        assert all(kept for _status, kept in self.sent), self.sent
        stored = in_django(
            "from contact.models import Inquiry; print(*Inquiry.objects.values_list('reference', flat=True))"
        )
        assert self.references <= set(REFERENCE.findall(stored)), "a receipt was shown for an inquiry that is gone"

    def __str__(self):
        stored = sum(status == 200 for status, _kept in self.sent)
        return (
            f"{len(self.pages)} pages shown, {stored} inquiries taken and {len(self.sent) - stored} asked to ring"
        )
