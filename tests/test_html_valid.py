"""The Nu HTML checker finds nothing on the demo's pages. Never in CI: it needs Java and a jar.

Get the jar with `npm pack vnu-jar`, unpack it, and set VNU_JAR to its path.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.public_pages import addresses

JAR = os.environ.get("VNU_JAR", "")
pytestmark = [
    pytest.mark.usefixtures("demo", "db"),
    pytest.mark.any_database,
    pytest.mark.skipif(not JAR, reason="VNU_JAR names no vnu.jar (npm pack vnu-jar)"),
    pytest.mark.skipif(not shutil.which("java"), reason="Java is not installed"),
]


def test_the_nu_checker_finds_nothing(tmp_path: Path) -> None:
    client = Client()
    names = {}
    for number, address in enumerate([*addresses(), "/ei-ole/"]):
        path = tmp_path / f"{number}.html"
        path.write_bytes(client.get(address).content)
        names[path.name] = address
    result = subprocess.run(
        ["java", "-jar", JAR, "--format", "json", "--exit-zero-always",
         *map(str, sorted(tmp_path.glob("*.html")))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    messages = json.loads(result.stderr)["messages"]
    found = [
        f"{names[Path(message['url']).name]} line {message.get('lastLine')}: {message['message']}"
        for message in messages
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
    assert not found, "\n".join(found[:20])
