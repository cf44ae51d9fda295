"""Loaded by pytest before the settings are read: tests never touch the site's own data folder."""

import atexit
import os
import secrets
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="mestring-tests-")
os.environ["DATA_DIR"] = _folder
for name in ("KEY_DIR", "MODE", "DATABASE_URL", "EMAIL_URL", "SECRET_KEY", "RECEIPT_SECRET", "SITE_ADDRESS"):
    os.environ.pop(name, None)
os.environ.setdefault("SITE_DATABASES", f"site_{secrets.token_hex(4)}_")  # the same for all workers of a run
# Playwright keeps an event loop on the thread of the tests, where Django would then refuse every query. Nothing
# here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
if "TEST_DATABASE_URL" in os.environ:  # the same tests on PostgreSQL: CONTRIBUTING.md
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
