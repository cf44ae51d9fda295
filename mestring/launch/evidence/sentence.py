"""What the site says about one item."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Evidence:
    """One sentence about an item. `against`: it cannot be confirmed yet; `url`, if any, leads to the fix."""

    words: str | Promise
    url: str = ""
    against: bool = False
