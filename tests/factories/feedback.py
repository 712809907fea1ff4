"""What residents write."""

from datetime import timedelta

import factory
from django.utils import timezone

from climateportal.models import Feedback
from climateportal.models.feedback import FeedbackKind


class FeedbackFactory(factory.django.DjangoModelFactory):
    """A question about the whole site, received now; give `project=`, `municipality=` or `region=`.

    `waited=3` is one that came three days ago.
    """

    class Meta:
        model = Feedback

    class Params:
        waited = 0

    kind = FeedbackKind.QUESTION
    message = "Milloin pyörätie avataan?"
    about = factory.LazyAttribute(
        lambda made: str(made.project or made.municipality or made.region or "")
    )
    project = municipality = region = None
    name = "Kysyjä Esimerkki"
    email = "kysyja@example.fi"
    language = "fi"
    key = factory.Sequence(lambda n: f"avain{n}")
    received_at = factory.LazyAttribute(lambda made: timezone.now() - timedelta(days=made.waited))
    reply_by = factory.LazyAttribute(lambda made: Feedback.deadline(made.received_at))
