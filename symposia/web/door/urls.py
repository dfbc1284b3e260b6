"""Addresses of the door."""

from django.urls import URLPattern, URLResolver, path

from symposia.web.door import app, checkin, devices, scans, tablet, walk_ins

urlpatterns: list[URLPattern | URLResolver] = [
    path("door/", checkin.choose, name="door"),
    path("door/scans/", scans.scan, name="door_scan"),
    path("door/undos/", scans.undo, name="door_undo"),
    path("door/sheets/<uuid:pk>/", tablet.find, name="sheet_tablet"),
    path("door/sheets/<uuid:pk>/<int:position>/", tablet.sign, name="sheet_tablet_row"),
    path("door/devices/sync/", devices.sync, name="door_sync"),
    path("door/devices/pack/", devices.pack, name="door_pack"),
    path("door/devices/pairing/", devices.pair, name="door_pairing"),
    path("door/devices/farewell/", devices.farewell, name="door_farewell"),
    path("door/app/", app.app, name="door_app"),
    path("door/app/worker.js", app.worker, name="door_worker"),
    path("door/app/manifest.webmanifest", app.manifest, name="door_manifest"),
    path("door/<uuid:activity_pk>/", checkin.door, name="door_of_activity"),
    path("door/<uuid:activity_pk>/counts/", checkin.counts, name="door_counts"),
    path("door/<uuid:activity_pk>/checks/", checkin.check, name="door_check"),
    path(
        "door/<uuid:activity_pk>/checks/<uuid:event_uuid>/undo/",
        checkin.take_back,
        name="door_take_back",
    ),
    path("door/<uuid:activity_pk>/people/", checkin.search, name="door_search"),
    path("door/<uuid:activity_pk>/walk-in/", walk_ins.new, name="door_walk_in"),
    path("door/<uuid:activity_pk>/walk-ins/", walk_ins.create, name="door_walk_ins"),
]
