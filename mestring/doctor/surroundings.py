"""What the site leans on: the mail server, the certificate, the clock."""

import shutil
import smtplib
import socket
import ssl
import subprocess
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection

from mestring.doctor.finding import Finding, Findings

PATIENCE = 10.0  # seconds
CERTIFICATE_DAYS = 21


def mail_server() -> Findings:
    """Look for a mail server that cannot be reached, or does not let the site in. No mail is sent."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Finding("There is no mail server: mail is written to files.", "Set EMAIL_URL.")
        return
    try:
        with get_connection(timeout=PATIENCE):
            pass
    except smtplib.SMTPAuthenticationError:
        yield Finding("The mail server refuses the site's user or password.", "Correct EMAIL_URL, and restart.")
    except (OSError, smtplib.SMTPException) as error:
        mend = f"Look at {settings.EMAIL_HOST}:{settings.EMAIL_PORT}, at the firewall, and at EMAIL_URL."
        yield Finding(f"The mail server does not answer as it should ({type(error).__name__}).", mend)


def operator_address() -> Findings:
    """Look for an address that is told when a part of the site fails."""
    if not settings.OPERATOR_MAIL:
        yield Finding("No address is told when a part of the site fails.", "Set OPERATOR_MAIL.")


def certificate_end(patience: float = PATIENCE) -> float | None:
    """Return when the certificate ends, or one that vouches for it, asked for as a visitor's browser does.

    In seconds since 1970. None where the site has no https. Raises SSLCertVerificationError for one that browsers
    refuse, and OSError.
    """
    address = urlsplit(settings.SITE_ADDRESS)
    if address.scheme != "https" or not address.hostname:
        return None
    trust = ssl.create_default_context(cafile=settings.CERTIFICATE_AUTHORITY or None)
    reached = urlsplit(f"//{settings.SITE_REACHED_AT}")  # a router that leads no one back inside
    place = (reached.hostname or address.hostname, reached.port or address.port or 443)
    with (
        socket.create_connection(place, timeout=patience) as line,
        trust.wrap_socket(line, server_hostname=address.hostname) as secured,
    ):
        # Python's own name for it is of 3.13, and leads here. The site's certificate may outlive who signed it.
        chain = secured._sslobj.get_verified_chain()  # type: ignore[attr-defined]
        return min(ssl.cert_time_to_seconds(one.get_info()["notAfter"]) for one in chain)


def certificate() -> Findings:
    """Look at the certificate: its name, who signed it, how long it holds."""
    try:
        ends = certificate_end()
    except ssl.SSLCertVerificationError as error:
        mend = "Renew it, or put it with its whole chain where nginx looks, and reload nginx."
        yield Finding(f"Browsers refuse the certificate: {error.verify_message}.", mend)
        return
    except OSError as error:
        mend = "Look at nginx, at the firewall, and at the name server's answer for this machine."
        yield Finding(f"{settings.SITE_ADDRESS} cannot be reached from here ({type(error).__name__}).", mend)
        return
    if ends and (days := (ends - time.time()) / 86_400) < CERTIFICATE_DAYS:
        yield Finding(f"The certificate ends in {max(days, 0):.0f} days.", "Renew it, and reload nginx.")


def clock() -> Findings:
    """Look for a clock that no time server sets: waits, links and erasing go by it."""
    if shutil.which("timedatectl") is None:
        return
    asked = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 (a fixed program)
    if done.returncode == 0 and done.stdout.strip() == "no":
        yield Finding("No time server sets this machine's clock.", "timedatectl set-ntp true")
