"""Template tags and filters for texts, dates, money, links."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from climateportal.models import Page
from climateportal.templatetags import ui

NBSP = "\u00a0"
JOINER = "\u2060"


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


# --- texts ---------------------------------------------------------------------------------------
def test_text_in_the_page_language_has_no_language_mark() -> None:
    page = Page(title_fi="Tietoa", title_sv="Om tjänsten")
    with translation.override("sv"):
        assert render('{% t page "title" %}', page=page) == "Om tjänsten"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_missing_translation_falls_back_to_finnish_and_says_so(language: str) -> None:
    page = Page(title_fi="Tietoa")
    with translation.override(language):
        assert render('{% t page "title" %}', page=page) == '<span lang="fi">Tietoa</span>'


def test_missing_text_is_nothing() -> None:
    assert render('{% t page "title" %}{% rich page "body" %}', page=Page()) == ""


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_text_is_escaped(language: str) -> None:
    page = Page(title_fi='<script>alert(1)</script> & "x"')
    with translation.override(language):
        shown = render('{% t page "title" %}', page=page)
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;" in shown


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="alert(1)" style="color:red">x</p>',
        "<style>body{display:none}</style>",
        "<iframe src='https://example.fi'></iframe>",
    ],
)
def test_rich_text_is_sanitised_even_if_the_database_holds_a_script(
    attack: str, language: str
) -> None:
    page = Page(body_fi=f"<p>Hyvä</p>{attack}")
    with translation.override(language):
        shown = render('{% rich page "body" %}', page=page)
    assert "<p>Hyvä</p>" in shown
    for bad in ("<script", "onerror", "javascript:", "onclick", "style=", "<style", "<iframe"):
        assert bad not in shown


def test_rich_text_keeps_what_editors_use_and_marks_a_fallback() -> None:
    page = Page(body_fi='<h3>A</h3><p><strong>b</strong> <a href="https://example.fi">c</a></p>')
    with translation.override("en"):
        shown = render('{% rich page "body" "prose wide" %}', page=page)
    assert shown.startswith('<div class="prose wide" lang="fi"><h3>A</h3><p><strong>b</strong>')
    assert 'href="https://example.fi"' in shown


def test_hyphen_of_a_compound_stays_with_its_word() -> None:
    page = Page(title_fi="Pirkanmaa 2030 -hanke")
    assert render('{% t page "title" %}', page=page) == f"Pirkanmaa 2030{NBSP}-{JOINER}hanke"
    assert ui.joiner("ilmasto-ohjelma") == "ilmasto-ohjelma"


def test_plain_takes_words_of_rich_text() -> None:
    assert ui.plain("<p>Yksi</p><ul><li>kaksi</li></ul>") == "Yksi kaksi"


# --- dates ---------------------------------------------------------------------------------------
def test_a_moment_is_shown_as_a_finnish_day() -> None:
    late_evening_utc = datetime(2023, 1, 2, 22, 30, tzinfo=UTC)
    expected = '<time datetime="2023-01-03">3.1.2023</time>'
    assert ui.day(late_evening_utc) == ui.long_day(late_evening_utc) == expected


@pytest.mark.parametrize(
    ("precision", "machine", "short", "long"),
    [
        ("day", "2022-06-01", f"1{NBSP}Jun{NBSP}2022", f"1{NBSP}June 2022"),
        ("month", "2022-06", f"Jun{NBSP}2022", "June 2022"),
        ("year", "2022", "2022", "2022"),
    ],
)
def test_a_day_is_as_exact_as_the_date_is_known(
    precision: str, machine: str, short: str, long: str
) -> None:
    with translation.override("en"):
        values = [show(date(2022, 6, 1), precision) for show in (ui.day, ui.long_day)]
    assert values == [f'<time datetime="{machine}">{text}</time>' for text in (short, long)]


@pytest.mark.parametrize(
    ("language", "precision", "words"),
    [
        ("fi", "day", "1.5.2021–30.9.2022"),
        ("en", "day", f"1{NBSP}May{NBSP}2021 – 30{NBSP}Sep{NBSP}2022"),
        ("en", "year", "2021–2022"),
        ("fi", "month", "5/2021–9/2022"),
    ],
)
def test_a_range_of_days(language: str, precision: str, words: str) -> None:
    with translation.override(language):
        html = ui.day_range(date(2021, 5, 1), date(2022, 9, 30), precision)
    assert re.sub(r"<[^>]+>", "", html) == words
    assert html.count("<time datetime=") == 2


def test_a_range_within_one_year_is_that_year() -> None:
    shown = ui.day_range(date(2021, 1, 1), date(2021, 12, 31), "year")
    assert shown == '<time datetime="2021">2021</time>'


def test_no_date_is_nothing() -> None:
    assert ui.day(None) == ui.long_day(None) == ""


# --- numbers -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("fi", Decimal("120000"), f"120{NBSP}000{NBSP}€"),
        ("sv", Decimal("120000.00"), f"120{NBSP}000{NBSP}€"),
        ("en", 120000, "€120,000"),
        ("fi", Decimal("1234.5"), f"1{NBSP}234,50{NBSP}€"),
        ("en", Decimal("1234.5"), "€1,234.50"),
        ("fi", Decimal("-1500"), f"−1{NBSP}500{NBSP}€"),
        ("en", Decimal("-1500"), "−€1,500"),
        ("fi", 0, f"0{NBSP}€"),
    ],
)
def test_euros(language: str, value: Decimal | int, shown: str) -> None:
    with translation.override(language):
        assert ui.euros(value) == shown


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("fi", 62, f"62{NBSP}%"),
        ("fi", Decimal("62.5"), f"62,5{NBSP}%"),
        ("sv", Decimal("-38"), f"−38{NBSP}%"),
        ("en", Decimal("-38.25"), "−38.2%"),
        ("en", 0, "0%"),
    ],
)
def test_percent(language: str, value: Decimal | int, shown: str) -> None:
    with translation.override(language):
        assert ui.percent(value) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("fi", f"5{NBSP}563{NBSP}970"), ("en", "5,563,970")]
)
def test_grouped(language: str, shown: str) -> None:
    with translation.override(language):
        assert ui.grouped(5563970) == shown


@pytest.mark.parametrize(("language", "words"), [("fi", "ei ilmoitettu"), ("en", "not reported")])
def test_unknown_is_not_zero(language: str, words: str) -> None:
    with translation.override(language):
        assert ui.euros(None) == ui.percent(None) == ui.grouped(None) == words
        assert "0" not in words


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("value", "shown"),
    [(12.5, "12.5"), (Decimal("1000"), "1000"), (-0.25, "-0.25"), (33.3333, "33.33"), (0, "0")],
)
def test_numbers_of_drawings_have_a_point_in_every_language(
    language: str, value: float, shown: str
) -> None:
    with translation.override(language):
        assert render("{{ value|css_number }}", value=value) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fi", "Akaa, Pälkäne ja Urjala"), ("sv", "Akaa, Pälkäne och Urjala")],
)
def test_listed(language: str, shown: str) -> None:
    with translation.override(language):
        assert ui.listed(["Akaa", "Pälkäne", "Urjala"]) == shown
    assert ui.listed([]) == ""
    assert ui.listed(["Akaa"]) == "Akaa"


# --- links and forms -----------------------------------------------------------------------------
def test_mail_is_a_real_link_without_a_plain_at_sign() -> None:
    link = ui.mail("etunimi.sukunimi+hanke@example.fi")
    assert "@" not in link
    assert link.replace("&#64;", "@") == (
        '<a href="mailto:etunimi.sukunimi+hanke@example.fi">etunimi.sukunimi+hanke@example.fi</a>'
    )


def test_mail_escapes_what_could_leave_the_attribute() -> None:
    link = ui.mail('"onclick=alert(1)?cc=x&y"@example.fi')
    assert '"onclick' not in link
    assert "?cc" not in link.split(">")[0]


@pytest.mark.parametrize(
    ("written", "address"),
    [("040 000 0000", "tel:0400000000"), ("+358 (0)40-000 0000", "tel:+3580400000000")],
)
def test_phone_address(written: str, address: str) -> None:
    assert ui.phone_address(written) == address


def test_crumbs_appear_only_around_items() -> None:
    assert render("{% crumbs %} {% endcrumbs %}") == ""
    with translation.override("sv"):
        shown = render('{% crumbs %}<li><a href="/x/">X</a></li>{% endcrumbs %}')
    assert shown.startswith('<nav class="crumbs band" aria-label="')
    assert '<li><a href="/sv/">' in shown
    assert shown.endswith('<li><a href="/x/">X</a></li></ol></nav>')


def test_page_query_keeps_the_other_filters() -> None:
    request = RequestFactory().get("/hankkeet/?teema=a&teema=b&q=ä&page=3")
    context = Context({"request": request})
    assert ui.page_query(context, 2) == "?teema=a&teema=b&q=%C3%A4&page=2"
    assert ui.page_query(context, 1) == "?teema=a&teema=b&q=%C3%A4"
    assert ui.page_query(Context({"request": RequestFactory().get("/a/?page=3")}), 1) == "/a/"


def test_page_links_leave_out_the_middle_and_mark_one_as_current() -> None:
    context = Context({"request": RequestFactory().get("/hankkeet/")})
    links = ui.page_links(context, Paginator(range(200), 10).page(10))
    assert [link.number for link in links] == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert [link.number for link in links if link.is_current] == [10]


def test_icon_is_decoration() -> None:
    shown = ui.icon("ok")
    assert 'aria-hidden="true"' in shown
    assert "img/icons.svg#ok" in shown


def test_static_or_plain_survives_a_missing_manifest_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(path: str) -> str:
        raise ValueError(f"Missing staticfiles manifest entry for '{path}'")

    assert ui.static_or_plain("css/main.css") == "/static/css/main.css"
    monkeypatch.setattr(ui, "static", missing)
    assert ui.static_or_plain("css/main.css") == "/static/css/main.css"
