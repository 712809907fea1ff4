"""Spreadsheets of projects, tasks, goals, contacts, expenses and participations, out and in."""
