"""Translations are complete, addresses and binding words are exact, extraction misses nothing."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import gettext, ngettext, override, pgettext

from climateportal import catalogues
from municipalities.enums import MunicipalityTitle, PlanStatus, RegionKind
from projects.enums import Activity, OrganisationRole, ScheduleStatus, Stage, TaskState

ADDRESSES = {
    "home": ("/", "/sv/", "/en/"),
    "project-list": ("/hankkeet/", "/sv/projekt/", "/en/projects/"),
    "project": ("/hankkeet/a-b/", "/sv/projekt/a-b/", "/en/projects/a-b/"),
    "municipality-list": ("/kunnat/", "/sv/kommuner/", "/en/municipalities/"),
    "municipality": ("/kunnat/a-b/", "/sv/kommuner/a-b/", "/en/municipalities/a-b/"),
    "region-list": ("/alueet/", "/sv/regioner/", "/en/regions/"),
    "region": ("/alueet/a-b/", "/sv/regioner/a-b/", "/en/regions/a-b/"),
    "region-tasks": (
        "/alueet/a-b/tehtavat/",
        "/sv/regioner/a-b/uppgifter/",
        "/en/regions/a-b/tasks/",
    ),
    "region-tasks-file": (
        "/alueet/a-b/tehtavat/tehtavat.csv",
        "/sv/regioner/a-b/uppgifter/uppgifter.csv",
        "/en/regions/a-b/tasks/tasks.csv",
    ),
    "region-costs-file": (
        "/alueet/a-b/kustannukset/kustannukset.csv",
        "/sv/regioner/a-b/kostnader/kostnader.csv",
        "/en/regions/a-b/costs/costs.csv",
    ),
    "region-costs": (
        "/alueet/a-b/kustannukset/",
        "/sv/regioner/a-b/kostnader/",
        "/en/regions/a-b/costs/",
    ),
    "meeting-list": (
        "/alueet/a-b/kokoukset/",
        "/sv/regioner/a-b/moten/",
        "/en/regions/a-b/meetings/",
    ),
    "meeting": (
        "/alueet/a-b/kokoukset/2026-11-05/",
        "/sv/regioner/a-b/moten/2026-11-05/",
        "/en/regions/a-b/meetings/2026-11-05/",
    ),
    "meeting-pdf": (
        "/alueet/a-b/kokoukset/2026-11-05/kokousaineisto.pdf",
        "/sv/regioner/a-b/moten/2026-11-05/motesmaterial.pdf",
        "/en/regions/a-b/meetings/2026-11-05/pack.pdf",
    ),
    "meeting-xlsx": (
        "/alueet/a-b/kokoukset/2026-11-05/kokousaineisto.xlsx",
        "/sv/regioner/a-b/moten/2026-11-05/motesmaterial.xlsx",
        "/en/regions/a-b/meetings/2026-11-05/pack.xlsx",
    ),
    "municipality-report": (
        "/kunnat/a-b/raportti/",
        "/sv/kommuner/a-b/rapport/",
        "/en/municipalities/a-b/report/",
    ),
    "municipality-report-file": (
        "/kunnat/a-b/raportti/raportti.pdf",
        "/sv/kommuner/a-b/rapport/rapport.pdf",
        "/en/municipalities/a-b/report/report.pdf",
    ),
    "region-report": (
        "/alueet/a-b/raportti/",
        "/sv/regioner/a-b/rapport/",
        "/en/regions/a-b/report/",
    ),
    "region-report-file": (
        "/alueet/a-b/raportti/raportti.pdf",
        "/sv/regioner/a-b/rapport/rapport.pdf",
        "/en/regions/a-b/report/report.pdf",
    ),
    "feedback": ("/palaute/", "/sv/respons/", "/en/feedback/"),
    "feedback-sent": (
        "/palaute/kiitos/a-b/",
        "/sv/respons/tack/a-b/",
        "/en/feedback/thanks/a-b/",
    ),
    "page": ("/a-b/", "/sv/a-b/", "/en/a-b/"),
}

# product.md, “Words”: (member, fi, sv, en)
WORDS = [
    (MunicipalityTitle.CITY, "kaupunki", "stad", "city"),
    (MunicipalityTitle.MUNICIPALITY, "kunta", "kommun", "municipality"),
    (RegionKind.COUNTY, "maakunta", "landskap", "county"),
    (RegionKind.SUBREGION, "seutukunta", "ekonomisk region", "sub-region"),
    (RegionKind.COOPERATION, "yhteistyöalue", "samarbetsområde", "cooperation area"),
    (Stage.IDEA, "Idea", "Idé", "Idea"),
    (Stage.DECIDED, "Päätetty käynnistää", "Beslut om start", "Decided"),
    (Stage.PLANNING, "Suunnittelu", "Planering", "Planning"),
    (Stage.IMPLEMENTATION, "Toteutus", "Genomförande", "Implementation"),
    (Stage.COMPLETED, "Valmis", "Färdigt", "Completed"),
    (Activity.PAUSED, "Tauolla", "Pausat", "On hold"),
    (Activity.CANCELLED, "Keskeytetty", "Avbrutet", "Cancelled"),
    (ScheduleStatus.ON_TIME, "Aikataulussa", "Enligt tidtabell", "On schedule"),
    (ScheduleStatus.AT_RISK, "Viivästymisriski", "Risk för försening", "At risk of delay"),
    (ScheduleStatus.LATE, "Myöhässä", "Försenat", "Late"),
    (
        ScheduleStatus.COMPLETED_ON_TIME,
        "Valmistui ajallaan",
        "Färdigt i tid",
        "Completed on time",
    ),
    (
        ScheduleStatus.COMPLETED_LATE,
        "Valmistui myöhässä",
        "Färdigt efter tidtabell",
        "Completed late",
    ),
    (ScheduleStatus.UNKNOWN, "Ei tiedossa", "Okänt", "Unknown"),
    (TaskState.NOT_STARTED, "Aloittamatta", "Ej påbörjad", "Not started"),
    (TaskState.IN_PROGRESS, "Käynnissä", "Pågår", "In progress"),
    (TaskState.DONE, "Tehty", "Utförd", "Done"),
    (TaskState.CANCELLED, "Peruttu", "Inställd", "Cancelled"),
    (OrganisationRole.RESPONSIBLE, "vastuuorganisaatio", "ansvarig", "responsible"),
    (OrganisationRole.PARTNER, "kumppani", "partner", "partner"),
    (PlanStatus.NONE, "Ei vielä", "Inte påbörjad", "Not started"),
    (PlanStatus.IN_PREPARATION, "Laadinnassa", "Under beredning", "In preparation"),
    (PlanStatus.IN_FORCE, "Voimassa", "I kraft", "In force"),
    (PlanStatus.BEING_UPDATED, "Päivitettävänä", "Uppdateras", "Being updated"),
]
NAMES = [
    ("municipality", "kunta", "kommun"),
    ("project", "hanke", "projekt"),
    ("stage", "vaihe", "skede"),
    ("goal", "tavoite", "mål"),
    ("task", "tehtävä", "uppgift"),
    ("contact", "yhteyshenkilö", "kontaktperson"),
    ("primary contact", "pääyhteyshenkilö", "huvudkontakt"),
    ("organisation", "organisaatio", "organisation"),
    ("funder", "rahoittaja", "finansiär"),
    ("steering group", "ohjausryhmä", "styrgrupp"),
    ("meeting", "kokous", "möte"),
    ("good practice", "toimintamalli", "verksamhetsmodell"),
]
ENUMS_WITHOUT_TABLE = {Activity.ACTIVE}


def public_names() -> set[str]:
    """The names of every address that has a language."""

    def walk(patterns: list) -> set[str]:
        names = set()
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                names |= walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                names.add(pattern.name)
        return names

    resolvers = get_resolver().url_patterns
    return walk([part for part in resolvers if _has_language(part)])


def _has_language(part: URLPattern | URLResolver) -> bool:
    return isinstance(part, URLResolver) and isinstance(part.pattern, LocalePrefixPattern)


def test_nothing_is_missing() -> None:
    assert catalogues.problems() == []


def test_every_public_address_is_in_the_table() -> None:
    assert public_names() == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_addresses(name: str) -> None:
    parts = {"a-b": ("slug", "a-b"), "2026": ("day", date(2026, 11, 5))}
    kwargs = dict(value for part, value in parts.items() if part in ADDRESSES[name][0])
    if name == "feedback-sent":
        kwargs = {"token": "a-b"}
    if name.endswith("-file"):
        kwargs["kind"] = ADDRESSES[name][0].rpartition(".")[2]
    for language, expected in zip(catalogues.LANGUAGES, ADDRESSES[name], strict=True):
        with override(language):
            assert reverse(name, kwargs=kwargs) == expected


@pytest.mark.parametrize(("member", "fi", "sv", "en"), WORDS, ids=[str(row[0]) for row in WORDS])
def test_binding_words(member: Stage, fi: str, sv: str, en: str) -> None:
    for language, expected in (("fi", fi), ("sv", sv), ("en", en)):
        with override(language):
            assert str(member.label) == expected


def test_binding_words_leave_no_member_out() -> None:
    enums = {type(row[0]) for row in WORDS}
    members = {(enum, member) for enum in enums for member in enum} - {
        (type(member), member) for member in ENUMS_WITHOUT_TABLE
    }
    assert {(type(row[0]), row[0]) for row in WORDS} == members


@pytest.mark.parametrize(("en", "fi", "sv"), NAMES)
def test_binding_nouns(en: str, fi: str, sv: str) -> None:
    for language, expected in (("fi", fi), ("sv", sv), ("en", en)):
        with override(language):
            assert gettext(en) == expected


def test_english_plurals_need_no_text() -> None:
    with override("en"):
        forms = [ngettext("Late by %(days)s day", "Late by %(days)s days", n) for n in (1, 2)]
        assert forms == ["Late by %(days)s day", "Late by %(days)s days"]
        assert pgettext("url", "projects/") == "projects/"


# --- the machinery -------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A little source tree with one string of each sort."""
    for app in catalogues.APPS:
        (tmp_path / app / "migrations").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "projects" / "words.py").write_text(
        "from django.utils.translation import gettext as now, gettext_lazy as _\n"
        "# Translators: read aloud\n"
        'A = _("plain " "joined")\n'
        'B = pgettext_lazy("url", "things/<slug:slug>/")\n'
        'C = ngettext("%(n)s day", "%(n)s days", 3)\n'
        'D = npgettext("task", "one", "many", 3)\n'
        'E = now("by another name")\n'
    )
    (tmp_path / "projects" / "migrations" / "0001.py").write_text('A = _("not this")\n')
    (tmp_path / "templates" / "a.html").write_text(
        "<p>it's\n"
        '      {% translate "Skip" %}\n'
        "  {# a remark #}\n"
        '{% blocktranslate trimmed count n=rows|length %}\n  {{ n }} row’s "one"\n'
        "{% plural %}\n  {{ n }} rows, 100 %\n{% endblocktranslate %}\n"
        '   {% translate "Open" context "goal" as word %}{% tag label=_("Label") %}</p>\n'
        '{{ x|default:_("Nobody") }}\n'
    )
    return tmp_path


