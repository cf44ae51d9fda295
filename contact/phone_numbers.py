"""The telephone numbers in what a sender wrote, each by itself: two of them glued together ring a stranger.

Where it is not clear which digits are one number, there is no link, and a colleague dials what they read. So a run
of digits is read as a whole: Norwegian numbers, then perhaps from when to when they may be rung, and nothing else;
or one number of another country. Hours before a number look like its first digits, or like a country's code.
"""

import re
from itertools import combinations

from mestring.typed_text.digits import BETWEEN_DIGITS, HYPHENS

GAPS = f"[{BETWEEN_DIGITS}()]+"
CODE = rf"(?:\+|\b00)(?:{GAPS})?"
RUN = re.compile(rf"(?:{CODE}|\b)\d(?:(?:{GAPS})?\d)*")
NORWAY = re.compile(rf"{CODE}47(?:{GAPS})?")
EIGHT = re.compile(r"[2-9][0-9]{7}")  # no Norwegian number of eight digits begins with 0 or 1
SWITCHBOARD = re.compile(r"0[2-9][0-9]{3}")  # an enterprise may have a number of five digits

# How Norwegians group eight digits. 24.12.2024 is none of the ways.
GROUPED = "|".join(
    GAPS.join(f"[0-9]{{{digits}}}" for digits in way) for way in ([8], [3, 2, 3], [3, 5], [2, 3, 3])
)
HOUR = r"(?:[01]?[0-9]|2[0-4])(?:\.[0-5][0-9])?"
HOURS = rf"\s+{HOUR}\s*[{HYPHENS}]\s*{HOUR}$"
# Pairs have the same sign between them, 20.30-22.30 has not, and no pair that may be an hour stands behind them.
PAIRS = rf"[0-9]{{2}}(?P<gap>{GAPS})[0-9]{{2}}(?:(?P=gap)[0-9]{{2}}){{2}}(?=$|{HOURS}|{GAPS}[0-9]{{3}})"
NORWEGIAN = re.compile(rf"(?:{GAPS})?(?P<number>(?=[2-9])(?:{GROUPED}|{PAIRS}))(?![0-9])")
END = re.compile(rf"$|{HOURS}")

FOREIGN_DIGITS = range(8, 14)  # with the country's code
HOUR_AT_END = re.compile(rf"[^0-9](?:[01]?[0-9]|2[0-4])(?:{GAPS}[0-5][0-9])?$")
BEFORE_DIGITS = re.compile(r"^tel:(?:\+47|\+|00)?")
Piece = tuple[str, str]  # words, and the address that dials them; "" for words alone
Number = tuple[int, int, str]  # begin, end, and what is dialled


def phone_pieces(text: str) -> list[Piece]:
    """Return the text in pieces, of which each number has the address that dials it."""
    pieces, end = list[Piece](), 0
    for run in RUN.finditer(text):
        for begin, stop, number in _numbers(run.group()):
            pieces += [(text[end : run.start() + begin], ""), (run.group()[begin:stop], f"tel:{number}")]
            end = run.start() + stop
    return [piece for piece in (*pieces, (text[end:], "")) if piece[0]]


def with_numbers_as_dialled(text: str) -> str:
    """Return the text with each number in one piece, and no sign of Norway or of abroad before it.

    So that a number is found, whether its sender or the colleague who saw it on a telephone wrote +47 or not.
    """
    return "".join(BEFORE_DIGITS.sub("", dialled) if dialled else words for words, dialled in phone_pieces(text))


def holds_phone_number(text: str) -> bool:
    """Say whether a number stands here that can be dialled, perhaps among other digits."""
    return any(_holds_number(run.group()) for run in RUN.finditer(text))


def _numbers(run: str) -> list[Number]:
    """Return the numbers of a run that can be read in one way alone."""
    if _is_foreign(run):
        return _foreign_number(run)
    if SWITCHBOARD.fullmatch(run):
        return [(0, len(run), run)]
    norway = NORWAY.match(run)
    found, stop = list[Number](), norway.end() if norway else 0
    while one := NORWEGIAN.match(run, stop):
        begin, stop = one.span("number")
        found.append((begin, stop, _digits(one["number"])))
    if not found or not END.match(run, stop):
        return []
    if norway:
        _begin, stop, number = found[0]
        found[0] = (0, stop, f"+47{number}")
    return found


def _foreign_number(run: str) -> list[Number]:
    """Return the number of another country, unless its last digits may be an hour."""
    code, digits = ("+" if run.startswith("+") else "00"), _digits(re.sub(CODE, "", run, count=1))
    if len(digits) not in FOREIGN_DIGITS or digits.startswith(("0", "47")) or HOUR_AT_END.search(run):
        return []
    return [(0, len(run), f"{code}{digits}")]


def _holds_number(run: str) -> bool:
    if _is_foreign(run):
        return len(_digits(run).removeprefix("00")) >= FOREIGN_DIGITS.start
    groups = re.findall("[0-9]+", run[norway.end() if (norway := NORWAY.match(run)) else 0 :])
    neighbours = ("".join(groups[first:stop]) for first, stop in combinations(range(len(groups) + 1), 2))
    return any(map(SWITCHBOARD.fullmatch, groups)) or any(map(EIGHT.fullmatch, neighbours))


def _is_foreign(run: str) -> bool:
    return bool(re.match(CODE, run)) and not NORWAY.match(run)


def _digits(written: str) -> str:
    return re.sub("[^0-9]", "", written)
