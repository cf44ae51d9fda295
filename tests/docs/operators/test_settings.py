"""What docs/operators.md names – settings, units, folders of the machine – is there."""

import re

from deploy.debian import layout
from tests.docs.operators import guide

READ = re.compile(r'read\.\w+\(\s*"([A-Z_]+)"|environ\.get\("([A-Z_]+)"')
OF_THE_INSTALLER = {"UPGRADING"}  # no operator sets it
OF_THE_DEMO = {"PORT"}
MADE_BY_THE_GUIDE = {str(layout.STATE / name) for name in ("restore", "data-before")}


def test_the_table_of_settings_names_each_setting_and_no_other():
    files = [guide.ROOT / "mestring/settings.py", *(guide.ROOT / "mestring/config").glob("*.py")]
    read = {one or other for file in files for one, other in READ.findall(file.read_text(encoding="utf-8"))}
    rows = re.findall(r"^\| (`.*?) \|", guide.under("Settings"), re.MULTILINE)
    named = set(re.findall(r"`([A-Z_]+)`", " ".join(rows)))
    assert named == read - OF_THE_INSTALLER - OF_THE_DEMO


def test_each_unit_that_is_named_is_one_of_the_installation():
    units = {file.name for file in (guide.ROOT / "deploy/debian/units").iterdir()}
    known = units | {unit.removesuffix(".service") for unit in units} | {"mestringshusene-alarm@"}
    named = set(re.findall(r"mestringshusene-[\w@]+(?:\.(?:service|socket|timer))?", guide.text()))
    assert {"mestringshusene-web", "mestringshusene-deliver"} <= named
    assert named - known == set()


def test_each_place_on_the_machine_is_one_that_the_installer_makes_or_the_guide():
    known = {str(place) for place in vars(layout).values()} | MADE_BY_THE_GUIDE
    known |= {str(layout.CONFIGURATION / name) for name in ("alarm.d", "backup.d", "deliverer.public")}
    for place in re.findall(r"/(?:var/lib|etc|opt)/mestringshusene[\w./-]*", guide.text()):
        parts = place.rstrip("/.").split("/")
        depth = parts.index("mestringshusene") + 2  # what lies in a folder is the program's, or the operator's
        assert "/".join(parts[:depth]) in known, place