def test_extraction_reads_python_and_templates(site: Path) -> None:
    found = {(m.id, m.context): m.locations[0][0] for m in catalogues.extracted(site) if m.id}
    assert found == {
        ("plain joined", None): "projects/words.py",
        ("things/<slug:slug>/", "url"): "projects/words.py",
        (("%(n)s day", "%(n)s days"), None): "projects/words.py",
        (("one", "many"), "task"): "projects/words.py",
        ("by another name", None): "projects/words.py",
        ("Skip", None): "templates/a.html",
        (('%(n)s row’s "one"', "%(n)s rows, 100 %%"), None): "templates/a.html",
        ("Open", "goal"): "templates/a.html",
        ("Label", None): "templates/a.html",
        ("Nobody", None): "templates/a.html",
    }


def test_extraction_of_the_real_sources() -> None:
    files = {name for m in catalogues.extracted() for name, _line in m.locations}
    assert {"projects/enums.py", "climateportal/urls.py"} <= files
    assert any(name.startswith("templates/") for name in files)


def fill(site: Path, language: str, old: str, new: str) -> None:
    path = catalogues.po_path(language, site)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_update_keeps_translations_and_drops_what_is_gone(site: Path) -> None:
    assert len(catalogues.update(site, site)) == 3
    fill(site, "fi", 'msgid "Skip"\nmsgstr ""', 'msgid "Skip"\nmsgstr "Hyppää"')
    fill(site, "fi", 'msgid "Label"\nmsgstr ""', 'msgid "Label"\nmsgstr "Nimi"')
    assert catalogues.update(site, site) == []

    template = site / "templates" / "a.html"
    template.write_text(template.read_text().replace('"Label"', '"Labels"'))
    assert len(catalogues.update(site, site)) == 3
    text = catalogues.po_path("fi", site).read_text(encoding="utf-8")
    assert 'msgid "Skip"\nmsgstr "Hyppää"' in text
    assert 'msgid "Labels"\nmsgstr ""' in text  # similar is not the same: nothing is guessed
    assert "Nimi" not in text
    assert "fuzzy" not in text
    assert "Date" not in text
    assert "#: projects/words.py\n" in text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgstr[0] "%(n)s päivä"\nmsgstr[1] "%(m)s päivää"', "placeholders differ"),
        ('msgstr[0] "yksi päivä"\nmsgstr[1] "päiviä"', "placeholders differ"),
        ('msgstr[0] "%(n)s päivä"\nmsgstr[1] ""', "missing plural form"),
        ('msgstr[0] "%(n)s päivä"\nmsgstr[1] "%(n)s päivää "', "space or line break"),
        ('msgstr[0] "%(n)s päivä"\nmsgstr[1] "%(n)s päivää, 5 %"', "percent sign"),
        ('msgstr[0] ""\nmsgstr[1] ""', "untranslated"),
        ('msgstr[0] "yksi päivä"\nmsgstr[1] "%(n)s päivää, 5 %%"', ""),
    ],
)
def test_faults_are_named(site: Path, text: str, fault: str) -> None:
    catalogues.update(site, site)
    fill(site, "fi", 'msgstr[0] ""\nmsgstr[1] ""', text)  # of every plural, to begin with
    found = [
        line for line in catalogues.problems(site, site) if "fi: " in line and "%(n)s d" in line
    ]
    assert [fault in line for line in found] == ([True] if fault else [])


