"""Signs that no reader sees: soft hyphens, zero-width signs, marks of direction. They are no part of a word."""

import unicodedata

# Seen as nothing, though Unicode counts them as letters or marks: joiners, fillers, variation selectors.
_OTHERS = {0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0x180B, 0x180F), *range(0xFE00, 0xFE10)}


def without_invisible_signs(text: str) -> str:
    """Return the text as it is seen: what stands on both sides of an invisible sign becomes one word."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf" and ord(sign) not in _OTHERS)
