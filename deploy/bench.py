"""Benchmarks of a throw-away site on this machine, beside the limit: a bare WSGI app under the same gunicorn.

Prints what it measured, and ends with status 1 when a request failed; times are the reader's to judge. Needs
wrk for the requests per second. Ratios are of medians over interleaved rounds, so that a noisy minute hits both
sides alike.
"""

import gzip
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, SECONDS = 5, 3
BARE = """def application(environ, start):
    start('200 OK', [('Content-Type', 'text/html')])
    return [b'x' * 9000]
"""


def free_port() -> int:
    """Return a port on which no program listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gunicorn(app: str, folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start an app with two sync workers, as behind nginx."""
    options = ["--workers", "2", "--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "error"]
    return subprocess.Popen([sys.executable, "-m", "gunicorn", app, *options], cwd=folder)


def get(url: str) -> tuple[int, bytes]:
    """Return status and body, as sent to a browser that takes gzip."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status, answer.read()


def wait_for(url: str) -> float:
    """Return the seconds until an address answers."""
    started = time.monotonic()
    while time.monotonic() - started < 30:
        try:
            get(url)
        except OSError:
            time.sleep(0.02)
        else:
            return time.monotonic() - started
    sys.exit(f"{url} did not answer")


def first_group(pattern: str, text: str) -> str:
    """Return what a pattern's group finds; stop the benchmark where it is missing."""
    match = re.search(pattern, text)
    return match[1] if match else sys.exit(f"not found: {pattern}")


def rate(url: str, *headers: str) -> float:
    """Return requests per second of one round."""
    command = ["wrk", "-t1", "-c8", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip", url]
    command += [part for header in headers for part in ("-H", header)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed:
        sys.exit(printed)
    return float(first_group(r"Requests/sec:\s+([\d.]+)", printed))


def serving(site: str, bare: str) -> None:
    """Compare pages made anew, from memory and known to the browser with the bare app."""
    if shutil.which("wrk") is None:
        print("wrk is not installed: requests per second were not measured")
        return
    for path in ("/", "/avrusning/"):
        etag = f"If-None-Match: {etag_of(site + path)}"
        # Any cookie goes past the page cache; staff have one, visitors never.
        ways = {"uncached": ["Cookie: bench=1"], "cached": [], "304": [etag]}
        ours: dict[str, list[float]] = {way: [] for way in ways}
        limit = []
        for _round in range(ROUNDS):
            for way, headers in ways.items():
                ours[way].append(rate(site + path, *headers))
            limit.append(rate(bare))
        b = statistics.median(limit)
        for way, rates in ours.items():
            a = statistics.median(rates)
            print(f"{way:9} {path:14} {a:8.0f} req/s   bare WSGI {b:8.0f} req/s   ratio {a / b:.3f}")


def etag_of(url: str) -> str:
    """Return the name of the bytes that a browser which takes gzip has already."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(answer.headers["ETag"])


def first_view(site: str) -> None:
    """Weigh HTML and CSS, compressed, of each kind of page."""
    for path in ("/", "/avrusning/", "/kontakt/parorende/"):
        _status, html = get(site + path)
        text = gzip.decompress(html).decode()
        _status, css = get(site + first_group(r'href="(/static/css/site[^"]+)"', text))
        print(f"first view {path:20} HTML {len(html) / 1024:5.1f} + CSS {len(css) / 1024:5.1f} KB")


def sending(site: str, clients: int = 16, each: int = 10) -> None:
    """Send inquiries from many clients at once; print how long they took, and stop the benchmark if one failed."""
    took: list[float] = []
    failed: list[str] = []

    def client() -> None:
        for number in range(each):
            with urllib.request.urlopen(f"{site}/kontakt/parorende/", timeout=30) as page:
                address = page.geturl()  # the form's token stands in its address
            body = urllib.parse.urlencode({"message": f"bench {number}", "step": "send"}).encode()
            started = time.monotonic()
            try:
                urllib.request.urlopen(address, data=body, timeout=60).read()
            except OSError as error:
                failed.append(str(error))
            took.append(time.monotonic() - started)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    print(
        f"inquiries, {clients} at once: {len(took)} sent, {len(failed)} failed, "
        f"median {statistics.median(took):.2f} s, p99 {took[int(len(took) * 0.99) - 1]:.2f} s"
    )
    if failed:
        sys.exit(f"inquiries failed: {Counter(failed)}")


def main() -> None:
    """Build a throw-away site, measure, stop everything."""
    with tempfile.TemporaryDirectory() as folder:
        # All clients come from one network, which would be refused after its hourly share.
        os.environ |= {"INQUIRIES_PER_HOUR": "1000000"}
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "mestring.settings"}
        for command in (
            ["migrate", "-v0"],
            ["load_starter"],
            ["setup_site"],
            ["collectstatic", "--noinput", "-v0"],
        ):
            subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
        (Path(folder) / "bare.py").write_text(BARE, encoding="ascii")
        ports = free_port(), free_port()
        running = [gunicorn("mestring.wsgi", ROOT, ports[0]), gunicorn("bare:application", Path(folder), ports[1])]
        site, bare = (f"http://127.0.0.1:{port}" for port in ports)
        try:
            print(f"cold start to first 200: {wait_for(site + '/healthz'):.2f} s")
            wait_for(bare + "/")
            first_view(site)
            serving(site, bare + "/")
            sending(site)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)


if __name__ == "__main__":
    main()
