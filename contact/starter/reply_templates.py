"""The reply templates of a new site, from replies.toml.

A template that staff have changed, renamed or taken out of use is never touched.
"""

import tomllib
from pathlib import Path

from contact.models import ReplyTemplate

FILE = Path(__file__).parent / "replies.toml"


def load_reply_templates() -> list[str]:
    """Create the templates that do not exist yet; return their names."""
    loaded = set(ReplyTemplate.objects.values_list("starter", flat=True))
    names = set(ReplyTemplate.objects.values_list("name", flat=True))
    created = []
    for position, row in enumerate(tomllib.loads(FILE.read_text(encoding="utf-8"))["reply"], start=1):
        if row["key"] in loaded or row["name"] in names:
            continue
        texts = {f"text_{language}": text.strip() for language, text in row["text"].items()}
        ReplyTemplate.objects.create(
            name=row["name"], role=row.get("role", ""), starter=row["key"], position=position * 10, **texts
        )
        created.append(row["name"])
    return created
