"""CPU seconds of bringing a sheet of five thousand new rows: checked, then written."""

from collections.abc import Callable, Iterator

from tests.bench.table import Cell, cell

ROWS = 5000
MOST = 60  # seconds; "well under a minute"


def import_rows(clock: Callable[[], float]) -> Iterator[tuple[str, list[Cell]]]:
    """A row for each kind of sheet. Leaves its rows in the database."""
    from municipalities.models import Municipality
    from projects.models import Project

    places = list(Municipality.objects.values_list("name_fi", flat=True))
    slugs = list(Project.objects.values_list("slug", flat=True)[:ROWS])
    projects = (
        f"Uusi {n};Mitä {n}. hanke tekee;{places[n % len(places)]};1.1.2026;31.12.2027;Suunnittelu"
        for n in range(ROWS)
    )
    tasks = (f"{slugs[n % len(slugs)]};Uusi {n};Käynnissä;1.2.2027" for n in range(ROWS))
    for kind, head, rows in (
        ("project", "Hanke;Tiivistelmä;Kunnat;Alkaa;Päättyy;Vaihe", projects),
        ("task", "Hanke;Tehtävä;Tila;Eräpäivä", tasks),
    ):
        spent = _imported(kind, "\r\n".join((head, *rows)).encode(), clock)
        yield f"{ROWS} new {kind}s", [*(cell(seconds, MOST) for seconds in spent), Cell(str(MOST))]


def _imported(kind: str, data: bytes, clock: Callable[[], float]) -> tuple[float, float]:
    from climateportal.models import User
    from projects.sheets import imports

    boss = User.objects.get(email="a@example.fi")
    start = clock()
    pending = imports.receive(user=boss, kind=kind, filename="a.csv", data=data)
    while not imports.check(pending, boss):
        pass
    checked = clock()
    written = imports.confirm(pending, boss)
    if written is None or written.created != ROWS:
        raise RuntimeError(f"Of {ROWS} {kind}s {written} were imported")
    return checked - start, clock() - checked
