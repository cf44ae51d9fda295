"""Search term: one web address, e-mail address or telephone number, found however it is written.

It is never found inside a longer word, number or address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from mestring.typed_text.digits import BETWEEN_DIGITS

# Also the signs that no reader sees: a word processor or a browser may have left them in a number.
_BETWEEN = f"{BETWEEN_DIGITS}\u00ad\u200b-\u200d\u2060\ufeff"
_GAP = f"[{_BETWEEN}]"
PHONE, MAIL, WEB = "phone", "mail", "web"
_PHONE = re.compile(rf"\+?[0-9](?:[{_BETWEEN}()]{{0,2}}[0-9]){{2,14}}")
_MAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
_WEB = re.compile(r"https?://[^\s<>\"|\\^`{}]+", re.IGNORECASE)
# Only from the start of a word: tried at every letter, a long word without @ would take quadratic time.
_NO_NUMBER_IN = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S+@\S+", re.IGNORECASE)
SHORT = 5  # numbers with fewer digits are never written with spaces


@dataclass(frozen=True)
class SearchTerm:
    """What an editor typed, and how other spellings of it are recognised."""

    kind: str
    typed: str

    @classmethod
    def read(cls, typed: str) -> "SearchTerm | None":
        """Return what an editor typed as a search term; None when it is no address and no number."""
        typed = typed.strip()
        for kind, shape in ((PHONE, _PHONE), (MAIL, _MAIL), (WEB, _WEB)):
            if shape.fullmatch(typed):
                return cls(kind, typed)
        return None

    @property
    def href(self) -> str:
        """Return the target of a link to it."""
        return {PHONE: f"tel:{dial_string(self.typed)}", MAIL: f"mailto:{self.typed}", WEB: self.typed}[self.kind]

    @property
    def like_pattern(self) -> str:
        """Return a LIKE pattern that matches every text with the term, and some without it."""
        if self.kind == PHONE:
            return f"%{'%'.join(dial_string(self.typed).removeprefix('+47').lstrip('+'))}%"
        return f"%{re.sub('[^A-Za-z0-9]+', '%', self.typed.rstrip('/'))}%"

    def spans(self, words: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each occurrence in plain words."""
        hidden = [found.span() for found in _NO_NUMBER_IN.finditer(words)] if self.kind == PHONE else []
        for found in self._pattern().finditer(words):
            if not any(start <= found.start() < end for start, end in hidden):
                yield found.span()

    def spans_in_href(self, href: str) -> list[tuple[int, int, bool]]:
        """Return (start, end, whole) of each occurrence in a link's target; `whole`: it is the whole target."""
        if self.kind == PHONE:
            same = href[:4].lower() == "tel:" and dial_string(unquote(href[4:])) == dial_string(self.typed)
            return [(0, len(href), True)] if same else []
        if self.kind == MAIL:
            if href[:7].lower() != "mailto:":
                return []
            to = href.partition("?")[0]
            return [(start, end, False) for start, end in self.spans(to)]
        return [(0, len(href), True)] if self._pattern().fullmatch(href) else []

    def _pattern(self) -> re.Pattern[str]:
        return {PHONE: _phone_pattern, MAIL: _mail_pattern, WEB: _web_pattern}[self.kind](self.typed)


def dial_string(number: str) -> str:
    """Return a number as it is dialled. Eight digits without a country code are Norwegian."""
    digits = re.sub(r"[^0-9+]", "", number)
    digits = re.sub(r"^00(?=\d{8,})", "+", digits)
    if re.fullmatch(r"[2-9]\d{7}", digits):
        return f"+47{digits}"
    return digits


def _phone_pattern(typed: str) -> re.Pattern[str]:
    number = dial_string(typed)
    code, local = "", number
    if number.startswith("+47") and len(number) == 11:
        code, local = rf"(?:(?:\+|00)47{_GAP}{{0,2}})?", number[3:]
    elif number.startswith("+"):
        code, local = r"(?:\+|00)", number[1:]
    gap = rf"[{_BETWEEN}()]{{0,2}}" if len(local) >= SHORT else ""
    before = rf"(?<![\w+])(?<!\d{_GAP})(?<!\d,)"
    after = rf"(?!\w)(?!{_GAP}\d)(?!,\d)(?!%)"
    return re.compile(before + code + gap.join(local) + after)


def _mail_pattern(typed: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.+@-]){re.escape(typed)}(?![\w@-])(?!\.\w)", re.IGNORECASE)


def _web_pattern(typed: str) -> re.Pattern[str]:
    scheme, _slashes, rest = typed.partition("://")
    host, path = re.fullmatch(r"([^/?#]*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]  # matches all
    way = "/?" if path in ("", "/") else re.escape(path)
    start = f"(?i:{re.escape(scheme.lower())}://{re.escape(host)})"
    return re.compile(rf"(?<![\w/+-]){start}{way}(?![\w/?#&=%~@+*$-])(?![.,:;!'()]+[\w/?#&=%~@+*$-])")
