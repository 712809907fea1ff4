"""Log-in pages: only those of allauth that an invited editor needs, and our own."""

from allauth.account import views
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import LoginWebAuthnView, RemoveWebAuthnView
from django.urls import path, re_path, reverse_lazy

from climateportal.views import account, invitation, openid, reading, secondstep

STEPS = reverse_lazy("mfa_index")

urlpatterns = [
    path("", account.overview, name="account"),
    path("istunnot/", account.sessions, name="account_sessions"),
    path("kirjaudu/", openid.LogIn.as_view(), name="account_login"),
    path("kirjaudu/koodi/", steps.authenticate, name="mfa_authenticate"),
    path("kirjaudu/avain/", LoginWebAuthnView.as_view(), name="mfa_login_webauthn"),
    path("kirjaudu/palvelu/", openid.out, name="openid_out"),
    path("kirjaudu/palvelu/paluu/", openid.back, name="openid_back"),
    path("poistu/", views.logout, name="account_logout"),
    # who is there: asked before a lock is changed
    path("vahvista/", views.reauthenticate, name="account_reauthenticate"),
    path("vahvista/koodi/", steps.reauthenticate, name="mfa_reauthenticate"),
    path(
        "vahvista/avain/", secondstep.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"
    ),
    # the second step
    path("kaksivaiheinen/", secondstep.Steps.as_view(), name="mfa_index"),
    path("kaksivaiheinen/sovellus/", secondstep.ActivateApp.as_view(), name="mfa_activate_totp"),
    path(
        "kaksivaiheinen/sovellus/poista/",
        DeactivateTOTPView.as_view(success_url=STEPS),
        name="mfa_deactivate_totp",
    ),
    path("kaksivaiheinen/avain/", secondstep.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "kaksivaiheinen/avain/<int:pk>/poista/",
        RemoveWebAuthnView.as_view(success_url=STEPS),
        name="mfa_remove_webauthn",
    ),
    path(
        "kaksivaiheinen/varakoodit/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "kaksivaiheinen/varakoodit/uudet/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    # passwords
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
    path("kutsu/<str:token>/", invitation.accept, name="invitation"),
    path("oma/", reading.own, name="own_reading"),
    path("kutsu/", views.signup, name="account_signup"),  # closed: says that accounts are made
]
