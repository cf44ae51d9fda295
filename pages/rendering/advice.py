"""Advice that is true without its card's heading: read aloud, on paper, copied, or in a list of results."""

import re
from typing import Any

from pages.models import DoDontBlock

NEGATIONS = {
    "ikke", "ikkje", "aldri", "ingen", "inga", "ingenting", "unngå",
    "not", "don’t", "don't", "never", "avoid", "no",
}  # fmt: skip
LET_BE = re.compile(r"(la være|la vere|lat vere)\b")
NEGATED_WITHIN = 3  # words: "Du skal ikke …". Later ones belong to something else: "Truslene du ikke holder"


def says_not(text: str) -> bool:
    """Say whether a sentence begins by advising against something."""
    words = re.findall(r"[\w'’]+", text.lower())
    return bool(NEGATIONS & set(words[:NEGATED_WITHIN]) or LET_BE.match(text.lower()))


def sentence_of(advice: dict[str, Any], text: str) -> str:
    """Return one advice as it reads alone. What to avoid carries the heading's words when it has no "not"."""
    if advice["kind"] == DoDontBlock.Kind.DO or says_not(text):
        return text
    return f"{DoDontBlock.Kind.DONT.label}: {text}"
