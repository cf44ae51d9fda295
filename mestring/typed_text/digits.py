"""Digits as people write them: those of other scripts, and the signs that stand between them."""

import re

# For a character class of a pattern. No line break: a list of numbers is never read as one number.
BLANKS = "\t\v\f\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
HYPHENS = "\u2010-\u2015\u2212\\-"
BETWEEN_DIGITS = f"{BLANKS}{HYPHENS}."


# Letters, digits and signs as wide as a Chinese sign: keyboards for Chinese and Japanese write them.
_WIDE = {number + 0xFEE0: number for number in range(0x21, 0x7F)}


def with_usual_width(text: str) -> str:
    """Return the text with a plain letter, digit or sign for each wide one; its length stays."""
    return text if text.isascii() else text.translate(_WIDE)


def with_plain_digits(text: str) -> str:
    """Return the text with 0 to 9 for the digits of every script, and with a plain plus; its length stays."""
    if text.isascii():
        return text
    return re.sub(r"\d", lambda digit: str(int(digit.group())), text.replace("\uff0b", "+"))
