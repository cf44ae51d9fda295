"""Production refuses to start with an unsafe setting and says which."""

import os
import subprocess
import sys
from datetime import time

import pytest

from mestring.config.startup_checks import startup_errors
from tests.conftest import ROOT

SAFE = {
    "MODE": "live",
    "SECRET_KEY": "a" * 50,
    "RECEIPT_SECRET": "b" * 50,
    "ALLOWED_HOSTS": ["www.mestringshusene.no"],
    "BEHIND_HTTPS": True,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "INQUIRY_NOTIFY": ["inntak@mestringshusene.no"],
    "DATA_DIR": "/srv/site/data",
    "KEY_DIR": "/srv/site/keys",
    "OFFICE_OPENS": time(8),
    "OFFICE_CLOSES": time(16),
    "INQUIRY_ANSWER_HOURS": 8,
}
ONLY_MISSING_FEATURE = ["MODE=live is not available yet: staff login has no second factor."]


def test_safe_settings_leave_only_what_is_not_built_yet():
    assert startup_errors(SAFE) == ONLY_MISSING_FEATURE


@pytest.mark.parametrize(
    ("name", "unsafe"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "b" * 50),
        ("RECEIPT_SECRET", ""),
        ("ALLOWED_HOSTS", ["*"]),
        ("ALLOWED_HOSTS", ["127.0.0.1"]),
        ("BEHIND_HTTPS", False),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
        ("INQUIRY_NOTIFY", ["inntak@mestringshusene.example"]),
        ("KEY_DIR", "/srv/site/data/keys"),
    ],
)
def test_one_unsafe_setting_is_one_more_reason(name, unsafe):
    assert len(startup_errors(SAFE | {name: unsafe})) == 2


def test_an_unknown_mode_is_refused():
    assert startup_errors(SAFE | {"MODE": "production"})


def test_the_process_ends_with_every_reason_and_no_traceback_of_a_request(tmp_path):
    environment = {**os.environ, "MODE": "live", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", "import mestring.wsgi"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "SECRET_KEY must be set" in done.stderr
    assert "EMAIL_URL must name a mail server" in done.stderr
    assert list(tmp_path.iterdir()) == []  # live mode makes no secrets of its own
