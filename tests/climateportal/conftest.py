"""Fixtures of the site's tests."""

from tests.climateportal.adminworld import world
from tests.remembering import remembering

__all__ = ["remembering", "world"]
