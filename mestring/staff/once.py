"""What counts once, also when it is sent to several processes at the same moment.

A session alone does not tell: each of them reads it before another has stored it.
"""

from hashlib import sha256

from django.core.cache import cache


def is_first(kind: str, value: str, seconds: int) -> bool:
    """Say whether this value comes for the first time within so long; of many at once one is the first."""
    return bool(cache.add(f"{kind}-{sha256(value.encode()).hexdigest()}", 1, seconds))
