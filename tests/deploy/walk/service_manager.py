#!/usr/bin/python3
"""What systemd does with our unit files, in a Debian root where systemd cannot run: `service_manager.py`.

Reads /etc/systemd/system as systemd would, as far as our units go: sockets that stay open, services as their users
with their settings, Type=notify and oneshot, Restart=, OnFailure=. `systemctl` beside it in PATH is this program
under another name, and asks the one that runs. The limits that the units set on the machine (ProtectSystem= and
the like) are judged by `systemd-analyze security` instead. `journalctl` is this program, too.
"""

import contextlib
import grp
import os
import pwd
import re
import resource
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
EAR = "/run/service-manager"


def parse(name):
    """Return the lines of a unit file by section and name; a template's instance stands for %i."""
    template = re.sub(r"@.+(?=\.\w+$)", "@", name)
    instance = re.search(r"@(.+)\.\w+$", name)
    found, section = {}, None
    for line in (UNITS / template).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            value = value.replace("%%", "\0").replace("%n", name).replace("%i", instance[1] if instance else "")
            found.setdefault(section, {}).setdefault(key, []).append(value.replace("\0", "%"))
    return found


class Manager:
    def __init__(self):
        self.sockets, self.processes, self.wanted, self.lock = {}, {}, set(), threading.RLock()

    def start(self, name):
        with self.lock:
            if name.endswith(".timer"):
                return ""
            if name.endswith(".socket"):
                return self.listen(name)
            if name == "postgresql":
                subprocess.run(
                    "pg_lsclusters -h | while read v c port state rest; do"
                    ' [ "$state" = online ] || pg_ctlcluster $v $c start; done',
                    shell=True,
                )
                time.sleep(2)
                return ""
            if name == "nginx":
                subprocess.run(["nginx"], check=False)
                return ""
            unit = parse(name)
            for socket_name in unit["Unit"].get("Requires", ()):
                self.listen(socket_name)
            if self.runs(name):
                return ""
            return self.run(name, unit["Service"], unit["Unit"])

    def listen(self, name):
        if name not in self.sockets:
            host, port = parse(name)["Socket"]["ListenStream"][0].rsplit(":", 1)
            self.sockets[name] = socket.create_server((host, int(port)), backlog=512)
        return ""

    def run(self, name, service, unit):
        self.wanted.add(name)
        kind = service["Type"][0]
        with contextlib.suppress(FileNotFoundError):
            Path(f"/run/notify-{name}").unlink()
        told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        told.bind(f"/run/notify-{name}")
        Path(f"/run/notify-{name}").chmod(0o666)
        status = 0
        for command in service["ExecStart"] + service.get("ExecStartPost", []):
            process = self.spawn(name, command.removeprefix("-"), service)
            if kind == "oneshot":
                status = process.wait()
                if status and not command.startswith("-"):
                    break
                status = 0
        if kind == "oneshot":
            told.close()
            if status:
                self.failed(unit)
            return f"{name} ended with {status}" if status else ""
        self.processes[name] = process
        threading.Thread(target=self.watch, args=(name, service, unit, process), daemon=True).start()
        if said := self.wait_until_ready(name, process, told):
            return said
        threading.Thread(target=self.hear, args=(told,), daemon=True).start()
        return ""

    def wait_until_ready(self, name, process, told):
        told.settimeout(0.2)
        for _turn in range(300):
            try:
                if b"READY=1" in told.recv(4096):
                    return ""
            except TimeoutError:
                if process.status is not None:
                    return f"{name} ended with {process.status} before it was ready"
        return f"{name} was not ready in time"

    def hear(self, told):
        told.settimeout(None)
        while told.recv(4096):
            pass

    def spawn(self, name, command, service):
        user = pwd.getpwnam(service["User"][0])
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": user.pw_dir}
        for path in service.get("EnvironmentFile", ()):
            lines = Path(path).read_text(encoding="utf-8").splitlines()
            environment |= dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        for line in service.get("LoadCredential", ()):
            environment["CREDENTIALS_DIRECTORY"] = self.hand_over(name, user, *line.split(":"))
        environment["NOTIFY_SOCKET"] = f"/run/notify-{name}"
        ears = [
            ear for socket_name, ear in self.sockets.items() if socket_name.split(".")[0] == name.split(".")[0]
        ]
        log = Path(f"/var/log/{name}.log").open("ab")  # noqa: SIM115 (the child's)
        pid = os.fork()
        if pid:
            return Child(pid)
        try:
            os.setsid()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
            if ears:
                os.dup2(ears[0].fileno(), 3, inheritable=True)
                environment |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
            os.closerange(4 if ears else 3, 1024)
            os.chdir(service["WorkingDirectory"][0])
            os.setgroups([])
            os.setgid(grp.getgrnam(service["Group"][0]).gr_gid)
            os.setuid(user.pw_uid)
            os.umask(int(service["UMask"][0], 8))
            words = [
                re.sub(r"\$\{(\w+)\}", lambda one: environment[one[1]], word) for word in shlex.split(command)
            ]
            os.execve(words[0], words, environment)
        finally:
            os._exit(203)

    def hand_over(self, unit, user, name, path):
        """Copy a credential of root's to where this unit's user alone reads it; return the folder."""
        place = Path("/run/credentials") / unit
        place.mkdir(parents=True, exist_ok=True)
        (place / name).unlink(missing_ok=True)
        (place / name).write_bytes(Path(path).read_bytes())
        for one, mode in ((place / name, 0o400), (place, 0o500)):
            os.chown(one, user.pw_uid, user.pw_gid)
            one.chmod(mode)
        return str(place)

    def watch(self, name, service, unit, process):
        process.wait()
        with self.lock:
            if self.processes.get(name) is process:
                del self.processes[name]
            again = name in self.wanted and "Restart" in service
        if again:
            time.sleep(float(service["RestartSec"][0]))
            self.start(name)

    def failed(self, unit):
        for other in unit.get("OnFailure", ()):
            self.start(other)

    def runs(self, name):
        return name in self.processes

    def stop(self, name):
        if name.endswith((".timer", ".socket")):
            return ""
        if name == "nginx":
            subprocess.run(["nginx", "-s", "stop"], check=False, capture_output=True)
            time.sleep(1)
            return ""
        with self.lock:
            self.wanted.discard(name)
            process = self.processes.get(name)
        if process:
            os.kill(process.pid, signal.SIGTERM)
            if process.wait(60) is None:
                os.killpg(process.pid, signal.SIGKILL)
                return f"{name} had to be killed"
            with self.lock:
                self.processes.pop(name, None)
        return ""

    def do(self, verb, names):
        if verb == "daemon-reload":
            return ""
        said = []
        for name in map(full_name, names):
            if verb in ("restart", "stop", "disable"):
                said.append(self.stop(name))
            if verb == "disable" and name in self.sockets:
                self.sockets.pop(name).close()
            if verb in ("restart", "start", "enable"):
                said.append(self.start(name))
            if verb == "reload-or-restart":
                done = subprocess.run(["nginx", "-s", "reload"], check=False, capture_output=True)
                said.append(self.start(name) if done.returncode else "")
            if verb == "is-active":
                said.append("" if self.runs(name) else f"{name} does not run")
        return "\n".join(filter(None, said))


