"""Find a dead link and change a number everywhere, as an editor does it, in a real browser."""

import pytest

from tests.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors"), pytest.mark.xdist_group("browser-links")]
SAYS = """
from django.utils import timezone
from pages.models import LinkCheck, Page, TextBlock
from pages.editions.publishing import publish, save_draft
for page in Page.objects.filter(kind="article").order_by("pk")[:2]:
    TextBlock.objects.create(parent=page, region="main", ordering=900,
        body_nb='<p>Vil du lese mer? <a href="https://borte.example/a">Om avrusning</a></p>')
    publish(save_draft(page, by=None), by=None)
LinkCheck.objects.create(address="https://borte.example/a", checked_at=timezone.now(), status=404, ok=False)
print(page.title_nb)
"""


def test_an_editor_finds_the_broken_link_and_replaces_it_everywhere(staff_window, site_server, judged):
    title = site_server.manage("shell", "--no-imports", "-c", SAYS).strip()
    window = staff_window("astrid", width=360, scheme="dark")
    window.goto(f"{site_server.url}/admin/pages/page/")
    follow(window.get_by_role("link", name="Lenker ut fra nettstedet"))
    follow(window.get_by_role("link", name="Virker ikke"))
    line = window.locator(".links__line")
    assert line.count() == 1
    assert "Siden finnes ikke lenger" in line.inner_text()
    assert line.locator(".links__pages a").count() == 2
    found = {"report": judged(window)}
    follow(window.get_by_role("link", name="Bytt ut en adresse eller et nummer overalt"))
    window.get_by_label("Let etter").fill("https://borte.example/a")
    window.get_by_label("Bytt ut med").fill("https://her.example/b")
    follow(window.get_by_label("Bytt ut med"), "Enter")
    window.get_by_role("heading", name="Funnet på 2 sider").wait_for()
    found["found"] = judged(window)
    assert window.locator("del").first.inner_text() == "https://borte.example/a"
    window.get_by_label(title).uncheck()
    window.get_by_label("Publiser med en gang").check()
    follow(window.get_by_role("button", name="Bytt ut på sidene som er krysset av"))
    window.get_by_role("heading", name="Dette ble gjort").wait_for()
    found["done"] = judged(window)
    assert window.locator(".links__line").count() == 1
    assert "Byttet ut og publisert." in window.locator(".links__line").inner_text()
    assert {name: faults for name, faults in found.items() if faults} == {}
    window.goto(f"{site_server.url}/admin/pages/page/links/?show=broken")
    assert window.locator(".links__line .links__pages a").all_inner_texts() == [title]
