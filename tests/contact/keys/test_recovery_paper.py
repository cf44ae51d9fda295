import re

import pytest

from contact.keys.recovery_paper import PaperWrong, key_on, new_paper

PAPER = new_paper()
LINES = re.findall(r"^ +(\d\)  .*)$", PAPER, re.MULTILINE)


def secret_lines(paper: str) -> list[str]:
    """Return what stands behind the numbers of the four lines."""
    return re.findall(r"^ +\d\)  (.*)$", paper, re.MULTILINE)


def same(one: str, other: str) -> bool:
    return key_on(one).private_bytes_raw() == key_on(other).private_bytes_raw()


def test_a_paper_stands_for_one_key_and_every_paper_for_another():
    assert same(PAPER, PAPER)
    assert not same(PAPER, new_paper())


def test_the_four_lines_alone_are_enough():
    assert len(LINES) == 4
    assert same(PAPER, "\n".join(LINES))


def test_small_letters_spaces_hyphens_and_missing_line_numbers_do_not_matter():
    typed = "\n".join("  " + line[2:].lower().replace(" ", "-") + "  " for line in LINES)
    assert same(PAPER, typed)


@pytest.mark.parametrize("one", ["i", "I", "l", "L"])
@pytest.mark.parametrize("zero", ["o", "O"])
def test_o_for_zero_and_i_or_l_for_one_are_understood(one, zero):
    paper = next(paper for paper in iter(new_paper, None) if {"0", "1"} <= set("".join(secret_lines(paper))))
    typed = "\n".join(line.replace("0", zero).replace("1", one) for line in secret_lines(paper))
    assert same(paper, typed)


def test_a_slip_is_found_on_its_line():
    third = LINES[2]
    slip = third[:4] + ("X" if third[4] != "X" else "Y") + third[5:]
    with pytest.raises(PaperWrong, match="3"):
        key_on("\n".join([*LINES[:2], slip, LINES[3]]))


def test_two_lines_in_each_others_place_are_noticed():
    bare = [line[2:] for line in LINES]
    with pytest.raises(PaperWrong):
        key_on("\n".join(["1)" + bare[1], "2)" + bare[0], *LINES[2:]]))


@pytest.mark.parametrize("text", ["", "hello", "\n" * 50, "æ" * 10, "UUUUUUUUUU"])
def test_something_that_is_no_paper_is_a_clear_error(text):
    with pytest.raises(PaperWrong, match="1"):
        key_on(text)


def test_the_paper_explains_itself_in_norwegian_and_english():
    assert "GJENOPPRETTINGSARK" in PAPER
    assert "RECOVERY PAPER" in PAPER


def test_the_error_does_not_repeat_what_was_typed():
    with pytest.raises(PaperWrong) as caught:
        key_on("\n".join([*LINES[:3], "secret words"]))
    assert "secret" not in str(caught.value)


def test_no_line_is_taken_for_another_line_whose_checksum_it_happens_to_fit():
    """A checksum of ten bits fits a wrong line once in a thousand; on this paper one does."""
    bare = ["JAKT 2DAG TK", "0GZC 9X0F 66", "24MW 842E 1E", "NERQ M62X TQ"]
    numbered = [f"{number}) {line}" for number, line in enumerate(bare, start=1)]
    assert same("\n".join(numbered), "\n".join(bare))


def test_every_paper_reads_the_same_with_and_without_its_numbers():
    for paper in (new_paper() for _number in range(300)):
        assert same(paper, "\n".join(secret_lines(paper)))
