"""The content origin beside the product on one test server: by its number, not by its name."""

from django.urls import include, path

urlpatterns = [
    path("", include("symposia.web.content.urls")),
    path("", include("config.urls")),
]
