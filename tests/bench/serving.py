"""CPU per request of the real server, against a bare Django hello on the same server.

Requests per second depend on what else the machine does; the CPU time of the server's processes
much less. The kinds take turns in rounds, and the middle of the rounds counts.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Thread

CONNECTIONS = 8
ROUNDS = 5
# as in the Makefile, but with a port of its own
SERVER = (
    "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "1",
    "--respawn-failed-workers", "--no-ws", "--log-level", "warning",
)  # fmt: skip
TICKS = os.sysconf("SC_CLK_TCK")
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A kind of request: what is asked of which application, how often in a round."""

    name: str
    application: str
    path: str
    requests: int
    headers: tuple[str, ...] = ()
    status: int = 200


@dataclass(frozen=True)
class Result:
    """CPU microseconds per request, in the middle round and in the extremes, and bytes sent."""

    middle: float
    least: float
    most: float
    size: int


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(server: subprocess.Popen, port: int) -> None:
    """Until a server answers. Raises when it does not within two minutes, or has ended."""
    for _attempt in range(1200):
        time.sleep(0.1)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
    raise RuntimeError(f"{server.args[-1]} does not answer on port {port}")


@contextmanager
def served(application: str) -> Iterator[tuple[int, int]]:
    """Serve an application; its port and the main process."""
    port = _free_port()
    command = [Path(sys.executable).with_name("granian"), *SERVER, "--port", str(port), application]
    server = subprocess.Popen(command)
    try:
        _wait_for(server, port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    found = [pid]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and its descendants until now."""
    total = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def largest_worker(pid: int) -> float:
    """Megabytes of memory of the largest of a server's processes."""
    sizes = []
    for member in family(pid):
        status = Path(f"/proc/{member}/status").read_text()
        if found := re.search(r"VmRSS:\s+(\d+)", status):
            sizes.append(int(found[1]) / 1024)
    return max(sizes)


class _Caller(Thread):
    """One connection, one request after another."""

    def __init__(self, port: int, kind: Kind, number: int) -> None:
        super().__init__()
        self.port, self.kind, self.number = port, kind, number
        self.size, self.failed = 0, ""

    def run(self) -> None:
        lines = (
            f"GET {self.kind.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *self.kind.headers,
        )  # fmt: skip
        request = "\r\n".join((*lines, "", "")).encode()
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            for _ in range(self.number):
                connection.sendall(request)
                self._read(connection)

    def _read(self, connection: socket.socket) -> None:
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65536)
        head, _, body = answer.partition(b"\r\n\r\n")
        if int(head.split()[1]) != self.kind.status:
            self.failed = head.decode()
        length = _LENGTH.search(head)
        expected = int(length[1]) if length else 0
        missing = expected - len(body)
        while missing > 0:
            missing -= len(connection.recv(65536))
        self.size = len(head) + 4 + expected


def load(port: int, kind: Kind, requests: int) -> int:
    """Send requests over some connections at once; the bytes of one answer."""
    callers = [_Caller(port, kind, requests // CONNECTIONS) for _ in range(CONNECTIONS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    if failed := next((caller.failed for caller in callers if caller.failed), ""):
        raise RuntimeError(f"{kind.name}: {failed}")
    return callers[0].size


def measure(kinds: Sequence[Kind]) -> tuple[dict[str, Result], float]:
    """CPU per request of each kind by name; and megabytes of the largest worker afterwards."""
    rounds: dict[str, list[float]] = {kind.name: [] for kind in kinds}
    sizes: dict[str, int] = {}
    with (
        served("tests.bench.hello:application") as bare,
        served("climateportal.wsgi:application") as portal,
    ):
        servers = {"hello": bare, "portal": portal}
        for kind in kinds:
            sizes[kind.name] = load(servers[kind.application][0], kind, 64)
        for _round in range(ROUNDS):
            for kind in kinds:
                port, pid = servers[kind.application]
                before = cpu_seconds(pid)
                load(port, kind, kind.requests)
                used = cpu_seconds(pid) - before
                rounds[kind.name].append(used / kind.requests * 1e6)
        memory = largest_worker(portal[1])
    return {
        name: Result(median(times), min(times), max(times), sizes[name])
        for name, times in rounds.items()
    }, memory
