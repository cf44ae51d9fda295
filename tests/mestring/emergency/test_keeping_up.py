"""What is gone goes at once, one change makes few copies anew, and a slice ends in time."""

import shutil
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from contact.keys.first_generation import make_keyring
from contact.management.commands.deliver import EACH_ROUND, keep_emergency_edition
from contact.notifications.outbox import deliver_due
from contact.sender.intake import receive
from mestring.emergency import edition, folder
from mestring.emergency.age import WHOLE_AT, is_late, whole_at
from pages.editions.publishing import publish, save_draft, take_down
from pages.editions.scheduling import schedule, take_down_at
from pages.models import ClaimBlock, Clinic, Edition, FigureBlock, Page
from pages.pictures import library
from tests import factories
from tests.picture_files import as_file, drawn

pytestmark = pytest.mark.plain


def say(page, words):
    """Publish other words on a page."""
    page.pages_textblock_set.update(body_nb=f"<p>{words}</p>")
    publish(save_draft(page, by=None), by=None)


def changed(copies, change):
    """Return the pages that were copied anew after a change."""
    before = copies.files()
    change()
    assert copies.keep()
    after = copies.files()
    return {name for name in before | after if before.get(name) != after.get(name)}


@pytest.fixture(scope="module")
def kept_copies(tmp_path_factory):
    """Where the copies lie that the first test has drawn."""
    return {"root": tmp_path_factory.mktemp("kept-copies")}


@pytest.fixture
def section(copies, kept_copies):
    """The copies of a site with a section, all drawn for the first test alone: that takes 0.3 s."""
    factories.section()
    if "copies" not in kept_copies:
        copies.keep()
        kept_copies["copies"] = copies.copied_to(kept_copies["root"])
    return kept_copies["copies"].copied_to(copies.root)


def test_copies_that_are_put_back_are_whole_and_hold(section):
    assert changed(section, lambda: None) == set()
    assert len(section.pages()) == len(section.edition.copied) > 30


def test_other_words_on_a_page_make_that_page_anew_and_no_other(section):
    page = Page.objects.get(slug_nb="to-nb")
    assert changed(section, lambda: say(page, "Nye ord.")) == {"to-nb", "nn/to-nn", "en/to-en"}
    assert "Nye ord." in section.words("to-nb")
    assert changed(section, lambda: None) == set()


def test_another_title_makes_those_pages_anew_that_say_it(section):
    Page.objects.filter(slug_nb="to-nb").update(title_nb="Et annet navn")
    page = Page.objects.get(slug_nb="to-nb")
    anew = changed(section, lambda: publish(save_draft(page, by=None), by=None))
    assert {"to-nb", "artikler-nb"} <= anew
    assert not {"avrusning-nb", "en-nb", "."} & anew
    assert "Et annet navn" in section.words("artikler-nb")


def test_what_stands_on_every_page_makes_all_anew(section):
    assert changed(section, lambda: Clinic.objects.update(phone="+4735019599")) == section.pages()
    assert "35 01 95 99" in section.words("to-nb").replace("\u00a0", " ")


def test_a_page_that_is_taken_down_is_gone_at_once_also_with_links_to_it(section):
    take_down(Page.objects.get(slug_nb="to-nb"))
    section.keep(-1)  # no time for anything but what is gone
    assert not {"to-nb", "nn/to-nn", "en/to-en"} & section.pages()
    assert not (section.root / "to-nb").exists()
    section.keep()
    assert "to-nb" not in section.html("artikler-nb")


def test_a_new_process_removes_what_was_taken_down_while_there_was_none(section):
    take_down(Page.objects.get(slug_nb="to-nb"))
    left = section.root / "en-nb" / ".index.html.abc.part"
    left.touch()
    section.edition = edition.EmergencyEdition(section.root, lambda: None)
    section.keep(-1)
    assert "to-nb" not in section.pages()
    assert not left.exists()


def test_what_begins_or_ends_by_itself_does_so_in_the_copies(section):
    page, now = Page.objects.get(slug_nb="to-nb"), timezone.now()
    take_down_at(page, now + timedelta(hours=2))
    later = factories.draft("senere")
    schedule(save_draft(later, by=None), at=now + timedelta(hours=1), by=None)
    section.keep()
    assert "senere-nb" not in section.pages()
    with time_machine.travel(now + timedelta(hours=1, seconds=1)):
        section.keep()
        assert {"senere-nb", "to-nb"} <= section.pages()
    with time_machine.travel(now + timedelta(hours=2, seconds=1)):
        section.keep()
        assert "to-nb" not in section.pages()


def test_a_claim_that_is_withdrawn_is_gone_and_only_its_pages_are_made_anew(section):
    claim = factories.claim("Vi har vakt hele døgnet.")
    page = Page.objects.get(slug_nb="to-nb")
    ClaimBlock.objects.create(parent=page, region="main", ordering=20, claim=claim)
    publish(save_draft(page, by=None), by=None)
    section.keep()
    assert "Vi har vakt hele døgnet." in section.words("to-nb")

    def withdraw():
        claim.withdraw()
        claim.save()

    assert changed(section, withdraw) == {"to-nb", "nn/to-nn", "en/to-en"}
    assert "Vi har vakt" not in section.words("to-nb")


