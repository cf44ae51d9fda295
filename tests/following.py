"""A click or a key that leads to another page."""

from playwright.sync_api import Locator


def follow(control: Locator, key: str = "") -> None:
    """Click a link or a button, or press a key on it, and wait until the page that it leads to is whole.

    A bare click may end as soon as the answer begins: what is read then is of a page that is half there.
    """
    with control.page.expect_navigation():
        if key:
            control.press(key)
        else:
            control.click()
