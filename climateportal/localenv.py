"""The .env file of a trial on this machine: written once, with secrets of its own."""

import secrets
from pathlib import Path

ENV_FILE = Path(__file__).resolve().parent.parent / ".env"

TEXT = """\
# Written by `manage.py setup` for a trial on this machine. .env.example explains every setting.
SECRET_KEY={key}
ALLOWED_HOSTS=127.0.0.1,localhost
# Plain http on this machine. Turn on (or delete the line) when the site gets its https address.
HTTPS=off
# Lets the administrator in with a password alone. Turn on (or delete the line) with real data.
REQUIRE_MFA=off
"""


def ensure_env_file() -> bool:
    """Write .env unless it exists. Returns whether it was written. Nothing is ever overwritten."""
    if ENV_FILE.exists():
        return False
    ENV_FILE.touch(mode=0o600)
    # token_urlsafe has no characters that .env syntax would interpret
    ENV_FILE.write_text(TEXT.format(key=secrets.token_urlsafe(50)), encoding="utf-8")
    return True
