"""Where the operator keeps the deliverer's key apart, the site's user seals to it and makes none of its own."""

from uuid import uuid4

import pytest

from contact.crypto import recipient_key

ADDRESS, PAGE = "sol@example.org", "https://example.org/kontakt/svar/"


@pytest.fixture
def apart(settings, tmp_path):
    """The pair of an operator; the private half lies where the site's user does not read it."""
    private, public = recipient_key.new_pair()
    settings.DELIVERER_KEY = str(tmp_path / "deliverer.key")
    (tmp_path / "deliverer.public").write_text(public)
    return private


def test_what_is_sealed_without_the_private_half_opens_with_it(apart, settings, tmp_path):
    row = uuid4()
    sealed = recipient_key.seal_recipient(ADDRESS, PAGE, row)
    assert recipient_key.is_whole()
    assert [path.name for path in tmp_path.glob("deliverer.*")] == ["deliverer.public"]
    settings.DELIVERER_KEY = str(tmp_path / "handed-over" / "deliverer.key")  # as systemd does: alone in a folder
    (tmp_path / "handed-over").mkdir()
    (tmp_path / "handed-over" / "deliverer.key").write_text(apart)
    assert recipient_key.open_recipient(sealed, row) == (ADDRESS, PAGE)


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_text("ab")])
def test_a_public_half_that_is_gone_is_said_and_no_other_key_is_made(apart, settings, tmp_path, spoil):
    spoil(tmp_path / "deliverer.public")
    with pytest.raises(OSError, match="missing or cut short"):
        recipient_key.seal_recipient(ADDRESS, PAGE, uuid4())
    assert not recipient_key.is_whole()
    assert not (tmp_path / "deliverer.key").exists()
    assert not (settings.KEY_DIR / "deliverer.key").exists()


def test_both_halves_of_a_key_that_is_there_are_the_same_again():
    private, public = recipient_key.new_pair()
    assert recipient_key.new_pair(private) == (private, public)
    assert recipient_key.new_pair()[0] != private
