"""Addresses of sign-in: the library's pages, and ours before them."""

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
    path("", include("allauth.account.urls")),
    path("factors/set-up/", factors.set_up, name="factor_set_up"),
    path("factors/return/", factors.go_back, name="factor_return"),
    path("factors/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
