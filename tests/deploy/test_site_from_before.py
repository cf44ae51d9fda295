"""How a site of before there was an installer comes under it: the guide names the installer's own places."""

import subprocess

from deploy.debian import database, layout
from tests.docs.operators import guide


def test_the_commands_for_a_site_from_before_put_everything_where_the_installer_looks():
    always, on_postgresql = guide.blocks(guide.under("A site from before"))
    for place in (
        layout.DATA,
        layout.KEYS,
        layout.SETTINGS,
        f"--home-dir {layout.STATE}",
        f"--user-group {layout.USER}",
    ):
        assert f"{place}" in always
    for place in (
        f"ROLE {database.OWNER} LOGIN",
        f"-d {database.DATABASE}",
        f"-O {database.OWNER} {database.DATABASE}",
    ):
        assert place in on_postgresql
    for block in (always, on_postgresql):
        assert subprocess.run(["sh", "-n", "-c", block], capture_output=True, text=True).stderr == ""
