"""What looks like advertising. It is quarantined for staff with a normal receipt, and never discarded."""

import re

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
MANY = 3  # links: a person who asks for help rarely has one
MOSTLY = 0.6  # of the text: a short question with one long address is no advertising


def is_advertising(text: str) -> bool:
    """Say whether a text is full of links. Nothing else counts against a sender, and never their typing speed."""
    links = LINK.findall(text)
    return len(links) >= MANY or sum(map(len, links)) > MOSTLY * len(text)
