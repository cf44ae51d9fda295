"""What stands between digits, and digits of other scripts."""

import re
import sys
import unicodedata

from mestring.typed_text.digits import BETWEEN_DIGITS, with_plain_digits

EVERY_SIGN = "".join(map(chr, range(sys.maxunicode + 1)))


def test_every_blank_but_a_line_break_stands_between_digits_and_no_letter_or_digit_does():
    between = set(re.findall(f"[{BETWEEN_DIGITS}]", EVERY_SIGN))
    assert {sign for sign in EVERY_SIGN if sign.isspace()} - {"\r", "\n"} <= between
    assert {unicodedata.name(sign) for sign in between if not sign.isspace()} == {
        "HYPHEN-MINUS", "HYPHEN", "NON-BREAKING HYPHEN", "FIGURE DASH", "EN DASH", "EM DASH", "HORIZONTAL BAR",
        "MINUS SIGN", "FULL STOP",
    }  # fmt: skip
    assert not between & set("\r\n")


def test_digits_of_every_script_become_0_to_9_and_all_else_stays():
    digits = "".join(filter(str.isdecimal, EVERY_SIGN))
    assert with_plain_digits(digits) == "".join(str(unicodedata.decimal(sign)) for sign in digits)
    assert with_plain_digits("＋４７ ² Ⅷ æ") == "+47 ² Ⅷ æ"
