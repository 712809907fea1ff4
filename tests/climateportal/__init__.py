"""Tests of climateportal."""
