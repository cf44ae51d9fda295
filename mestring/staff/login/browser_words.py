"""A browser in the words that its user knows it by. Versions and devices are left out: they single people out."""

from django.utils.translation import gettext as _

# The first that stands in the browser's own line counts: most name others, to be taken for them.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internett", "Firefox": "Firefox",
    "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "CrOS": "Chromebook",
    "Macintosh": "Mac", "Linux": "Linux",
}  # fmt: skip


def browser_in_words(line: str) -> str:
    """Return what the browser says of itself, as "Firefox on Windows"; "" when nothing of it is known."""
    browser, system = _first(BROWSERS, line), _first(SYSTEMS, line)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system


def _first(names: dict[str, str], line: str) -> str:
    return next((name for sign, name in names.items() if sign in line), "")
