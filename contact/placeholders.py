"""Placeholders in a reply template, such as `[[day and time]]`, which the author of a reply fills in.

No placeholder ever reaches a sender.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Half a placeholder counts too: an author who fills it in on a telephone may leave a bracket behind.
# The second half begins where its word does: tried at every letter, a long word would take quadratic time.
PLACEHOLDER = re.compile(r"\[\[[^\[\]\n]*\]{0,2}|(?<![^\s\[\]])[^\s\[\]]*\]\]")
SINGLE_BRACKETS = gettext_lazy("A place to fill in stands between two brackets on each side: [[day and time]].")


def placeholders_in(text: str) -> list[str]:
    """Return each placeholder that is left in the text once, in the order of the text."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def refuse_placeholders(text: str) -> None:
    """Raise a ValidationError that names each placeholder left in the text."""
    if left := placeholders_in(text):
        message = _("Fill in what stands between brackets, or take it out: %(places)s")
        raise ValidationError(message % {"places": ", ".join(left)}, code="place")


def refuse_single_brackets(text: str) -> None:
    """Raise a ValidationError when a template has brackets that `refuse_placeholders` would let through."""
    if re.search(r"[\[\]]", re.sub(r"\[\[[^\[\]\n]+\]\]", "", text)):
        raise ValidationError(SINGLE_BRACKETS, code="brackets")
