"""nginx: the shipped file with the site's own name, certificate and number in it."""

import re
from pathlib import Path

from deploy.debian import layout
from deploy.debian.answers import Answers, Refused
from deploy.debian.machine import folder, run, write
from deploy.debian.release import SOURCE

CERTIFICATE = layout.CONFIGURATION / "certificate"
DEBIAN_SITE = Path("/etc/nginx/sites-enabled/default")  # a link; the file itself stays where it is
IPV6 = Path("/proc/net/if_inet6")
SUBDOMAINS = "; includeSubDomains"


def set_up_nginx(answers: Answers) -> None:
    """Write the file and let nginx read it. A file that nginx refuses is taken away again. Raises Refused."""
    folder(CERTIFICATE, mode=0o700)
    for path, name in ((answers.certificate, "site.pem"), (answers.certificate_key, "site.key")):
        write(CERTIFICATE / name, path.read_text(encoding="ascii"), mode=0o600)
    before = layout.NGINX.read_text(encoding="utf-8") if layout.NGINX.exists() else None
    write(layout.NGINX, configuration(answers))
    try:
        run("nginx", "-t")
    except Refused:
        if before is None:
            layout.NGINX.unlink()
        else:
            write(layout.NGINX, before)
        raise
    close_debian_site()
    run("systemctl", "reload-or-restart", "nginx")


def close_debian_site() -> None:
    """Take the site away that Debian's package opens under every name; a site of the operator's own stays."""
    if DEBIAN_SITE.is_symlink() and "server_name _;" in DEBIAN_SITE.read_text(encoding="utf-8"):
        DEBIAN_SITE.unlink()


def configuration(answers: Answers) -> str:
    """Return the shipped file with the answers in it."""
    text = (SOURCE / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for shipped, ours in (
        ("www.example.no", answers.host),
        ("/etc/ssl/site.", f"{CERTIFICATE}/site."),
        ("tel:+4735019500", f"tel:{answers.phone}"),
        ("35 01 95 00", as_read(answers.phone)),
        (SUBDOMAINS, SUBDOMAINS if answers.hsts_subdomains else ""),
    ):
        if shipped not in text:
            raise Refused(f"deploy/nginx.conf no longer says {shipped}.")
        text = text.replace(shipped, ours)
    if not IPV6.exists():  # nginx does not start where it is to listen at what the kernel lacks
        text = re.sub(r" *listen \[::\].*\n", "", text)
    return text


def as_read(phone: str) -> str:
    """Return a number as people read it: Norwegian ones without +47, in pairs."""
    national = phone.removeprefix("+47")
    if len(national) == 8 and national != phone:
        return " ".join(re.findall("..", national))
    return phone
