"""Addresses of projects, one slug in every language."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from projects.views import projects

urlpatterns = [
    path(pgettext_lazy("url", "projects/"), projects.project_list, name="project-list"),
    path(pgettext_lazy("url", "projects/<slug:slug>/"), projects.project, name="project"),
]
