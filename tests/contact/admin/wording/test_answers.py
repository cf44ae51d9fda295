"""An opened inquiry is laid out for staff: the message first, and what is allowed beside the number."""

from contact.admin.wording.answers import answer_lines


def shown(answers, role="patient"):
    return answer_lines(answers, role)


def test_the_message_comes_first_whatever_the_stored_order():
    assert [line.text for line in shown({"name": "Sol", "message": "hei"})] == ["hei", "Sol"]


def test_a_number_written_by_a_person_can_be_dialled():
    (line,) = shown({"phone": "(+47) 900 00-000, etter fire"})
    assert [address for _words, address in line.pieces if address] == ["tel:+4790000000"]
    assert line.text == "(+47) 900 00-000, etter fire"


def test_a_phone_line_without_digits_is_no_link():
    (line,) = shown({"phone": "spør mor"})
    assert (line.href, line.pieces) == ("", [("spør mor", "")])


def test_what_was_not_said_about_calling_is_said_beside_the_number():
    silent, clear = shown({"phone": "1"})[0], shown({"phone": "1", "may_call": "no", "may_leave_message": "no"})[0]
    assert silent.beside
    assert clear.beside
    assert silent.beside != clear.beside


def test_a_referrer_who_was_not_asked_about_calling_has_left_nothing_unsaid():
    workplace, phone = shown({"phone": "22 33 44 55", "workplace": "Legekontoret"}, "referrer")
    assert workplace.text == "Legekontoret"
    assert workplace.label != "workplace"
    assert (phone.pieces, phone.beside) == ([("22 33 44 55", "tel:22334455")], "")


def test_leave_to_call_without_a_number_is_still_shown():
    (line,) = shown({"may_call": "yes"})
    assert line.beside


def test_an_address_cannot_add_recipients_or_text():
    (line,) = shown({"email": "a@b.no?bcc=c@d.no"})
    assert line.href == "mailto:a@b.no%3Fbcc%3Dc@d.no"


def test_what_an_older_form_asked_is_shown_as_it_was():
    assert shown({"older": "answer"})[0].text == "answer"


def test_the_way_that_was_chosen_is_said_in_words_and_before_the_number():
    way, phone = shown({"phone": "1", "reach": "code"})
    assert way.text != "code"
    assert "ikke ring" in way.text
    assert phone.label != way.label


def test_what_may_be_said_to_another_person_stands_with_the_number():
    silent = shown({"phone": "1", "reach": "phone"})[1]
    assert "Ikke si hvor du ringer fra" in silent.beside
    spoken = shown({"phone": "1", "reach": "phone", "if_other": "Si at det er Per"})
    assert "Ikke si hvor" not in spoken[1].beside
    assert spoken[2].text == "Si at det er Per"


def test_whether_a_text_message_is_safe_stands_beside_the_number():
    assert "Send ikke SMS." in shown({"phone": "1", "may_text": "no"})[0].beside
    assert "Ikke send" in shown({"phone": "1"})[0].beside


def test_answers_from_before_there_was_a_choice_stay_readable():
    older = {"message": "hei", "phone": "900", "may_call": "yes", "may_leave_message": "no", "when": "etter fire"}
    assert [line.text for line in shown(older)] == ["hei", "900", "etter fire"]


def test_who_wishes_only_the_code_is_not_to_be_rung_whatever_else_was_said():
    phone = shown({"phone": "1", "reach": "code", "may_call": "yes"})[1]
    assert phone.beside.startswith("Ønsker svaret bare her, med koden.")
