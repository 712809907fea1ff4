"""Fixtures of the site's tests."""

from tests.climateportal.adminworld import world

__all__ = ["world"]