class Child:
    def __init__(self, pid):
        self.pid, self.status, self.lock = pid, None, threading.Lock()

    def wait(self, patience=None):
        end = time.monotonic() + patience if patience else None
        while True:
            with self.lock:
                if self.status is None:
                    done, status = os.waitpid(self.pid, os.WNOHANG)
                    if done:
                        self.status = os.waitstatus_to_exitcode(status)
                if self.status is not None:
                    return self.status
            if end and time.monotonic() > end:
                return None
            time.sleep(0.05)


def serve():
    manager = Manager()
    with contextlib.suppress(FileNotFoundError):
        Path(EAR).unlink()
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(EAR)
        ear.listen()
        while True:
            asker, _address = ear.accept()
            with asker:
                verb, *names = asker.makefile().readline().split()
                try:
                    said = manager.do(verb, names)
                except Exception as error:  # the one who asks reads it
                    said = f"{type(error).__name__}: {error}"
                asker.sendall(said.encode() or b"ok")


def full_name(name):
    """What systemd understands by a name: a service, where it does not say another kind."""
    return name if "." in name or name in ("nginx", "postgresql") else f"{name}.service"


def show_log(words):
    """What the unit has written, with `-u`; how much that is, without."""
    if "-u" not in words:
        return sum(log.stat().st_size for log in Path("/var/log").glob("*.log"))
    return Path(f"/var/log/{full_name(words[words.index('-u') + 1])}.log").read_text()


def ask(words):
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(EAR)
        line.sendall((" ".join(word for word in words if not word.startswith("-")) + "\n").encode())
        said = line.makefile().read()
    if said != "ok":
        print(said, file=sys.stderr)
    return said != "ok"


if __name__ == "__main__":
    match Path(sys.argv[0]).name:
        case "systemctl":
            sys.exit(ask(sys.argv[1:]))
        case "journalctl":
            print(show_log(sys.argv[1:]))
        case _:
            serve()
