"""Places in a reply that its writer has to fill in, such as `[[day and time]]`. None ever reaches a sender."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Also half of one: whoever fills it in with a thumb may leave a bracket behind.
PLACE = re.compile(r"\[\[[^\[\]\n]*\]{0,2}|[^\s\[\]]*\]\]")
SINGLE = gettext_lazy("A place to fill in stands between two brackets on each side: [[day and time]].")


def places_in(text: str) -> list[str]:
    """Return every place that is left in the text, each once, in its order."""
    return list(dict.fromkeys(PLACE.findall(text)))


def refuse_places(text: str) -> None:
    """Raise ValidationError, naming each place, when one is left."""
    if places := places_in(text):
        words = _("Fill in what stands between brackets, or take it out: %(places)s")
        raise ValidationError(words % {"places": ", ".join(places)}, code="place")


def refuse_single_brackets(text: str) -> None:
    """Raise ValidationError when a template marks a place in a way that would stop nobody from sending it."""
    if re.search(r"[\[\]]", re.sub(r"\[\[[^\[\]\n]+\]\]", "", text)):
        raise ValidationError(SINGLE, code="brackets")
