from django.urls import path

from symposia.web.content import files

urlpatterns = [
    path("healthz", files.alive, name="content_alive"),
    path("f/<str:ticket>/", files.content, name="content"),
]
