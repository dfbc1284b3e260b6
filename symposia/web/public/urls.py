"""Addresses that anybody may open, a block per resource."""

from django.urls import URLPattern, URLResolver, path

from symposia.web.public import activity

urlpatterns: list[URLPattern | URLResolver] = [
    # activities
    path("a/<slug:code>/<str:number>/", activity.activity, name="public_activity"),
    path("a/<slug:code>/<str:number>/asked/", activity.asked, name="public_activity_asked"),
    path(
        "a/<slug:code>/<str:number>/registration/",
        activity.register,
        name="public_activity_registration",
    ),
]
