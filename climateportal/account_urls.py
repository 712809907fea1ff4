"""Log-in pages: only those of allauth that an invited editor needs."""

from allauth.account import views
from django.urls import path, re_path

urlpatterns = [
    path("kirjaudu/", views.login, name="account_login"),
    path("poistu/", views.logout, name="account_logout"),
    path("salasana/vaihda/", views.password_change, name="account_change_password"),
    path("salasana/aseta/", views.password_set, name="account_set_password"),
    path("salasana/unohtui/", views.password_reset, name="account_reset_password"),
    path(
        "salasana/unohtui/lahetetty/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^salasana/uusi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "salasana/uusi/valmis/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("lukittu/", views.account_inactive, name="account_inactive"),
    path("kutsu/", views.signup, name="account_signup"),  # closed: says that accounts are made
]
