"""What the operator answers is checked before anything is done to the machine."""

import tomllib
from dataclasses import fields

import pytest

from deploy.debian.answers import Answers, Refused, read_answers
from tests.conftest import ROOT

GOOD = {
    "host": '"www.klinikken.no"',
    "phone": '"+4735019501"',
    "mail_server": '"smtp+tls://site:hemmelig@mail.klinikken.no:587"',
    "mail_from": '"nettsted@klinikken.no"',
    "told": '["inntak@klinikken.no"]',
    "operator": '"drift@klinikken.no"',
    "certificate": '"{folder}/site.pem"',
    "certificate_key": '"{folder}/site.pem"',
}


def answered(folder, **changes):
    (folder / "site.pem").touch()
    path = folder / "answers.toml"
    lines = [f"{name} = {value}" for name, value in (GOOD | changes).items() if value]
    path.write_text("\n".join(lines).format(folder=folder), encoding="utf-8")
    path.chmod(0o600)
    return path


def test_good_answers_are_read(tmp_path):
    answers = read_answers(answered(tmp_path))
    assert (answers.host, answers.database, answers.told) == (
        "www.klinikken.no",
        "sqlite",
        ["inntak@klinikken.no"],
    )


def test_no_is_an_answer_too(tmp_path):
    assert read_answers(answered(tmp_path, hsts_subdomains="false")).hsts_subdomains is False
    assert read_answers(answered(tmp_path)).hsts_subdomains is True


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("host", "", "host is missing"),
        ("host", '"https://www.klinikken.no"', "without https://"),
        ("host", '"www.example.no"', "host still holds the example"),
        ("mail_server", '"smtp+tls://user:password@mail.example.no:587"', "mail_server still holds the example"),
        ("mail_from", '"nettsted@example.no"', "mail_from still holds the example"),
        ("told", '["inntak@klinikken.no", "inntak@example.no"]', "told still holds the example"),
        ("operator", '"drift@example.no"', "operator still holds the example"),
        ("phone", '"35 01 95 00"', "like \\+47"),
        ("told", '"inntak@klinikken.no"', "a list"),
        ("told", '["inntak"]', "plain addresses"),
        ("operator", '"Drift <drift@klinikken.no>"', "a plain address"),
        ("certificate", '"site.pem"', "no file"),
        ("database", '"mysql"', '"sqlite" or "postgresql"'),
        ("backup_key", '"abc"', "64 signs"),
        ("hsts_subdomains", '"false"', "without quotation marks"),
        ("hots", '"www.klinikken.no"', "hots is no question"),
        ("mail_server", '"smtp://mail\\nMODE=demo"', "no space, line end"),
        ("mail_server", '"smtp://site:a b@mail"', "no space, line end"),
        ("mail_server", '"smtp://mail" "', "cannot be read as TOML"),
    ],
)
def test_a_wrong_answer_is_a_sentence(tmp_path, name, value, said):
    with pytest.raises(Refused, match=said):
        read_answers(answered(tmp_path, **{name: value}))


def test_every_fault_is_said_at_once(tmp_path):
    with pytest.raises(Refused) as refused:
        read_answers(answered(tmp_path, host="", phone='"1"', told="[]"))
    assert len(str(refused.value).splitlines()) == 4


def test_answers_that_others_can_read_are_refused_as_they_hold_a_password(tmp_path):
    path = answered(tmp_path)
    path.chmod(0o644)
    with pytest.raises(Refused, match="chmod 600"):
        read_answers(path)


def test_the_file_that_is_shipped_asks_what_is_read(tmp_path):
    shipped = (ROOT / "deploy/debian/answers.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(shipped)) == {one.name for one in fields(Answers)}


def test_the_file_that_is_shipped_is_refused_at_each_line_that_no_operator_has_filled_in(tmp_path):
    path = tmp_path / "answers.toml"
    path.write_bytes((ROOT / "deploy/debian/answers.toml").read_bytes())
    path.chmod(0o600)
    with pytest.raises(Refused) as refused:
        read_answers(path)
    for name in ("host", "mail_server", "mail_from", "told", "operator"):
        assert f"  - {name} still holds the example." in str(refused.value)


def test_a_name_that_begins_like_an_example_is_a_name(tmp_path):
    assert read_answers(answered(tmp_path, host='"www.example-klinikken.no"')).host == "www.example-klinikken.no"
