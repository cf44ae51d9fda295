"""Ask whether the addresses that pages lead to still answer, within bounds of number, time and pace."""

import time
from collections import Counter
from urllib.parse import urljoin, urlsplit

from django.utils import timezone

from pages.links.external import all_addresses, forget_unnamed_checks
from pages.links.request import LinkRefused, ask
from pages.models import Clinic, LinkCheck
from pages.models.outside_link import is_ok

MOST = 200  # addresses in one run
MOST_SECONDS = 30 * 60  # of one run
MOST_REDIRECTS = 3
PAUSE = 1.0  # seconds between two requests to one host
FINAL_STATUSES = {407, 429, 451, 999}
REDIRECTS = {301, 302, 303, 307, 308}
Fault = LinkCheck.Fault


class Pace:
    """Lets at most one request a second go to each host."""

    def __init__(self, pause: float = PAUSE) -> None:
        self.pause, self.last = pause, dict[str, float]()

    def wait(self, host: str) -> None:
        """Return when this host may be asked again."""
        ready = self.last.get(host, -self.pause) + self.pause
        time.sleep(max(0.0, ready - time.monotonic()))
        self.last[host] = time.monotonic()


def check_links(*, most: int = MOST, seconds: float = MOST_SECONDS, pause: float = PAUSE) -> Counter[str]:
    """Ask the addresses that were asked longest ago, store what they answered, and count it.

    No transaction is open while another server is asked.
    """
    forget_unnamed_checks()
    agent, pace, counts = user_agent(), Pace(pause), Counter[str]()
    until = time.monotonic() + seconds
    for address in due(most):
        if time.monotonic() > until:
            break
        status, fault = answer_of(address, agent, pace)
        ok = False if status is None else is_ok(status)
        values = {"checked_at": timezone.now(), "status": status, "fault": fault, "ok": ok}
        LinkCheck.objects.update_or_create(address=address, defaults=values)
        counts["ok" if ok else "unclear" if ok is None else "broken"] += 1
    return counts


def due(most: int) -> list[str]:
    """Return the addresses to ask: those never asked first, then those asked longest ago."""
    asked = dict(LinkCheck.objects.values_list("address", "checked_at"))
    secure = sorted(one for one in all_addresses(at=timezone.now()) if one.lower().startswith("https://"))
    never = [address for address in secure if address not in asked]
    again = sorted((address for address in secure if address in asked), key=asked.__getitem__)
    return [*never, *again][:most]


def user_agent() -> str:
    """Return the User-Agent: the name of the clinic in ASCII letters, which every server reads."""
    name = Clinic.objects.values_list("name", flat=True).first() or ""
    plain = "".join(letter for letter in name if letter.isascii() and letter.isprintable())
    return f"{plain} link check".strip()


def answer_of(address: str, agent: str, pace: Pace) -> tuple[int | None, str]:
    """Return (status, fault) of an address after at most three redirects."""
    try:
        for _step in range(MOST_REDIRECTS + 1):
            status, location = request_once(address, agent, pace)
            if status not in REDIRECTS or not location:
                return status, ""
            address = urljoin(address, location)
            if urlsplit(address).scheme != "https":
                return None, Fault.INSECURE
    except LinkRefused as refused:
        return None, refused.fault
    except ValueError:  # urlsplit takes it for no address
        return None, Fault.UNREADABLE
    return None, Fault.ROUND


def request_once(address: str, agent: str, pace: Pace) -> tuple[int, str | None]:
    """Send one HEAD request; where a server refuses that, one GET request."""
    pace.wait(urlsplit(address).hostname or "")
    status, location = ask("HEAD", address, agent)
    if status >= 400 and status not in FINAL_STATUSES:
        pace.wait(urlsplit(address).hostname or "")
        status, location = ask("GET", address, agent)
    return status, location
