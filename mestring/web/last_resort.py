"""The answer when even the page of an error fails: a few words and the numbers, without template or database."""

import logging
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from mestring.logs.request_number import begin_request, end_request, request_number
from mestring.operator_mail.faults import note_fault

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
log = logging.getLogger("django.request")

PAGE = """<!doctype html><html lang="nb"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Noe gikk galt</title>
<h1>Noe gikk galt</h1><p>Prøv en gang til om litt, eller ring oss: <a href="tel:{phone}">{phone}</a>.</p>
<p>Står det om livet: ring <a href="tel:113">113</a>.</p>
<p lang="en">Something went wrong. Try again in a while, or ring us at <a href="tel:{phone}">{phone}</a>.
In danger of life: ring <a href="tel:113">113</a>.</p><p>Feil nr. {number}</p></html>
"""


class LastResort:
    """Wraps a WSGI application. gunicorn would answer without a number, and log the error's message with it."""

    def __init__(self, application: Application, phone: str) -> None:
        self.application = application
        self.phone = escape(phone)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return self.application(environ, start_response)
        except Exception as error:
            number = request_number() or begin_request()
            log.exception("the page of an error failed")  # the formatter leaves the message out
            note_fault(error)
            end_request()
        page = PAGE.format(phone=self.phone, number=number).encode()
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(page))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
        ]
        start_response("500 Internal Server Error", headers)
        return [page]
