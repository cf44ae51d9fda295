"""What looks like advertising. It is set aside for staff, with a normal receipt, and never thrown away."""

import re

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
MANY = 3  # links: a person who asks for help rarely has one
MOSTLY = 0.6  # of the text: one long address in a short question is no advertising


def is_advertising(text: str) -> bool:
    """Say whether a text is full of links. Nothing else is held against anybody, and never how fast they wrote."""
    links = LINK.findall(text)
    return len(links) >= MANY or sum(map(len, links)) > MOSTLY * len(text)