def test_other_faults_are_named(site: Path) -> None:
    catalogues.update(site, site)
    fill(site, "sv", 'msgid "Skip"\nmsgstr ""', '#, fuzzy\nmsgid "Skip"\nmsgstr "Hoppa"')
    fill(site, "sv", 'msgid "Label"\n', 'msgid "Lable"\n')
    fill(
        site,
        "sv",
        'msgid "things/<slug:slug>/"\nmsgstr ""',
        'msgid "things/<slug:slug>/"\nmsgstr "saker/<slug>/"',
    )
    found = "\n".join(catalogues.problems(site, site))
    assert "sv: fuzzy: 'Skip' (templates/a.html)" in found
    assert "sv: obsolete: 'Lable'" in found
    assert "sv: not in the catalogue: 'Label' (templates/a.html)" in found
    assert "sv: placeholders differ, <slug> for <slug:slug>: [url] 'things/<slug:slug>/'" in found
    assert "en: " not in found


def test_compiles_only_what_changed(site: Path) -> None:
    catalogues.update(site, site)
    assert len(catalogues.compile_all(site)) == 3
    assert catalogues.compile_all(site) == []
    path = catalogues.po_path("fi", site)
    fill(site, "fi", 'msgid "Skip"\nmsgstr ""', 'msgid "Skip"\nmsgstr "Hyppää"')
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 10**9))
    assert catalogues.compile_all(site) == [path.with_suffix(".mo")]
    assert "Hyppää".encode() in path.with_suffix(".mo").read_bytes()
    assert [file.name for file in path.parent.glob("*.part")] == []


def test_command_fails_with_a_list(monkeypatch, capsys) -> None:
    monkeypatch.setattr(catalogues, "problems", lambda: ["fi: untranslated: 'Skip' (a.html)"])
    with pytest.raises(CommandError, match="1 to mend"):
        call_command("catalogues", "--check")
    assert "untranslated: 'Skip'" in capsys.readouterr().err
