"""Letters to addresses that only look like addresses."""

import logging

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from climateportal.feedback import answer, send_answer
from climateportal.models import Feedback
from tests.climateportal.test_feedback_form import filled
from tests.factories import FeedbackFactory, UserFactory

pytestmark = pytest.mark.django_db

# valid by every rule of an address; a mail program reads a line break, half a letter, another name
ODD = [
    "=?utf-8?q?a=0d=0aBcc=3a_x=40example.org?=@example.fi",
    "=?utf-8?q?=ff?=@example.fi",
    "=?utf-8?q?=40example.org?=@example.fi",
]


@pytest.mark.parametrize("address", ODD)
def test_no_address_breaks_the_page_that_asks_for_a_new_password(
    client: Client, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        sent = client.post(reverse("account_reset_password"), {"email": address})
    assert sent.status_code == 302
    assert address not in caplog.text
    assert not mail.outbox  # towards a mail server it would have been an error


@pytest.mark.parametrize("address", ODD)
def test_an_answer_that_cannot_be_sent_there_is_not_lost(address: str) -> None:
    made = FeedbackFactory(email=address)
    answer(feedback=made, text="Toukokuussa.", by=UserFactory())
    assert not send_answer(made)
    assert (made.state, made.answer) == ("open", "Toukokuussa.")
    assert not mail.outbox


@pytest.mark.parametrize("address", ODD)
def test_feedback_is_told_at_once_that_no_answer_would_come(client: Client, address: str) -> None:
    refused = client.post("/palaute/", filled(email=address))
    assert refused.status_code == 422
    assert "Syötä kelvollinen sähköpostiosoite" in refused.content.decode()
    assert not Feedback.objects.exists()
