"""A document with every kind of block, for the gallery of components."""

from projects.documents.blocks import (
    Bullets,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
    line,
)

DRAWING = (
    '<svg viewBox="0 0 360 160"><path d="M30 8v120h320" fill="none" stroke="#77857d"/>'
    '<polyline points="30,30 120,52 220,76 340,118" fill="none" stroke="#1c6347" '
    'stroke-width="3"/><circle cx="340" cy="118" r="6" fill="#b96a00"/>'
    '<text x="30" y="150" font-size="15" fill="#4a5852">2019</text>'
    '<text x="350" y="150" font-size="15" fill="#4a5852" text-anchor="end">2030</text></svg>'
)
STAGES = ("Idea", "Päätetty", "Suunnittelu", "Toteutus", "Valmis")
ROWS = (
    ("Akaa", "Voimassa", "2030", "0", "1", "2", "5", "3", "21/30", "2"),
    ("Pälkäne", "Laadinnassa", "ei ilmoitettu", "1", "0", "1", "2", "0", "4/9", "0"),
    ("Urjala", "Päivitettävänä", "2035", "0", "0", "3", "7", "4", "38/51", "5"),
    ("Valkeakoski", "Ei vielä", "ei ilmoitettu", "2", "1", "0", "3", "1", "7/16", "1"),
)


def _grid() -> Table:
    columns = (
        Column("Kunta"),
        Column("Ilmastosuunnitelma"),
        Column("Tavoitevuosi", numeric=True),
        *(Column(stage, "Hankkeet vaiheittain", numeric=True) for stage in STAGES),
        Column("Tehty", "Tehtävät", numeric=True),
        Column("Myöhässä", "Tehtävät", numeric=True),
    )
    rows = [Row((line(Span(name, "/kunnat/")), *map(line, cells))) for name, *cells in ROWS]
    total = ("Yhteensä", "", "", "3", "2", "6", "17", "8", "70/106", "8")
    parts = [Row((line(name),), "part") for name in ("Etelä-Pirkanmaa", "Tampereen seutukunta")]
    return Table(
        "Kunnat 14.3.2024",
        columns,
        (parts[0], *rows[:2], parts[1], *rows[2:], Row(tuple(map(line, total)), "total")),
        "Kunnat",
    )


def _late() -> Table:
    tasks = (
        ("Lähtötietojen kokoaminen", "Akaa", "28.2.2024", "15"),
        ("Kiinteistöjen katselmukset", "Urjala", "31.1.2024", "43"),
    )
    return Table(
        "Myöhässä olevat tehtävät",
        (Column("Tehtävä"), Column("Kunta"), Column("Määräpäivä"), Column("Päivää", numeric=True)),
        tuple(Row(tuple(line(cell) for cell in task)) for task in tasks),
        "Myöhässä",
    )


def _money() -> Table:
    sums = (("Kirjastojen maalämpö", "120 000 €"), ("Biokaasuselvitys", "ei ilmoitettu"))
    return Table(
        "Budjetti 14.3.2024",
        (Column("Hanke"), Column("Budjetti", numeric=True)),
        tuple(Row((line(name), line(budget))) for name, budget in sums),
        "Budjetti",
    )


def sample() -> Document:
    """Every kind of block in every tone."""
    figures = (("hanketta", "36"), ("tehtävää tehty", "70/106"), ("tehtävää myöhässä", "8"))
    return Document(
        "Kokousaineisto",
        "fi",
        (
            Heading(2, "Kokousaineisto"),
            Facts(tuple((name, line(value)) for name, value in figures), "figures"),
            Paragraph(line("Luvut ovat kokouspäivältä. ", Span("Katso rahat", "#rahat")), "note"),
            Paragraph(line("Kaksi tehtävää on myöhässä yli 30 päivää."), "warning"),
            Facts((("Puheenjohtaja", line("Maija Mallikas")), ("Paikka", line("Urjala")))),
            Heading(3, "Muutokset"),
            Bullets((line(Span("Kirjastot", "/hankkeet/"), ": Toteutus"), line("Uusi hanke"))),
            _grid(),
            _late(),
            Heading(3, "Rahat", "rahat"),
            _money(),
            Bullets((line("Päätetään hankkeesta"), line("Seuraava kokous")), numbered=True),
            Figure(DRAWING, "Viiva laskee tasaisesti vuoteen 2030.", "Päästöt 2019–2030"),
        ),
    )
