"""The site's search: what is findable, what is found, in which order, and what is shown of it."""

from pages.search.crisis import tells_of_a_crisis
from pages.search.entries import FORMS, reindex, write_entries
from pages.search.finding import Found, find
from pages.search.suggestions import suggest
from pages.search.words import LONGEST, clean

__all__ = [
    "FORMS", "LONGEST", "Found", "clean", "find", "reindex", "suggest", "tells_of_a_crisis", "write_entries",
]  # fmt: skip
