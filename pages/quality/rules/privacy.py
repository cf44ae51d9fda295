"""Privacy: an identity number of any person belongs on no page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mestring.typed_text.identity_numbers import holds_identity_number
from pages.quality.finding import Finding, Severity
from pages.quality.passages import ADDRESS, Place, Reading


def check(reading: Reading) -> Iterator[Finding]:
    """Return one hard finding for each field with an identity number. It never repeats the number."""
    texts = [(passage.place, passage.text) for passage in reading.passages]
    texts.append((Place(None, ADDRESS), reading.own_text(ADDRESS)))
    for place in dict.fromkeys(place for place, text in texts if holds_identity_number(text)):
        yield Finding(
            "identity-number", Severity.HARD, reading.language, place,
            _("It looks as if a national identity number (11 digits) stands here."),
            _(
                "Take it out. Another number that looks like one cannot stand here either: "
                "say it in words, or not at all."
            ),
        )  # fmt: skip
