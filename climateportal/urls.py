"""Addresses. Finnish without a prefix, /sv/ and /en/ with translated paths."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy

from climateportal.views import errors, feedback, gallery, health, home, media, pages
from municipalities.views import municipalities, regions
from projects.views import confirm

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler429 = errors.too_many_requests  # asked for by allauth
handler500 = errors.server_error

urlpatterns = [
    path("healthz", health.process, name="healthz"),
    path("readyz", health.database, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("admin/components/", gallery.components, name="gallery"),
    path("admin/", admin.site.urls),
    path("tunnus/", include("climateportal.account_urls")),
    path("tarkista/<str:token>/", confirm.confirm, name="confirm-project"),
    path("media/<path:path>", media.uploaded, name="media"),
]
urlpatterns += i18n_patterns(
    path("", home.home, name="home"),
    path(
        pgettext_lazy("url", "municipalities/"),
        municipalities.municipality_list,
        name="municipality-list",
    ),
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/"),
        municipalities.municipality,
        name="municipality",
    ),
    path(pgettext_lazy("url", "regions/"), regions.region_list, name="region-list"),
    path(pgettext_lazy("url", "regions/<slug:slug>/"), regions.region, name="region"),
    path("", include("projects.urls")),
    path(pgettext_lazy("url", "feedback/"), feedback.feedback, name="feedback"),
    path(pgettext_lazy("url", "feedback/thanks/<str:token>/"), feedback.sent, name="feedback-sent"),
    path("<slug:slug>/", pages.page, name="page"),
    prefix_default_language=False,
)
