"""Releases that do not serve."""

from contextlib import contextmanager

from tests.deploy.walk.shell import SOURCE

MIGRATIONS = SOURCE / "contact/migrations"
FAULTS = (
    (
        "a migration that fails half-way",
        MIGRATIONS / "9999_fails.py",
        """
from django.db import migrations
def fail(apps, editor):
    apps.get_model("contact", "Inquiry").objects.all().delete()
    raise RuntimeError
class Migration(migrations.Migration):
    dependencies = [("contact", LAST)]
    operations = [migrations.RunSQL("CREATE TABLE half_way (id integer)"), migrations.RunPython(fail)]
""".replace("LAST", repr(max((path.stem for path in MIGRATIONS.glob("0*.py")), default=""))),
    ),
    ("code that does not start", SOURCE / "mestring/wsgi.py", "\nraise RuntimeError\n"),
    (
        "pages that cannot be shown",
        SOURCE / "pages/context_processors.py",
        "\ndef site(request):\n    raise RuntimeError\n",
    ),
)


@contextmanager
def changed(path, words):
    """While the block runs, the source tree is another release."""
    was = path.read_text() if path.exists() else None
    path.write_text((was or "") + words)
    yield
    path.write_text(was) if was is not None else path.unlink()
