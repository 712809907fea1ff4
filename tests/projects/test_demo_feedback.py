"""The demo's feedback: somebody waits for an answer, somebody has got one."""

import pytest

from climateportal.models import Feedback

pytestmark = [pytest.mark.usefixtures("demo", "db"), pytest.mark.any_database]


def test_one_resident_waits_for_an_answer_and_one_has_it() -> None:
    answered, waits = Feedback.objects.order_by("received_at")
    assert (answered.state, waits.state) == ("answered", "open")
    assert 0 < waits.days_left() < 14
    assert answered.answered_at.date() < answered.reply_by
    assert waits.subject.is_public()
    assert all(row.email.endswith("@example.fi") for row in (answered, waits))
