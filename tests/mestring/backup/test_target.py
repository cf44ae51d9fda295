"""Where a backup, its key or its signer cannot be written is said before the work, by the name that was typed."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize("what", [[], ["--new-key"], ["--signer"]])
def test_a_folder_as_the_file_is_named_at_once(tmp_path, what):
    with pytest.raises(CommandError) as refusal:
        call_command("backup", *what, str(tmp_path))
    assert str(refusal.value) == f"{tmp_path} er en mappe. Skriv navnet på en fil i den."
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("what", [[], ["--new-key"], ["--signer"]])
def test_a_folder_that_is_missing_is_named_and_no_half_file(tmp_path, what):
    with pytest.raises(CommandError) as refusal:
        call_command("backup", *what, str(tmp_path / "away" / "a.backup"))
    assert str(refusal.value) == f"Mappen {tmp_path / 'away'} finnes ikke. Lag den først."
