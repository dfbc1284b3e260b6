"""Addresses of the content origin: people's files and nothing else."""

from django.urls import include, path

urlpatterns = [path("", include("symposia.web.content.urls"))]
