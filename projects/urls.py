"""Addresses of projects, one slug in every language."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from projects.views import listing, page

urlpatterns = [
    path(pgettext_lazy("url", "projects/"), listing.project_list, name="project-list"),
    path(pgettext_lazy("url", "projects/<slug:slug>/"), page.project, name="project"),
]
