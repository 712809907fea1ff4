"""Many primary keys in a query as one parameter.

With `project__in=[…]` Django writes a placeholder for each key and prepares each alone; for six
conditions on the six hundred projects of a county that takes longer than the database does.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Expression, QuerySet


class KeyRows(Expression):
    """To be used as `project__in=KeyRows(keys)`.

    A queryset of keys is read once, when the condition is first asked. Inside a condition on each
    of some thousand rows that is much quicker than a subquery, which a database may work out for
    every row anew.
    """

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.keys = keys if isinstance(keys, QuerySet) else sorted(keys)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "(SELECT unnest(%s::bigint[]))", [list(self.keys)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "(SELECT value FROM json_each(%s))", [json.dumps(list(self.keys))]
