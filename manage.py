#!/usr/bin/env python3
"""Django's command line. `setup` first writes .env when there is none, so that it needs no help."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "climateportal.settings")
    if sys.argv[1:2] == ["setup"]:
        from climateportal.localenv import ensure_env_file

        ensure_env_file()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
