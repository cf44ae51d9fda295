"""Make a page in one language with few words, and ask the rules about it."""

from pages.quality.checking import check
from pages.quality.passages import read

TITLES = {"nb": "Avrusning", "nn": "Avrusing", "en": "Detox"}


def head(**texts):
    """Return a complete head; each text is {language: text}."""
    empty = {"title": TITLES, "lead": TITLES, "description": TITLES, "slug": {}, "menu_title": {}}
    return {"kind": "article"} | empty | texts


def text(html, language="nb"):
    """Return a text block in one language."""
    return {"type": "text", "body": {language: html}}


def findings(*body, language="nb", **texts):
    """Return all that the rules find in a page with these blocks."""
    return check(read(head(**texts), list(body), language))


def rules(*body, language="nb", **texts):
    """Return the names of the rules that found something, without what is always missing in a short test."""
    return [found.rule for found in findings(*body, language=language, **texts)]
