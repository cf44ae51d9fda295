"""Pictures: described for those who do not see them, in words that say something."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pages.quality.finding import Finding, Severity
from pages.quality.passages import Place, Reading

_FILE = re.compile(r"\S+\.(?:jpe?g|png|webp|avif|heic|gif)", re.IGNORECASE)
_PICTURE_OF = re.compile(
    r"(?:et )?(?:bilde|foto|illustrasjon) (?:av|som)\b|(?:eit )?(?:bilete|foto) (?:av|som)\b"
    r"|(?:an? )?(?:picture|photo|image|drawing) (?:of|showing)\b",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Finding]:
    """Return the figures that are not described in this language, and those described with empty words."""
    if not reading.own_text("title"):
        return
    for number, block in enumerate(reading.body):
        if block["type"] != "figure" or block.get("decorative"):
            continue
        alt = " ".join(block.get("alt", {}).get(reading.language, "").split())
        place = Place(number, "alt")
        if not alt:
            yield Finding(
                "missing-alt", Severity.HARD, reading.language, place,
                _("The picture is not described."),
                _("Say what it tells, as you would on the phone, or tick that it is only decoration."),
            )  # fmt: skip
        elif _FILE.fullmatch(alt):
            yield Finding(
                "alt-is-file", Severity.ADVICE, reading.language, place,
                _("The description is the name of a file."),
                _("Say what it tells, as you would on the phone, or tick that it is only decoration."),
                (alt,),
            )  # fmt: skip
        elif found := _PICTURE_OF.match(alt):
            yield Finding(
                "alt-says-picture", Severity.ADVICE, reading.language, place,
                _("The description says that it is a picture. That is read out already."),
                _("Begin with what is in it."), (found[0],),
            )  # fmt: skip
