"""HEAD: the headers of a page, without its body. gunicorn writes a warning for each body that it has to drop."""

from collections.abc import Callable, Iterable
from typing import Any

from mestring.web.last_resort import Application, Environ


def without_body_for_head(application: Application) -> Application:
    """Wrap a WSGI application. The page is made all the same: its headers tell how long it is."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if close := getattr(body, "close", None):
            close()  # Django ends the request here
        return []

    return answer
