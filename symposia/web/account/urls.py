"""Addresses of sign-in: the library's pages, and ours before them."""

from allauth.account.views import password_set
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn
from django.urls import include, path

from symposia.web.account import factors, links, membership, profile

urlpatterns = [
    path("link/", links.request_link, name="sign_in_link"),
    path("link/sent/", links.sent, name="sign_in_link_sent"),
    path("link/<str:token>/", links.confirm, name="sign_in_link_confirm"),
    path("link/<str:token>/use/", links.use, name="sign_in_link_use"),
    path("membership/<str:token>/", membership.offer, name="membership_offer"),
    path("membership/<str:token>/acceptance/", membership.accept, name="membership_acceptance"),
    path("profile/", profile.profile, name="profile"),
    path("email/", profile.address, name="account_email"),
    path("password/set/", factors.lately_signed_in(password_set), name="account_set_password"),
    path("", include("allauth.account.urls")),
    path("factors/set-up/", factors.set_up, name="factor_set_up"),
    path("factors/return/", factors.go_back, name="factor_return"),
    path(
        "factors/totp/activate/",
        factors.lately_signed_in(activate_totp),
        name="mfa_activate_totp",
    ),
    path("factors/webauthn/add/", factors.lately_signed_in(add_webauthn), name="mfa_add_webauthn"),
    path("factors/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
