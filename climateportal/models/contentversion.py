"""Which state of the public content the database holds."""

from django.db import models


class ContentVersion(models.Model):
    """A row that database triggers exchange with every change (`climateportal.contentversion`).

    SQLite has one row. PostgreSQL adds one for each transaction, which takes the older ones away,
    so that two editors who save at the same time do not wait for each other. All tokens together
    are the version; none ever comes back.
    """

    transaction = models.BigIntegerField(unique=True)
    token = models.CharField(max_length=36)

    def __str__(self) -> str:
        return self.token
