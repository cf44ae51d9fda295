"""The reply templates a new site begins with. What staff have changed, or taken out of use, is never touched."""

import tomllib
from pathlib import Path

from contact.models import ReplyTemplate

FILE = Path(__file__).parent / "replies.toml"


def load_reply_templates() -> list[str]:
    """Make those that are not there yet; return their names."""
    there = set(ReplyTemplate.objects.values_list("starter", flat=True))
    names = set(ReplyTemplate.objects.values_list("name", flat=True))
    made = []
    for position, row in enumerate(tomllib.loads(FILE.read_text(encoding="utf-8"))["reply"], start=1):
        if row["key"] in there or row["name"] in names:
            continue
        texts = {f"text_{language}": text.strip() for language, text in row["text"].items()}
        role, place = row.get("role", ""), position * 10
        ReplyTemplate.objects.create(name=row["name"], role=role, starter=row["key"], position=place, **texts)
        made.append(row["name"])
    return made
