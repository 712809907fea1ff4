"""Letters to one person: in their language, as plain text and as HTML of the same."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

logger = logging.getLogger(__name__)


def can_go_to(address: str) -> bool:
    """Whether a letter can be sent to an address just as it is written.

    "=?utf-8?q?x?=@example.fi" is valid as an address, but in a letter it stands for another one, or
    for none at all, which Django's way to a mail server answers with an error.
    """
    try:
        sanitize_address(address, "utf-8")
    except ValueError:
        return False
    return "=?" not in address


def send(template: str, to: str, context: dict[str, Any], language: str | None = None) -> bool:
    """Send the letter of `<template>_subject.txt` and `<template>_message.txt`. False when it
    could not be sent.

    A mail server that does not answer is the operator's matter, and in the log: what the letter
    tells has happened already.
    """
    if not can_go_to(to):
        logger.error("A letter could not be sent: %s (no address)", template)
        return False
    with override(language or get_language()):
        context = {"site_name": settings.SITE_NAME, **context}
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        text = render_to_string(f"{template}_message.txt", context).strip()
        parts = {"subject": subject, "paragraphs": text.split("\n\n"), **context}
        page = render_to_string("account/email/letter.html", parts)
    letter = EmailMultiAlternatives(f"{settings.SITE_NAME}: {subject}", text, to=[to])
    letter.attach_alternative(page, "text/html")
    try:
        letter.send()
    except OSError as error:  # smtplib's errors are of that kind, too; their words hold addresses
        logger.error("A letter could not be sent: %s (%s)", template, type(error).__name__)
        return False
    return True
