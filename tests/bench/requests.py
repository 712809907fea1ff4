"""The real server: CPU of kept and uncached pages against a bare “hello”, memory of a worker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.serving import Kind, measure
from tests.bench.table import Cell, cell

PAGE = "/hankkeet/hanke-7/"
UNKNOWN = "?tuntematon=1"  # a parameter that no view declares: the page is made each time
MOST_MEGABYTES = 150
KINDS = (
    (Kind("bare hello", "hello", "/", 4000), None),
    (Kind("a project, kept", "portal", PAGE, 4000), 1),
    (Kind("a project, uncached", "portal", f"{PAGE}{UNKNOWN}", 80), 7),
    (Kind("project list, uncached", "portal", f"/hankkeet/{UNKNOWN}", 40), None),
    (Kind("a county, uncached", "portal", f"/alueet/county-3/{UNKNOWN}", 24), None),
)


def served_rows(address: str, folder: Path) -> Iterator[tuple[str, list[Cell]]]:
    """A row for each kind of request, and one for the memory of a worker after them all."""
    os.environ |= {
        "ENV_FILE": "", "SECRET_KEY": "only-for-the-benchmark", "DEBUG": "off", "HTTPS": "off",
        "ALLOWED_HOSTS": "127.0.0.1", "DATA_DIR": str(folder), "DATABASE_URL": address,
        "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    static = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "climateportal.settings"}
    subprocess.run(static, check=True, env=environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "climateportal.settings"
    found, megabytes = measure([kind for kind, _budget in KINDS])
    hello = found["bare hello"].middle
    for kind, budget in KINDS:
        result = found[kind.name]
        times = cell(result.middle / hello, budget)
        limit = Cell(f"{budget} ×" if budget else "")
        yield kind.name, [cell(result.middle, digits=0), times, limit]
    yield (
        "memory of the largest worker, MB",
        [cell(megabytes, MOST_MEGABYTES, 0), Cell(""), Cell(f"{MOST_MEGABYTES}")],
    )
