"""Documents for the tests: a whole meeting pack in each language, and hostile ones."""

from datetime import date
from decimal import Decimal

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

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 200">
<path d="M40 10v160h420" fill="none" stroke="#77857d"/>
<polyline points="40,40 180,70 320,95 460,150" fill="none" stroke="#1c6347" stroke-width="3"/>
<circle cx="460" cy="150" r="6" fill="#b96a00"/>
<text x="40" y="192" font-size="14" fill="#4a5852">2019</text>
<text x="460" y="192" font-size="14" fill="#4a5852" text-anchor="end">2030 (−80&#160;%)</text>
</svg>"""
NARROW = DRAWING.replace("0 0 480 200", "0 0 320 200")  # two stand side by side on paper
MUNICIPALITIES = (
    ("Alavus", "Voimassa", "2030", (0, 1, 2, 5, 3), "21/30", 2, date(2024, 3, 4)),
    ("Kuortane", "Laadinnassa", "", (1, 0, 1, 2, 0), "4/9", 0, date(2024, 2, 29)),
    ("Kurikka", "Päivitettävänä", "2035", (0, 0, 3, 7, 4), "38/51", 5, date(2024, 3, 11)),
    ("Lapua", "Ei vielä", "", (2, 1, 0, 3, 1), "7/16", 1, date(2024, 1, 15)),
)
WORDS = {
    "fi": {
        "title": "Kestävät-alueen ohjausryhmä, kokous 14.3.2024",
        "since": "Edellisen kokouksen jälkeen",
        "grid": "Missä kunnat menevät",
        "stages": "Hankkeet vaiheittain",
        "tasks": "Tehtävät",
        "money": "Kustannukset",
        "decide": "Päätettävät asiat",
    },
    "sv": {
        "title": "Styrgruppen för Kestävät, möte 14.3.2024",
        "since": "Efter föregående möte",
        "grid": "Läget i kommunerna",
        "stages": "Projekt efter skede",
        "tasks": "Uppgifter",
        "money": "Kostnader",
        "decide": "Ärenden för beslut",
    },
    "en": {
        "title": "Kestävät steering group, meeting of 14 March 2024",
        "since": "Since the previous meeting",
        "grid": "How the municipalities stand",
        "stages": "Projects by stage",
        "tasks": "Tasks",
        "money": "Costs",
        "decide": "To be decided",
    },
}


def grid(words: dict[str, str]) -> Table:
    """Nine columns under a grouped header, parts and a total: the widest table there is."""
    columns = (
        Column("Kunta"),
        Column("Ilmastosuunnitelma"),
        Column("Tavoitevuosi", numeric=True),
        *(
            Column(stage, words["stages"], numeric=True)
            for stage in ("Idea", "Päätetty", "Suunnittelu", "Toteutus", "Valmis")
        ),
        Column("Tehty", words["tasks"], numeric=True),
        Column("Myöhässä", words["tasks"], numeric=True),
        Column("Päivitetty", numeric=True),
    )
    rows, values = [], []
    for index, (name, plan, year, stages, done, late, day) in enumerate(MUNICIPALITIES):
        if index in {0, 2}:
            part = "Kuusiokuntien seutukunta" if index == 0 else "Seinäjoen seutukunta"
            rows.append(Row((line(part),), "part"))
            values.append((None,))
        cells = (name, plan, year or "ei ilmoitettu", *map(str, stages), done, str(late))
        rows.append(
            Row(
                (
                    line(Span(cells[0], f"/kunnat/{name.lower()}/")),
                    *(line(cell) for cell in cells[1:]),
                    line(f"{day:%d.%m.%Y}"),
                )
            )
        )
        values.append((None, None, int(year) if year else None, *stages, None, late, day))
    total = ("Yhteensä", "", "", "3", "2", "6", "17", "8", "70/106", "8", "")
    rows.append(Row(tuple(line(cell) for cell in total), "total"))
    values.append((None, None, None, 3, 2, 6, 17, 8, None, 8, None))
    return Table(words["grid"], columns, tuple(rows), words["grid"], tuple(values))


def money(words: dict[str, str]) -> Table:
    """A small table without groups, with euros as numbers beside their words."""
    sums = (
        ("Kirjastojen maalämpö", "120 000 €", "48 250,75 €", Decimal("48250.75")),
        ("Biokaasuselvitys", "35 500 €", "−1 200 €", Decimal("-1200")),
    )
    return Table(
        f"{words['money']} 14.3.2024",
        (Column("Hanke"), Column("Budjetti", numeric=True), Column("Käytetty", numeric=True)),
        tuple(Row((line(name), line(budget), line(used))) for name, budget, used, _v in sums),
        words["money"],
        tuple((None, None, value) for _n, _b, _u, value in sums),
    )


def pack(lang: str = "fi") -> Document:
    """Every block type in every variant, as a steering group's meeting pack has them."""
    words = WORDS[lang]
    other = "fi" if lang != "fi" else "sv"
    return Document(
        title=words["title"],
        subtitle="Lapua, kaupungintalo, 14.3.2024",
        publisher="Ilmastohankkeet",
        lang=lang,
        address=f"https://ilmasto.example.fi/{lang}/alueet/kestavat/kokoukset/2024-03-14/",
        blocks=(
            Facts(
                (
                    ("hanketta", line("36")),
                    ("tehtävää tehty", line("70/106")),
                    ("tehtävää myöhässä", line(Span("8", strong=True))),
                    ("käytetty budjetista", line("47 050,75 €")),
                    ("kuntaa mukana", line("4/4")),
                ),
                "figures",
            ),
            Paragraph(
                line("Luvut ovat kokouspäivältä, katso ", Span(words["money"], "#rahat"), "."),
                "note",
            ),
            Facts(
                (
                    ("Puheenjohtaja", line("Maija Mallikas, ", Span("Lapua", "/kunnat/lapua/"))),
                    ("Sihteeri", line(Span("sihteeri@example.fi", "mailto:sihteeri@example.fi"))),
                )
            ),
            Heading(2, words["since"], "muutokset"),
            Bullets(
                (
                    line(Span("Kirjastojen maalämpö", "/hankkeet/maalampo/"), ": Toteutus"),
                    line("Lähtötiedot ", Span("koottu", strong=True), ", 14 tehtävää tehty"),
                    line("Nimi toisella kielellä: ", Span("Hållbar biogas åt alla", lang=other)),
                )
            ),
            Heading(3, "Myöhässä"),
            Paragraph(line("Kaksi tehtävää on myöhässä yli 30 päivää."), "warning"),
            Heading(2, words["grid"], "kunnat"),
            grid(words),
            Heading(2, words["money"], "rahat"),
            money(words),
            Paragraph(line("Lähde: ", Span("Syke", "https://www.example.fi/a?b=1&c=2"), ".")),
            Heading(2, words["decide"]),
            Bullets((line("Ladataanko 2030 -hanke?"), line("Seuraava kokous")), numbered=True),
            Heading(3, "Tavoitteen eteneminen"),
            Figure(DRAWING, "Viiva laskee tasaisesti vuoteen 2030.", "Päästöt 2019–2030"),
            *(Figure(NARROW, f"Viiva {number} laskee.", f"Päästöt {number}") for number in "123"),
            Paragraph(line("Čakčadit, Sámi: đ ŋ š ŧ ž ǩ, CO₂ ≤ 5 → −80 %, 1–2 ½ €")),
        ),
    )


HOSTILE = (
    "😀 👍🏽 🇫🇮 👩‍👩‍👧 ❤️ ✅",
    "会議の資料 مرحبا שלום ไทย",
    "\u202eoikealta vasemmalle\u202c \u2066x\u2069 \ufeff",
    "\x00\x01\x1b[31m\x7f\x9f ohjausmerkit \ud800",
    '#read("/etc/passwd") $x^2$ *a* _b_ `c` @ref <label> \\ //',
    "<script>alert(1)</script> &amp; {{ settings.SECRET_KEY }} {% csrf_token %}",
    '=HYPERLINK("http://example.fi") +1 -1 @SUM(A1) \t|calc',
    "A\u0308a\u030a e\u0301 ﬁ Ⅻ 𝗛𝗲𝗶 ①  \u00ad\u200b\u2060",
    "Pitkäyhdyssanakilpailutusasiakirjaliite" * 12,
)


def hostile(lang: str = "fi") -> Document:
    """Every text of every block is something that has broken a renderer before."""
    spans = tuple(
        span
        for text in HOSTILE
        for span in (
            Span(text),
            Span(text, "javascript:alert(1)"),
            Span(text, "https://example.fi/ä ö"),
        )
    )
    blocks = []
    for index, text in enumerate(HOSTILE):
        blocks += [
            Heading(5 - index % 5, text, text[:9]),
            Paragraph(spans, "warning"),
            Bullets((spans, line(text), ()), numbered=bool(index % 2)),
            Facts(((text, line(text)), ("", line(text)), (text, ()))),
            Facts(((text, line(text)),), "figures"),
            Table(
                text,
                (Column(text), Column("", text), Column(text, text, numeric=True)),
                (
                    Row((line(text), spans), "part"),
                    Row((line(text),)),
                    Row((spans, line(text), line(text), line(text)), "total"),
                ),
                text,
            ),
            Figure(DRAWING.replace("2019", text.replace("<", "").replace("&", "")), text, text),
            Figure(text, text),
        ]
    blocks += [
        Heading(2, " "),
        Heading(2, "\u202e"),
        Paragraph(()),
        Paragraph((Span(" "), Span(""))),
        Bullets(()),
        Facts(()),
        Table("", (), (), ""),
        Table("", (Column(""),), (Row(()),), ""),
        Figure("", ""),
        *(
            Paragraph((Span("linkki", href),))
            for href in (
                "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
                "//evil.example", "/\\evil.example", "http://", "http://[::1", "#puuttuu", "",
                "file:///etc/passwd", "ftp://example.fi", "https://" + "a" * 5000,
                "mailto:", "\x00",
            )
        ),
        Paragraph((Span("", "https://example.fi/"),)),
        Paragraph((Span("a", lang="xx-123 !"), Span("b", lang=lang))),
    ]  # fmt: skip
    return Document(
        title="\u202e", lang=lang, blocks=tuple(blocks), subtitle="😀", address="javascript:1"
    )
