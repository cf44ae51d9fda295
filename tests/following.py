"""A click or a key that leads to another page, and what notes the tests that do not wait for it."""

from contextlib import contextmanager


def follow(control, key="", *, force=False):
    """Click a link or a button, or press a key on it, and wait until the page that it leads to is whole.

    A bare click may end as soon as the answer begins: what is read then is of a page that is half there.
    """
    with control.page.expect_navigation():
        if key:
            control.press(key)
        else:
            control.click(force=force)


def note_unfollowed(page):
    """Note in `page.unfollowed` each page that is asked for while the test does not wait for it to arrive."""
    page.unfollowed, waits = [], []
    arrival = page.expect_navigation

    @contextmanager
    def waiting():
        waits.append(True)
        try:
            yield
        finally:
            waits.pop()

    @contextmanager
    def expect_navigation(**options):
        with waiting(), arrival(**options) as arrived:
            yield arrived

    def asked(request):
        if request.is_navigation_request() and request.frame == page.main_frame and not waits:
            page.unfollowed.append(request.url)

    page.expect_navigation = expect_navigation
    for way in ("goto", "reload", "go_back"):
        setattr(page, way, waiting()(getattr(page, way)))
    page.on("request", asked)
