"""The public list of projects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def project_list(request: HttpRequest) -> HttpResponse:
    """Published projects."""
    return render(request, "projects/list.html")
