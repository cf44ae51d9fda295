"""The telephone numbers in what a sender wrote, each by itself: two of them glued together ring a stranger.

Where it is not clear which digits are one number, there is no link, and a colleague dials what they read.
"""

import re

# Digits with one or two of the signs between them that people write inside a number.
RUN = re.compile(r"(?:\+|\b)\(?[0-9](?:[ \u00a0().-]{0,2}[0-9])*")
GROUP = re.compile(r"[0-9]+")
# How Norwegians group the eight digits of a number.
NORWEGIAN = ([8], [3, 2, 3], [2, 2, 2, 2])
FEWEST, MOST = 5, 15  # digits of a number, anywhere in the world
Piece = tuple[str, str]  # words, and the address that dials them; "" for words alone


def phone_pieces(text: str) -> list[Piece]:
    """Return the text in pieces, of which each number has the address that dials it."""
    pieces, end = list[Piece](), 0
    for start, stop, digits in _numbers(text):
        if start > end:
            pieces.append((text[end:start], ""))
        pieces.append((text[start:stop], f"tel:{digits}"))
        end = stop
    if end < len(text):
        pieces.append((text[end:], ""))
    return pieces


def holds_phone_number(text: str) -> bool:
    """Say whether a number stands here that can be dialled."""
    return any(sum(map(str.isdigit, run.group())) >= FEWEST for run in RUN.finditer(text))


def _numbers(text: str) -> list[tuple[int, int, str]]:
    """Return begin, end and digits of each number."""
    found = []
    for run in RUN.finditer(text):
        groups = [(one.start() + run.start(), one.end() + run.start()) for one in GROUP.finditer(run.group())]
        plus = run.group().startswith("+")
        international = plus or text[slice(*groups[0])].startswith("00")
        digits = "".join(text[slice(*group)] for group in groups)
        if international and not digits.removeprefix("00").startswith("47"):
            split = []
        else:
            split = _norwegian(text, groups[1:] if international else groups)
        if split and international:
            _begin, stop, number = split[0]
            split[0] = (run.start(), stop, f"+47{number}")
        if split:
            found += split
        elif FEWEST <= len(digits) <= MOST:
            found.append((run.start(), run.end(), f"+{digits}" if plus else digits))
    return found


def _norwegian(text: str, groups: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Return the Norwegian numbers that these groups begin with; what follows may be an hour."""
    found = []
    while grouping := next((one for one in NORWEGIAN if _lengths(groups)[: len(one)] == one), None):
        taken, groups = groups[: len(grouping)], groups[len(grouping) :]
        number = "".join(text[slice(*group)] for group in taken)
        if number[0] in "01":  # no Norwegian number of eight digits begins so
            break
        found.append((taken[0][0], taken[-1][1], number))
    return found


def _lengths(groups: list[tuple[int, int]]) -> list[int]:
    return [stop - start for start, stop in groups]
