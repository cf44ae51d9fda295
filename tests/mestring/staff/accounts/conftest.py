"""A colleague who can open the inbox, for what the rules say of the last one."""

from tests.contact.conftest import enrolled, keyring, printed, quick_passphrases  # noqa: F401 (fixtures are found by name)
