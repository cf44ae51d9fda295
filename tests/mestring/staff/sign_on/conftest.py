"""A site that is set up for single sign-on, and the provider beside it."""

import pytest

from mestring.staff.sign_on.provider import forget_provider
from tests.mestring.staff.sign_on.small_provider import CLIENT, SmallProvider


@pytest.fixture(scope="module")
def server():
    server = SmallProvider()
    yield server
    server.close()


@pytest.fixture
def provider(server, settings):
    """Return the provider, as honest as at first."""
    server.__dict__.update(
        claims={},
        header={},
        description={},
        signs_with=None,
        algorithm="ES256",
        status=200,
        trickles=False,
        whole_token="",
        answer="",
        asked=[],
        ended=[],
        codes={},
        kid="k1",
    )
    settings.SIGN_ON_ISSUER, settings.SIGN_ON_CLIENT = server.issuer, CLIENT
    settings.SIGN_ON_SECRET, settings.SIGN_ON_NAME, settings.SIGN_ON_TWO_STEPS = "s3cret", "Klinikk-ID", ""
    settings.SIGN_ON_LOOPBACK = True
    forget_provider()
    yield server
    forget_provider()
