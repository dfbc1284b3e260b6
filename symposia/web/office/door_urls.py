"""Addresses of the phones at the door."""

from django.urls import URLPattern, path

from symposia.attendance.device_lists import DEVICES
from symposia.web.lists import list_urls
from symposia.web.office import door_devices

urlpatterns: list[URLPattern] = [
    *list_urls(
        "activities/<uuid:activity_pk>/phones/",
        DEVICES,
        template="office/door_devices/list.html",
        extra=door_devices.listed,
    ),
    path("activities/<uuid:activity_pk>/phones/codes/", door_devices.make, name="door_device_new"),
    path("activities/<uuid:activity_pk>/phones/<uuid:pk>/", door_devices.show, name="door_device"),
    path(
        "activities/<uuid:activity_pk>/phones/<uuid:pk>/revocation/",
        door_devices.revoke,
        name="door_device_revocation",
    ),
]
