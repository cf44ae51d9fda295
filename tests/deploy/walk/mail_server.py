"""A mail server of the machine's own: it takes every mail, and keeps it as a file."""

import socketserver
import threading
import time
from pathlib import Path

FOLDER = Path("/walk/mail")


class Conversation(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 here")
        people = []
        for line in self.rfile:
            verb = line.decode().strip()
            if verb.upper().startswith("RCPT"):
                people.append(verb)
            if verb.upper() == "DATA":
                self.say("354 go on")
                self.keep(people)
                people = []
            if verb.upper() == "QUIT":
                self.say("221 bye")
                return
            self.say("250 here")

    def keep(self, people):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        (FOLDER / str(time.time_ns())).write_bytes("\n".join(people).encode() + b"\n" + b"".join(lines))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def start():
    FOLDER.mkdir(exist_ok=True)
    threading.Thread(target=Server(("127.0.0.1", 25), Conversation).serve_forever, daemon=True).start()


def mails():
    return [path.read_text() for path in sorted(FOLDER.iterdir())]
