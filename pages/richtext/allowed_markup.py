"""What rich text may contain: tags, links and the buttons for them; and the cleaner that removes all else."""

import re
from collections import Counter

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mestring.typed_text.invisible_signs import without_invisible_signs
from pages.richtext.left_out import without_left_out

# The tags of the format, in groups. The cleaner, the reader (pages.richtext.reader) and all that use it know a tag
# by its group, so a new tag is one word here, and its button in EDITOR.
HEADINGS = ("h2", "h3")
LISTS = ("ul", "ol")
BLOCKS = (*HEADINGS, "p", *LISTS, "li")  # begin and end a line
LINE_BREAK = "br"
INLINE = ("strong", "em", "a")  # stand inside a line, perhaps inside a word
TAGS = {*BLOCKS, LINE_BREAK, *INLINE}
# Other blocks are stored as paragraphs, as the editor pastes them: two table cells must not become one word.
OTHER_BLOCKS = (
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dt", "figcaption", "figure",
    "footer", "header", "hr", "main", "nav", "pre", "section", "summary", "td", "th",
)  # fmt: skip
# Other elements of word processors are stored as the tag of the format that means the same.
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"} | dict.fromkeys(
    OTHER_BLOCKS, "p"
)
KNOWN = frozenset(TAGS | set(RENAMED))
# `page:12` and `contact:relative` are resolved when a page is shown (pages.live.internal_links).
OUR_LINK = re.compile(r"page:\d{1,9}|contact:(start|patient|relative|referrer)")
# A link that leads somewhere at all, as both Python and JavaScript read it. Stored links of another form stay, and
# the text check names them: no page changes unseen.
_HOST = r"(?:[^\s/?#@:.]+\.)+[^\s/?#@:.\d][^\s/?#@:.]+"
LEADS_SOMEWHERE = (
    rf"(?:{OUR_LINK.pattern}|(?:[Hh]ttps?|HTTPS?)://{_HOST}(?::\d+)?(?:[/?#]\S*)?"
    rf"|[Mm]ailto:[^\s?]+@{_HOST}(?:\?\S*)?|[Tt]el:\+?\d[\d\s().%-]+)"
)
SCHEMES = {"http", "https", "mailto", "tel", "page", "contact"}
EDITOR = {
    "Bold": True, "Italic": True, "BulletList": True, "HardBreak": True,
    "OrderedList": {"enableListAttributes": False}, "Heading": {"levels": [2, 3]},
    "Link": {"enableTarget": False}, "History": True,
}  # fmt: skip

LONGEST = 200_000  # characters: a long page in three languages has as many in all its fields together
DEEPEST = 50  # elements inside each other; a point under a point under a point, in bold, has nine
ROUNDS = 20  # hostile input needs two or three; after the last round the text is clean in any case

# A numbered list that goes on after a paragraph begins with another number than 1.
START = re.compile(r"[2-9]|[1-9]\d{1,2}")

# An address without a scheme that leads to another host all the same: browsers read `\` as `/` and skip line
# breaks. The report about links reads addresses with a scheme only.
ANOTHER_HOST = re.compile(r"[\s\x00-\x20]*[/\\][\t\r\n]*[/\\]")

# These read only what the cleaner wrote: `<` is always a tag, and an element has one attribute at most.
_TO_RENAME = re.compile(rf"<(/?)({'|'.join(RENAMED)})>")
_EMPTY = re.compile(rf"<({'|'.join((*BLOCKS, *INLINE))})(?: [^>]*)?>(?:\s|&nbsp;|<{LINE_BREAK}>)*</\1>")
# A table is opened before it is parsed: a cell that has lost its table would run into the next.
_TABLE = re.compile(r"<(/?)(?:table|thead|tbody|tfoot|tr|td|th|caption)(?=[\s/>])", re.IGNORECASE)
_NESTING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that end by themselves, and two that never stand directly inside each other.
_NOT_NESTING = {"area", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "p", "source", "wbr"}
_LINK_TO_NOTHING = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "start":
        return value if START.fullmatch(value) else None
    value = without_invisible_signs(value)  # pasted into an address, such a sign leads to another one
    if ANOTHER_HOST.match(value):
        return None
    ours = value.startswith(("page:", "contact:"))
    return None if ours and not OUR_LINK.fullmatch(value) else value


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=_keep_attribute,
        url_schemes=SCHEMES,
        link_rel=None,  # the site's Referrer-Policy already keeps addresses from other sites
        clean_content_tags={"script", "style"},
    )


_FIRST, _LAST = _cleaner(set(KNOWN)), _cleaner(TAGS)


def clean(html: str) -> str:
    """Return html with the allowed elements only: no classes, styles or handlers, no empty ones, no deleted words.

    Raises ValidationError for html that is too long or too deep: cleaning takes time with the square of the depth.
    Cleaning twice changes nothing more. A renamed heading can end up inside another one, which only the next round
    sees, so the rounds go on until nothing changes.
    """
    if len(html) > LONGEST:
        raise ValidationError(_("This text is too long. Divide it into several text blocks."), code="too_long")
    refuse_too_deep(html)
    html = without_left_out(_TABLE.sub(r"<\1div", html), KNOWN)
    for _round in range(ROUNDS):
        if (cleaner := _once(html)) == html:
            break
        html = cleaner
    return html


def refuse_too_deep(html: str) -> None:
    """Raise ValidationError when too many elements stand inside each other. Takes time with the length only."""
    open_tags: Counter[str] = Counter()
    depth = 0
    for closes, name in _NESTING.findall(html):
        if (tag := name.lower()) not in _NOT_NESTING:
            step = -min(open_tags[tag], 1) if closes else 1  # an end without a beginning ends nothing
            open_tags[tag] += step
            depth += step
            if depth > DEEPEST:
                raise ValidationError(_("Too many lists or tables stand inside each other."), code="too_deep")


def _once(html: str) -> str:
    html = _FIRST.clean(html)
    refuse_too_deep(html)  # once more, as it is now well-formed: no comment can hide a beginning
    html = _TO_RENAME.sub(lambda tag: f"<{tag[1]}{RENAMED[tag[2]]}>", html)
    html = _LINK_TO_NOTHING.sub(r"\1", _LAST.clean(html))
    while (shorter := _EMPTY.sub("", html)) != html:
        html = shorter
    return html.strip()
