"""Signs that no reader sees: soft hyphens, zero-width signs, marks of direction. They are no part of a word."""

import unicodedata

# Seen as nothing, though Unicode counts them as letters or marks: joiners, fillers, variation selectors.
_OTHERS = {0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0x180B, 0x180F), *range(0xFE00, 0xFE10)}
# Marks of direction, embeddings, overrides, isolates: they mirror what stands behind them, also words of others.
_TURNING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def without_invisible_signs(text: str) -> str:
    """Return the text as it is seen: what stands on both sides of an invisible sign becomes one word."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf" and ord(sign) not in _OTHERS)


def on_one_line(text: str) -> str:
    """Return a name as a reader sees it, and as every database keeps it: no control sign, no half of a letter."""
    return "".join(filter(str.isprintable, without_invisible_signs(text))).strip()


def holds_words(text: str) -> bool:
    """Say whether a reader sees anything of the text: signs that are not seen are no text by themselves."""
    return bool(without_invisible_signs(text).strip())


def without_turning_signs(text: str) -> str:
    """Return the text without marks of direction, but with the joiners that emoji and other scripts need."""
    return text if text.isascii() else text.translate(_TURNING)
