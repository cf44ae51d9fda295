"""nginx: the shipped file with the site's own name, certificate and number in it."""

import re

from deploy.debian import layout
from deploy.debian.answers import Answers, Refused
from deploy.debian.machine import folder, run, write
from deploy.debian.release import SOURCE

CERTIFICATE = layout.CONFIGURATION / "certificate"


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
    run("systemctl", "reload-or-restart", "nginx")


def configuration(answers: Answers) -> str:
    """Return the shipped file with the answers in it."""
    text = (SOURCE / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for shipped, ours in (
        ("www.example.no", answers.host),
        ("/etc/ssl/site.", f"{CERTIFICATE}/site."),
        ("tel:+4735019500", f"tel:{answers.phone}"),
        ("35 01 95 00", as_read(answers.phone)),
    ):
        if shipped not in text:
            raise Refused(f"deploy/nginx.conf no longer says {shipped}.")
        text = text.replace(shipped, ours)
    return text


def as_read(phone: str) -> str:
    """Return a number as people read it: Norwegian ones without +47, in pairs."""
    national = phone.removeprefix("+47")
    if len(national) == 8 and national != phone:
        return " ".join(re.findall("..", national))
    return phone
