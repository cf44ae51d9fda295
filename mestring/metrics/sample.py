"""One name of /metrics with its values. Each begins with mestring_; a value that is not known is left out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

Samples = Iterator[GaugeMetricFamily]
Labelled = Mapping[tuple[str, ...], float]


def family(
    name: str, words: str, values: float | Labelled | None, labels: Sequence[str] = ()
) -> GaugeMetricFamily:
    """Return a gauge with one value, or with one for each set of labels."""
    made = GaugeMetricFamily(f"mestring_{name}", words, labels=labels)
    if values is not None:
        for label, value in values.items() if isinstance(values, Mapping) else [((), values)]:
            made.add_metric(label, float(value))
    return made


def seconds_since(at: datetime | None) -> float:
    """Return for how long something has waited; 0 where nothing does."""
    return max((timezone.now() - at).total_seconds(), 0.0) if at else 0.0


def seconds_of(at: datetime | None) -> float | None:
    """Return a moment as seconds since 1970."""
    return at.timestamp() if at else None
