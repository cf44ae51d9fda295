"""What a word processor keeps for its author: deleted words, comments, hidden words. None of it is stored.

The editor's script takes the same out as it is pasted (static/admin_pages/paste.js), by these patterns:
write them as both Python and JavaScript read them.
"""

import re
from functools import cache
from html import unescape

import nh3

# By kind: the tags, and what stands in a class, in a style, or where a link leads or is led to.
LEFT_OUT: dict[str, dict[str, str]] = {
    "deleted": {
        "tag": r"^(s|strike)$",
        "class": r"\bmso(Del|Movefrom)\b|TrackChange\w*Deletion|suggestion-deletion",
        "style": r"text-decoration[\w-]*\s*:[^;]*line-through",
    },
    "comment": {
        "class": r"\bMsoComment|\bmsocom|\bCommentReference\b",
        "style": r"mso-(element|special-character):\s*.?comment|mso-comment-(reference|continuation)",
        "href": r"^#(_msocom_|_com_|cmnt)",
        "id": r"^(_com_|_msocom_|cmnt)",
    },
    "hidden": {
        "style": r"mso-hide:\s*all|display:\s*none|visibility:\s*hidden"
        r"|(^|;)\s*(color:\s*transparent|opacity:\s*0\s*(;|$))",
        "hidden": "",  # the attribute, whatever its value
    },
}
TAGS = {"s", "strike", "ins", "span", "font", "u", "sup", "sub"}
ATTRIBUTES = {"class", "style", "href", "id", "start", "hidden"}

_PATTERNS = [
    (name, re.compile(pattern, re.IGNORECASE)) for kind in LEFT_OUT.values() for name, pattern in kind.items()
]
_TAG = re.compile(r'<(/?)([\w:]+)((?: [\w-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# A parser lets `s` go on in the next paragraph, as deleted words do, but ends the others there.
_DELETED = re.compile(r"<(/?)(?:del|w:del|w:moveFrom)(?=[\s/>])", re.IGNORECASE)
_VOID = {"br", "hr"}
# A document of the web says the comment in a paragraph of its own below the text, which begins with a way back.
_COMMENT_BELOW = re.compile(r'<p\b[^>]*>(?:<[^>]*>){0,5}<a [^>]*href="#cmnt_ref.*?</p>', re.DOTALL)


def without_left_out(html: str, tags: frozenset[str]) -> str:
    """Return html as well-formed elements of these tags, without the elements that only their author sees.

    An element goes with everything in it. The attributes that show what it is are still there: clean it further.
    """
    html = _COMMENT_BELOW.sub("", _cleaner(tags).clean(_DELETED.sub(r"<\1s", html)))
    kept, end = [], 0
    inside = 0  # how many elements are open, from the one that is left out
    for tag in _TAG.finditer(html):
        closes, name, attributes = tag.groups()
        if inside:
            inside += 0 if name in _VOID else -1 if closes else 1
            end = tag.end()
        elif not closes and _is_left_out(name, attributes):
            kept.append(html[end : tag.start()])
            inside, end = int(name not in _VOID), tag.end()
    return "".join([*kept, html[end:]])


@cache
def _cleaner(tags: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={*tags, *TAGS},
        attributes={"*": ATTRIBUTES},
        url_schemes={"http", "https", "mailto", "tel", "page", "contact"},
        link_rel=None,
        clean_content_tags={"script", "style"},
    )


def _is_left_out(tag: str, attributes: str) -> bool:
    if not attributes and tag not in TAGS:
        return False
    given = {"tag": tag} | {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    return any(name in given and pattern.search(given[name]) for name, pattern in _PATTERNS)