def test_a_picture_that_is_withdrawn_is_gone_at_once(section, settings, editor):
    settings.MEDIA_ROOT = section.root.parent / "media"
    page = Page.objects.get(slug_nb="to-nb")
    picture = library.add(as_file(drawn(480, 120)), name="Tunet", credit="Kari", by=editor)
    FigureBlock.objects.create(parent=page, region="main", ordering=20, picture=picture, decorative=True)
    publish(save_draft(page, by=None), by=None)
    section.keep()
    assert [*section.root.rglob("*.jpg")]
    library.withdraw(picture, by=editor)
    section.keep(-1)
    assert not [*section.root.rglob("*.jpg")]
    section.keep()
    assert ".jpg" not in section.html("to-nb")


def test_a_picture_that_no_page_shows_any_more_goes_when_all_is_done(section, settings, editor):
    settings.MEDIA_ROOT = section.root.parent / "media"
    page = Page.objects.get(slug_nb="to-nb")
    picture = library.add(as_file(drawn(480, 120)), name="Tunet", credit="Kari", by=editor)
    block = FigureBlock.objects.create(parent=page, region="main", ordering=20, picture=picture, decorative=True)
    publish(save_draft(page, by=None), by=None)
    section.keep()
    block.delete()
    publish(save_draft(page, by=None), by=None)
    section.keep()
    assert not [*section.root.rglob("*.jpg")]
    assert [*section.root.rglob("site.css")]


def test_a_slice_ends_in_time_and_the_next_one_goes_on_with_the_newest_first(copies):
    assert not copies.keep(-1)
    assert whole_at(copies.root) is None
    copies.keep(0)
    newest = Edition.objects.order_by("-pk")[0].head["slug"]["nb"]
    assert copies.pages() in ({newest}, set())
    while not copies.keep(0.2):
        pass
    assert whole_at(copies.root)


def test_a_copy_that_nothing_changed_is_made_anew_within_a_day(section, monkeypatch):
    monkeypatch.setattr(edition, "ANEW_AFTER", -1.0)
    assert changed(section, lambda: None) == section.pages()


def test_a_page_that_cannot_be_shown_keeps_its_copy_and_is_said_in_the_log(section, caplog):
    page = Page.objects.get(slug_nb="to-nb")
    say(page, "Ordene")
    section.keep()
    broken = page.editions.order_by("-pk")[0]
    Clinic.objects.update(phone="+4735019599")
    Edition.objects.filter(pk=broken.pk).update(body=[{"type": "none", "body": {"nb": "<p>Hemmelig</p>"}}])
    assert not section.keep()
    assert "Ordene" in section.words("to-nb")
    assert "35 01 95 99" in section.words("en-nb").replace("\u00a0", " ")
    ours = [one.getMessage() for one in caplog.records if one.name == "mestring.emergency"]
    assert "/to-nb/ was not copied (NotCopied)" in ours
    assert not any("Hemmelig" in line for line in ours)


def test_on_a_full_disk_nothing_is_written_and_what_is_gone_still_goes(section, monkeypatch):
    monkeypatch.setattr(folder, "LITTLE", 10**9)
    take_down(Page.objects.get(slug_nb="to-nb"))
    say(Page.objects.get(slug_nb="en-nb"), "Nye ord.")
    assert not section.keep()
    assert "to-nb" not in section.pages()
    assert "Nye ord." not in section.words("en-nb")


def test_mail_goes_before_copies():
    assert EACH_ROUND.index(deliver_due) < EACH_ROUND.index(keep_emergency_edition) == len(EACH_ROUND) - 1


def test_copies_are_late_an_hour_after_they_were_last_whole(section):
    assert not is_late(section.root)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert is_late(section.root)
        section.keep()
        assert not is_late(section.root)


def test_mail_goes_out_also_where_no_copy_can_be_written(copies, settings, tmp_path, mailoutbox):
    make_keyring()
    receive("patient", "nb", {"message": "hei"}, bytes(32))
    (tmp_path / "a-file").touch()
    settings.EMERGENCY_DIR = tmp_path / "a-file"
    with pytest.raises(CommandError, match="keep_emergency_edition"):
        call_command("deliver", once=True)
    assert len(mailoutbox) == 1


def test_a_page_that_waited_to_be_made_anew_is_gone_too_when_it_is_taken_down(section):
    page = Page.objects.get(slug_nb="to-nb")
    say(page, "Nye ord.")
    section.keep(-1)
    take_down(page)
    section.keep(-1)
    assert not {"to-nb", "nn/to-nn", "en/to-en"} & section.pages()


def test_files_that_another_program_took_away_are_made_anew_before_the_edition_is_called_whole(section):
    for name in ("to-nb/index.html", *(path.relative_to(section.root) for path in section.root.rglob("*.woff2"))):
        (section.root / name).unlink()
    (section.root / WHOLE_AT).unlink()
    assert not section.keep(-1)
    assert whole_at(section.root) is None
    assert section.keep()
    assert "to-nb" in section.pages()
    assert [*section.root.rglob("*.woff2")]
    shutil.rmtree(section.root)
    assert not section.keep()
    assert section.keep()
    assert "to-nb" in section.pages()


def test_a_folder_that_holds_something_else_is_left_as_it_is(section, tmp_path):
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    (other / "index.html").write_text("Not ours.")
    with pytest.raises(folder.NotOurFolder):
        edition.EmergencyEdition(other, lambda: None)
    with pytest.raises(CommandError, match="noe annet"):
        call_command("copy_pages", str(other))
    assert [*other.iterdir()] == [other / "index.html"]
    assert other.stat().st_mode & 0o777 == 0o700
