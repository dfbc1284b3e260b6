"""A real installation in a folder of its own: started, struck and watched from outside."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

# What production asks for; the demonstration would load its organisations at each first start.
PRODUCTION = {
    "SYMPOSIA_MODE": "production",
    "SYMPOSIA_ORIGIN": "https://cme.example.org",
    "SYMPOSIA_CONTENT_ORIGIN": "https://files.example.net",
    "SYMPOSIA_HOSTS": "cme.example.org,files.example.net,127.0.0.1",
}
CHECKOUT = Path(__file__).resolve().parent.parent.parent


class Installation:
    def __init__(self, data, *, port=None, prefix=(), **environment):
        self.data = data
        self.port = port or free_port()
        self.output = data.parent / f"{data.name}.out"
        self.prefix = prefix
        self.settings = environment
        self._process = None

    @property
    def environment(self):
        kept = {name: value for name, value in os.environ.items() if not _ours(name)}
        return {
            **kept,
            **PRODUCTION,
            "SYMPOSIA_DATA": str(self.data),
            "SYMPOSIA_PORT": str(self.port),
            "SYMPOSIA_WEB_WORKERS": "1",
            **self.settings,
        }

    def start(self):
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [*self.prefix, sys.executable, "-m", "symposia.cli", "run"],
                cwd=CHECKOUT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        return self

    def command(self, *arguments):
        return self._program("symposia.cli", *arguments)

    def asks(self, function, *given):
        """What a function of the tests answers, called as a program beside this installation."""
        names = (function.__module__, function.__name__)
        told = self._program("tests.running.beside", *names, *map(json.dumps, given))
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    def _program(self, module, *arguments):
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def wait_until_ready(self, seconds=180):
        assert wait_for(lambda: self._process.poll() is not None or self.says("Ready"), seconds)
        assert self._process.poll() is None, self.words
        for name in ("content", "worker"):
            assert wait_for(lambda name=name: len(self.named(name)) > 1, 20), name
        return self

    def wait_for_end(self, seconds=60):
        code = self._process.wait(seconds)
        self._process = None
        return code

    def says(self, text):
        return text in self.words

    @property
    def words(self):
        return self.output.read_text(encoding="utf-8") if self.output.exists() else ""

    @property
    def pid(self):
        return self._process.pid

    def answers(self, port=None):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def listens(self):
        return any(connects(port) for port in (self.port, self.port + 1000))

    def processes(self):
        """Everything that runs with this data folder, whoever its parent is now."""
        found = []
        for process in psutil.process_iter():
            try:
                belongs = process.environ().get("SYMPOSIA_DATA") == str(self.data)
                if belongs and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def named(self, name):
        """The wrapper, the program and what it started, by the program's name."""
        marks = {
            "database": "postgres",
            "web": "symposia.running.web app",
            "content": "symposia.running.web content",
            "worker": "symposia.cli worker",
        }
        return [process for process in self.processes() if marks[name] in _command(process)]

    def wrapper(self, name):
        return next(p for p in self.named(name) if "symposia.running.child" in _command(p))

    def program(self, name):
        wrapper = self.wrapper(name)
        return next(p for p in self.named(name) if _parent(p) == wrapper.pid)

    def gone(self, seconds=30):
        return wait_for(lambda: not self.processes() and not self.listens(), seconds)

    def close(self):
        """Whatever a failed test has left."""
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        for process in self.processes():
            process.kill()


def wait_for(happened, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.1)
    return False


def free_port():
    """A free port whose neighbour 1000 above is free as well."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", port + 1000))
            except (OSError, OverflowError):
                continue
            return port


def connects(port):
    with socket.socket() as ours:
        return ours.connect_ex(("127.0.0.1", port)) == 0


def _ours(name):
    return name.startswith(("SYMPOSIA_", "DATABASE_")) or name in {
        "DJANGO_SETTINGS_MODULE",
        "MAKELEVEL",
        "PYTEST_CURRENT_TEST",
    }


def _command(process):
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def _parent(process):
    try:
        return process.ppid()
    except psutil.NoSuchProcess:
        return -1
