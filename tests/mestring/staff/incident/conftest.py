"""Something happens to a site with an inquiry in its inbox."""

from tests.contact.conftest import inquiry, keyring, receipt  # noqa: F401 (fixtures are found by name)
