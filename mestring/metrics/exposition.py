"""All of /metrics as text. Nothing is counted in a process: there are several, and one that ends would forget."""

from collections.abc import Callable, Iterable

from django.db import Error
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from mestring.metrics import machine, waiting
from mestring.metrics.sample import Samples, family

FACTS: tuple[Callable[[], Samples], ...] = (
    machine.readiness,
    machine.release,
    machine.disks,
    machine.backups,
    machine.certificate,
    machine.migrations,
    machine.rounds,
    machine.faults,
    waiting.inquiries,
    waiting.mail,
    waiting.forms,
)
CONTENT_TYPE = CONTENT_TYPE_LATEST


class SiteCollector(Collector):
    """Reads each fact at the moment it is asked."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Give every fact that can be read, while the database or a disk is away those that need none."""
        unread = 0
        for fact in FACTS:
            try:
                yield from list(fact())
            except (Error, OSError):
                unread += 1
        yield family("facts_unread", "How many of the facts here could not be read just now.", unread)


def metrics_text() -> bytes:
    """Return what a monitoring program reads."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(SiteCollector())
    return bytes(generate_latest(registry))
