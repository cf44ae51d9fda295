"""A colleague who can unlock the inbox, for what becomes of that when a login ends."""

from tests.contact.conftest import enrolled, keyring, printed, quick_passphrases  # noqa: F401 (fixtures are found by name)
