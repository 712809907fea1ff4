"""Portals of two sizes: databases that are made for the benchmark and thrown away."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

# projects, with ten tasks each, in 308 municipalities; BENCH_SIZES=20,200 tries the bench itself
SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "100,10000").split(",")))


@contextmanager
def filled(size: int, folder: Path) -> Iterator[str]:
    """Make a database of a size, beside the one that DATABASE_URL names, and use it; its address.

    On PostgreSQL it is dropped at the end.
    """
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import connection, transaction

    from climateportal import memory
    from tests.bench.filled import fill

    empty = folder / "empty.sqlite3"  # migrated once
    given = urlsplit(os.environ["DATABASE_URL"])
    if connection.vendor == "postgresql":
        name = f"{given.path.strip('/')}_bench_{size}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        address = given._replace(path=f"/{name}").geturl()
    else:
        name = str(folder / f"{size}.sqlite3")
        address = f"sqlite:///{name}"
        if empty.exists():
            shutil.copy(empty, name)
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    memory._latest = None
    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("createcachetable", verbosity=0)
    if connection.vendor == "sqlite" and not empty.exists():
        connection.close()  # with what the journal holds
        shutil.copy(name, empty)
    with transaction.atomic():
        fill(projects=size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    try:
        yield address
    finally:
        connection.close()
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')
