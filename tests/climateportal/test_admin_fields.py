"""What form fields of the admin understand, and which languages are said to be missing."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from climateportal.admin.fields import (
    AddressField,
    DayField,
    MomentField,
    NumberField,
    SentenceField,
)
from climateportal.admin.languages import missing_languages, missing_q
from municipalities.models import Organisation
from tests.factories import OrganisationFactory


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1000", "1000"),
        ("1 000,50", "1000.50"),
        ("1\u00a0000,50 €", "1000.50"),
        ("1\u202f000", "1000"),
        ("1.000,50", "1000.50"),
        ("1,000.50", "1000.50"),
        ("1000.5", "1000.5"),
        ("100 000 euroa", "100000"),
        ("€ 5", "5"),
        ("−3,5", "-3.5"),
        ("62 %", "62"),
        ("  ", None),
        ("", None),
    ],
)
def test_numbers(typed: str, value: str | None) -> None:
    field = NumberField(max_digits=12, decimal_places=2, required=False)
    assert field.clean(typed) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("typed", ["paljon", "1.000", "1,2,3", "NaN", "1e5x", "0x10", "Infinity"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    """“1.000” too: it may be a thousand or one, and money is not guessed."""
    with pytest.raises(ValidationError):
        NumberField(max_digits=12, decimal_places=2).clean(typed)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1000.00", "1\u00a0000"),
        ("1000.50", "1\u00a0000,50"),
        ("0.125", "0,125"),
        ("-1234567.8", "-1\u00a0234\u00a0567,80"),
    ],
)
def test_a_number_is_shown_as_it_is_written_and_reads_back(value: str, shown: str) -> None:
    field = NumberField(max_digits=14, decimal_places=3)
    assert field.prepare_value(Decimal(value)) == shown
    assert field.clean(shown) == Decimal(value)
    assert not field.has_changed(Decimal(value), shown)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "typed", ["1.5.2021", "01.05.2021", "2021-05-01", "1.5.21", "1. 5. 2021", "1/5/2021"]
)
def test_days_in_every_language(typed: str, language: str) -> None:
    with override(language):
        assert DayField().clean(typed) == date(2021, 5, 1)


@pytest.mark.parametrize("typed", ["31.4.2021", "keväällä", "5/2021", "1.5."])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        DayField().clean(typed)


def test_an_address_without_a_scheme_is_https() -> None:
    assert AddressField().clean("www.alavus.fi") == "https://www.alavus.fi"


@pytest.mark.django_db
def test_missing_languages_in_words_and_in_sql_agree() -> None:
    rows = {
        "both": OrganisationFactory(name_fi="A"),
        "english": OrganisationFactory(name_fi="B", name_sv="B"),
        "none": OrganisationFactory(name_fi="C", name_sv="C", name_en="C"),
    }
    assert missing_languages(rows["both"]) == ["sv", "en"]
    assert missing_languages(rows["english"]) == ["en"]
    assert missing_languages(rows["none"]) == []
    for language in ("sv", "en"):
        found = set(Organisation.objects.filter(missing_q(Organisation, language)))
        assert found == {row for row in rows.values() if language in missing_languages(row)}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("typed", ["9.30", "9:30", "09.30.00", "9:30:00"])
def test_times_in_every_language(typed: str, language: str) -> None:
    with override(language):
        moment = timezone.localtime(MomentField().clean(["1.5.2021", typed]))
    assert (moment.hour, moment.minute, moment.date()) == (9, 30, date(2021, 5, 1))


def test_what_is_no_time_is_told_by_an_example() -> None:
    with pytest.raises(ValidationError, match=r"9\.30"):
        MomentField().clean(["1.5.2021", "illalla"])


@pytest.mark.parametrize("seconds", [0, 45])
def test_a_moment_is_shown_as_written_and_an_untouched_one_is_unchanged(seconds: int) -> None:
    moment = timezone.make_aware(datetime(2021, 5, 1, 9, 5, seconds))
    field = MomentField()
    day, time = (
        widget.format_value(value)
        for widget, value in zip(field.widget.widgets, field.widget.decompress(moment), strict=True)
    )
    assert day == "1.5.2021"
    assert time == ("9.05.45" if seconds else "9.05")
    assert not field.has_changed(moment, [day, time])


def test_a_day_is_shown_as_it_is_written() -> None:
    assert DayField().widget.format_value(date(2021, 5, 1)) == "1.5.2021"


def test_a_sentence_is_one_paragraph() -> None:
    assert SentenceField().clean("  Kaksi\r\nriviä\n ") == "Kaksi riviä"
    assert not SentenceField().has_changed("Kaksi riviä", "Kaksi riviä")
