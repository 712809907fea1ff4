"""Many primary keys in a query as one parameter.

With `project__in=[…]` Django writes a placeholder for each key and prepares each alone; for six
conditions on the six hundred projects of a county that takes longer than the database does.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Expression


class KeyRows(Expression):
    """To be used as `project__in=KeyRows(keys)`."""

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.keys = sorted(keys)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "(SELECT unnest(%s::bigint[]))", [self.keys]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "(SELECT value FROM json_each(%s))", [json.dumps(self.keys)]
