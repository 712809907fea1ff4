"""Fixtures of the site's tests."""

from tests.climateportal.adminworld import world, world_made
from tests.remembering import remembering

__all__ = ["remembering", "world", "world_made"]
