"""The site's search: what is findable, what is found, in which order, and what is shown of it."""

from pages.search.crisis import tells_of_a_crisis
from pages.search.index import FORMS, reindex, write_entries
from pages.search.query import Found, find
from pages.search.stemming import LONGEST, clean
from pages.search.suggestions import suggest

__all__ = [
    "FORMS", "LONGEST", "Found", "clean", "find", "reindex", "suggest", "tells_of_a_crisis", "write_entries",
]  # fmt: skip
