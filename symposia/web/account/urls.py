from django.urls import include, path

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("factors/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
