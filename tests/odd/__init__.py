"""Odd input on every address: no error of ours, nothing half-written, nothing typed lost."""
