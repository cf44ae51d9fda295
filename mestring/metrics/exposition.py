"""All of /metrics as text. Nothing is counted in a process: there are several, and one that ends would forget."""

from collections.abc import Callable, Iterable

from django.db import Error
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from mestring.metrics import machine, waiting
from mestring.metrics.sample import Samples, family
from mestring.readiness.checks import check_results

Facts = tuple[Callable[[], Samples], ...]
WITHOUT_DATABASE: Facts = (machine.release, machine.disks, machine.backups, machine.certificate)
IN_DATABASE: Facts = (
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
        """Give every fact that can be read. A database that is away is asked once: each wait is five seconds."""
        facts, results, unread = WITHOUT_DATABASE, [], 0
        try:
            results = check_results()
        except OSError:
            unread += 1
        yield from machine.readiness(results)
        if any(result.name == "database" and result.reasons for result in results):
            unread += len(IN_DATABASE)
        else:
            facts += IN_DATABASE
        for fact in facts:
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
