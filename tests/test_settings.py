"""Settings as an operator meets them: secrets are demanded, deployment checks are silent."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECRET = "x7" * 30


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "ENV_FILE": "", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_there_is_no_default_secret_in_production() -> None:
    result = manage("check")
    assert result.returncode != 0
    assert "SECRET_KEY is not set" in result.stderr


@pytest.mark.parametrize("database", ["", "postgres://a:b@localhost/c"])
def test_deployment_checks_are_silent(database: str) -> None:
    extra = {"DATABASE_URL": database} if database else {}
    result = manage(
        "check", "--deploy", "--fail-level", "WARNING",
        SECRET_KEY=SECRET[:50] + "-Ab3_", ALLOWED_HOSTS="ilmasto.example.fi", **extra,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_no_migration_is_missing() -> None:
    result = manage("makemigrations", "--check", "--dry-run", SECRET_KEY=SECRET, DEBUG="on")
    assert result.returncode == 0, result.stdout


def test_a_trial_gets_its_own_secret_once(tmp_path: Path, monkeypatch) -> None:
    from climateportal import localenv

    monkeypatch.setattr(localenv, "ENV_FILE", tmp_path / ".env")
    assert localenv.ensure_env_file() is True
    first = (tmp_path / ".env").read_text()
    assert localenv.ensure_env_file() is False
    assert (tmp_path / ".env").read_text() == first
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    secret = first.split("SECRET_KEY=")[1].split("\n")[0]
    assert len(secret) >= 50
    assert "\nREQUIRE_MFA=off\n" in first, "two commands lead to an administrator who can edit"


def test_trial_without_a_second_step_is_no_deployment(settings) -> None:
    from climateportal.checks import second_step_is_required

    settings.REQUIRE_MFA = True
    assert second_step_is_required(None) == []
    settings.REQUIRE_MFA = False
    assert "REQUIRE_MFA" in second_step_is_required(None)[0].msg


@pytest.mark.parametrize(("debug", "required"), [("off", "True"), ("on", "False")])
def test_second_step_is_required_unless_an_operator_says_otherwise(
    debug: str, required: str
) -> None:
    code = "from django.conf import settings; print(settings.REQUIRE_MFA)"
    result = manage("shell", "--no-imports", "-c", code, SECRET_KEY=SECRET, DEBUG=debug)
    assert result.stdout.strip() == required, result.stderr


def test_sqlite_waits_for_writers_and_keeps_its_foreign_keys(tmp_path: Path) -> None:
    code = (
        "from django.db import connection as c; k = c.cursor();"
        "print(k.execute('PRAGMA journal_mode').fetchone()[0],"
        "k.execute('PRAGMA foreign_keys').fetchone()[0],"
        "c.settings_dict['OPTIONS']['transaction_mode'])"
    )
    result = manage(
        "shell", "--no-imports", "-c", code, SECRET_KEY=SECRET,
        DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3",
    )  # fmt: skip
    assert result.stdout.split() == ["wal", "1", "IMMEDIATE"], result.stderr
