"""A machine in a loop is held off, and a hospital behind one address is not."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import nginx
from tests.mestring.nginx_alone.conftest import answer_of, get, read
from tests.mestring.nginx_alone.test_own_pages import says_whom_to_ring

pytestmark = [pytest.mark.xdist_group("nginx"), pytest.mark.proof("nginx")]

REQUESTS_OF_A_FIRST_VISIT = 7  # of the contact form; the front page is six
KEPT_OPEN = b"GET /kept/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


def ask_often(front, source, number):
    """Ask so many times on one line; return all that was answered."""
    with front.line(source=source) as line:
        line.sendall(KEPT_OPEN * (number - 1) + get("/kept/"))
        parts = []
        while part := line.recv(1 << 20):
            parts.append(part)
    return b"".join(parts)


def test_a_hundred_and_forty_people_of_one_address_may_open_the_site_at_once(front):
    with ThreadPoolExecutor(60) as people:
        visits = list(
            people.map(lambda _one: ask_often(front, "127.0.2.1", REQUESTS_OF_A_FIRST_VISIT), range(140))
        )
    assert [said.count(b"HTTP/1.1 200") for said in visits] == [REQUESTS_OF_A_FIRST_VISIT] * 140


def test_a_machine_in_a_loop_is_told_to_wait_and_others_are_not(front):
    with ThreadPoolExecutor(4) as loops:
        said = b"".join(loops.map(lambda _one: ask_often(front, "127.0.2.2", 900), range(4)))
    assert front.ask(get("/kept/"), source="127.0.2.3").status == 200
    assert b"HTTP/1.1 429" in said
    answer = answer_of(b"HTTP/1.1 429" + said.split(b"HTTP/1.1 429", 1)[1].split(b"HTTP/1.1 ", 1)[0])
    assert answer.headers["Retry-After"] == "10"
    says_whom_to_ring(answer)


def test_one_address_sends_a_hundred_things_at_once_at_most_and_reads_meanwhile(front):
    opened = []
    for _request in range(101):
        line = front.line(source="127.0.2.4")
        line.sendall(
            b"POST /form/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 9\r\n\r\nhalf"
        )
        opened.append(line)
    assert nginx.first_answer(opened).startswith(b"HTTP/1.1 429")
    answer = front.ask(get("/form/", "Content-Length: 0", method="POST"), source="127.0.2.4")
    reading = front.ask(get("/"), source="127.0.2.4")
    for line in opened:
        line.close()
    assert (answer.status, reading.status) == (429, 200)
    says_whom_to_ring(answer)


def test_one_address_that_asks_for_many_logins_leaves_room_for_those_of_others(front):
    opened = [front.line(source="127.0.2.5") for _login in range(150)]
    for line in opened:
        line.sendall(get("/admin/login/"))
    nginx.first_answer(opened[-1:])
    assert front.ask(get("/admin/login/"), source="127.0.2.6").status == 200
    statuses = [read(line).status for line in opened[:-1]]
    for line in opened:
        line.close()
    assert set(statuses) == {200, 429}
    assert statuses.count(200) >= 20  # a ward behind one address logs in at once
