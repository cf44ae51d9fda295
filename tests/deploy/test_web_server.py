"""nginx is told the operator's answers, and listens for no other site than ours."""

from dataclasses import replace
from pathlib import Path

import pytest

from deploy.debian.answers import Answers
from deploy.debian.settings_file import write_settings
from deploy.debian.web_server import as_read, close_debian_site, configuration

ANSWERS = Answers(
    host="www.klinikken.no", phone="+4735019501", mail_server="", mail_from="", told=[], operator="",
    certificate=Path("/x"), certificate_key=Path("/y"),
)  # fmt: skip


def test_the_nginx_file_has_the_site_s_own_name_certificate_and_number():
    text = configuration(ANSWERS)
    assert "example.no" not in text
    assert "35019500" not in text
    assert "35 01 95 00" not in text
    assert text.count("server_name www.klinikken.no;") == 2
    assert "ssl_certificate /etc/mestringshusene/certificate/site.pem;" in text
    assert 'href="tel:+4735019501">35 01 95 01</a>' in text


@pytest.mark.parametrize("subdomains", [True, False])
def test_nginx_and_the_site_say_the_same_of_names_below_their_own(tmp_path, monkeypatch, subdomains):
    monkeypatch.setattr("deploy.debian.layout.CONFIGURATION", tmp_path)
    monkeypatch.setattr("deploy.debian.layout.SETTINGS", tmp_path / "site.env")
    answers = replace(ANSWERS, hsts_subdomains=subdomains)
    assert ('"max-age=63072000; includeSubDomains"' in configuration(answers)) is subdomains
    assert ('"max-age=63072000"' in configuration(answers)) is not subdomains
    assert write_settings(answers, "", "")["HSTS_SUBDOMAINS"] == ("true" if subdomains else "false")


def test_on_a_machine_without_ipv6_nginx_is_not_told_to_listen_there(tmp_path, monkeypatch):
    assert "listen [::]:443 ssl http2;" in configuration(ANSWERS)
    monkeypatch.setattr("deploy.debian.web_server.IPV6", tmp_path / "missing")
    assert "[::]" not in configuration(ANSWERS)
    assert "listen 443 ssl http2;" in configuration(ANSWERS)


@pytest.mark.parametrize(("names", "stays"), [("_", False), ("other.klinikken.no", True)])
def test_debian_s_own_site_goes_and_one_of_the_operator_s_stays(tmp_path, monkeypatch, names, stays):
    site = tmp_path / "enabled"
    (tmp_path / "default").write_text(f"server {{ listen 80 default_server; server_name {names}; }}")
    site.symlink_to(tmp_path / "default")
    monkeypatch.setattr("deploy.debian.web_server.DEBIAN_SITE", site)
    for _time in range(2):
        close_debian_site()
    assert site.is_symlink() is stays
    assert (tmp_path / "default").exists()


@pytest.mark.parametrize(("phone", "read"), [("+4735019501", "35 01 95 01"), ("+4612345678", "+4612345678")])
def test_a_number_is_written_as_people_read_it(phone, read):
    assert as_read(phone) == read
