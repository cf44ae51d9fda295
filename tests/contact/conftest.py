"""Fixtures for the tests of `contact`."""

from uuid import UUID

import pytest

from contact.crypto import passphrase
from contact.crypto.files import OWNER_ONLY
from contact.keys import colleagues, key_holders, recovery, staff_keys
from contact.keys.first_generation import make_keyring
from contact.keys.generations import remove_server
from contact.keys.keyring import fingerprint_file
from contact.models import Grant, InboxKey, Inquiry
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests import building
from tests.conftest import environment_of

# Stands in every message a test sends; where it turns up afterwards, something leaked.
CANARY = "kanarifugl i gruven æøå"
PASSPHRASE = "gul traktor ved sjøen 7 kråker"
NOTHING = bytes(32)  # the nonce of a form
FORM = UUID(int=1)  # the number of a form that staff have open


@pytest.fixture
def keyring(db):
    """A site whose inbox has its first key."""
    return put_keyring()


FILES = (key_holders.server_key_file, key_holders.paper_file, fingerprint_file)
SEALED = ("sealed_private", "holder_public", "voucher")
_kept: dict[str, list] = {}


def put_keyring() -> InboxKey:
    """Put in the keyring that the first test of this process made: its files need not reach the disk each time."""
    if not _kept or InboxKey.objects.exists():
        key = make_keyring()
        _kept.setdefault("files", [file().read_bytes() for file in FILES])
        _kept.setdefault("public", [bytes(key.public_key)])
        _kept.setdefault("grants", list(key.grants.values("id", "principal", *SEALED)))
        return key
    for file, content in zip(FILES, _kept["files"], strict=True):
        file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file().touch(mode=OWNER_ONLY)
        file().write_bytes(content)
    key = InboxKey.objects.create(generation=1, public_key=_kept["public"][0])
    Grant.objects.bulk_create(Grant(key=key, **grant) for grant in _kept["grants"])
    return key


@pytest.fixture
def receipt(keyring):
    """The receipt of a patient who has just written."""
    answers = {"message": CANARY, "name": "Sol", "phone": "+47 900 00 000", "may_call": "yes"}
    return receive("patient", "nb", answers, nonce_of(new_token()))


@pytest.fixture
def inquiry(receipt):
    """What this patient wrote."""
    return Inquiry.objects.get(locator=receipt.locator)


@pytest.fixture
def empty_site(built_site, tmp_path):
    """The environment of a site of its own, with an empty database file, for real processes."""
    building.copy(built_site, tmp_path, "empty")
    return environment_of(tmp_path)


@pytest.fixture
def keyed_site(built_site, tmp_path):
    """The same, where the inbox has its first key."""
    building.copy(built_site, tmp_path, "keyed")
    return environment_of(tmp_path)


@pytest.fixture
def printed(keyring):
    """What stands on the recovery paper that a keyholder printed."""
    return key_holders.paper_file().read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch):
    """The cast's passphrases need not withstand an attack; Argon2id would take most of the tests' time."""
    monkeypatch.setattr(passphrase, "COST", passphrase.Cost(memory_kib=8, passes=1, lanes=1))


@pytest.fixture
def enrolled(printed, inquiry_staff):
    """Ivar's key: his passphrase is chosen, and he has been let in with the paper."""
    staff_key = colleagues.enrol(inquiry_staff, PASSPHRASE)
    colleagues.let_in([staff_key], with_paper(printed))
    return staff_key


@pytest.fixture
def launched(inquiry, enrolled, printed):
    """A site whose server can no longer open the inbox; Ivar can."""
    recovery.prove_paper(printed)
    remove_server(with_paper(printed))
    key_holders.delete_server_key()
    return inquiry


@pytest.fixture
def unlocked_client(launched, inquiry_client):
    """Ivar's browser, unlocked."""
    assert inquiry_client.post("/admin/contact/inquiry/unlock/", {"passphrase": PASSPHRASE}).status_code == 302
    return inquiry_client


def code_of(staff_key):
    """What a keyholder types to let this colleague in."""
    return {f"code-{staff_key.user_id}": staff_keys.check_code(bytes(staff_key.public_key))}


def with_paper(paper):
    """Open with what stands on the paper."""
    return lambda key: key_holders.open_with_recovery(key, paper)


def with_passphrase(staff_key, phrase=None):
    """Open as a colleague who types this passphrase."""
    return staff_keys.opener_of(staff_key, staff_keys.open_private_key(staff_key, phrase or PASSPHRASE))
