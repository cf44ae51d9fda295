"""The database really fails: locked, read-only, full, cut off. The words are kept, and later sent once."""

import json

import pytest

from tests import building
from tests.conftest import environment_of, run
from tests.site_database import ON_POSTGRESQL

pytestmark = pytest.mark.xdist_group("database faults")
FAULTS = (
    {"the server takes no writes", "a table is locked", "the connection is cut in the middle"}
    if ON_POSTGRESQL
    else {
        "another process writes",
        "another process has the whole file",
        "the file is read-only",
        "the disk is full",
    }
)


@pytest.fixture(scope="module")
def told(built_site, tmp_path_factory):
    """What people were answered during each fault, and afterwards (tests/contact/sender/database_faults.py)."""
    folder = tmp_path_factory.mktemp("faults")
    building.copy(built_site, folder, "keyed")
    told = json.loads(run(["-m", "tests.contact.sender.database_faults"], environment_of(folder)))
    assert set(told) == FAULTS
    return told


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_what_cannot_be_stored_is_503_with_the_text_and_the_phone_and_half_of_it_is_never_stored(told, fault):
    during, honest = told[fault]["during"], {"status": 503, "words": True, "phone": True}
    assert during["sending"] == honest
    assert during["adding"] == honest
    assert told[fault]["nothing"]


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_looking_through_it_before_sending_keeps_the_text_too(told, fault):
    checking = told[fault]["during"]["checking"]
    assert checking["status"] in (200, 503)
    assert checking["words"]
    assert checking["phone"]


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_when_it_is_over_the_same_form_goes_through_and_twice_is_once(told, fault):
    assert told[fault]["again"] == [200, 200, 200, 200]
    assert told[fault]["stored"] == [1, 1]
