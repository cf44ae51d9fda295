"""How long things are kept, in the words of a starter page: `{closed_case}` in a file is the period set for it."""

import re

from django.conf import settings

DAYS_OF_A_YEAR = 365.25
DAY = {"nb": ("dag", "dager"), "nn": ("dag", "dagar"), "en": ("day", "days")}
YEAR = {"nb": ("år", "år"), "nn": ("år", "år"), "en": ("year", "years")}


def fill_in(text: str, language: str) -> str:
    """Return the text with every period that it names in words."""
    return re.sub(r"\{(\w+)\}", lambda name: in_words(settings.STARTER_PERIODS[name[1]], language), text)


def named_in(text: str) -> dict[str, int]:
    """Return the periods that a file names: when one of them is set anew, the page has to be written anew."""
    return {name: days for name, days in settings.STARTER_PERIODS.items() if f"{{{name}}}" in text}


def in_words(days: int, language: str) -> str:
    """Return a period in days, or in years where they are whole."""
    years = round(days / DAYS_OF_A_YEAR)
    number, words = (years, YEAR) if years and abs(days - years * DAYS_OF_A_YEAR) <= 1 else (days, DAY)
    one, several = words[language]
    return f"{number} {one if number == 1 else several}"
