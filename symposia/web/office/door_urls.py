"""Addresses of the phones at the door, and of what people check themselves in with."""

from django.urls import URLPattern, path

from symposia.attendance.badge_lists import BADGES
from symposia.attendance.device_lists import DEVICES
from symposia.attendance.room_lists import ROOM_CODES, SESSION_CODES
from symposia.attendance.sheet_lists import SHEET_ROWS, SHEETS
from symposia.web.lists import list_urls
from symposia.web.office import badges, door_devices, self_check_in, sheets

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
    # sheets on paper
    *list_urls(
        "activities/<uuid:activity_pk>/sign-in-sheets/",
        SHEETS,
        template="office/sheets/list.html",
        extra=sheets.listed,
    ),
    path("activities/<uuid:activity_pk>/sign-in-sheets/new/", sheets.new, name="sign_in_sheet_new"),
    *list_urls(
        "sign-in-sheets/<uuid:pk>/",
        SHEET_ROWS,
        template="office/sheets/sheet.html",
        extra=sheets.rows_listed,
    ),
    path("sign-in-sheets/<uuid:pk>/sheet.pdf", sheets.pdf, name="sign_in_sheet_pdf"),
    path("sign-in-sheets/<uuid:pk>/entry/", sheets.enter, name="sign_in_sheet_entry"),
    # badges
    *list_urls(
        "activities/<uuid:activity_pk>/badges/",
        BADGES,
        template="office/badges/list.html",
        extra=badges.listed,
    ),
    path("activities/<uuid:activity_pk>/badges/design/", badges.design, name="badge_design"),
    path("activities/<uuid:activity_pk>/badges/test.pdf", badges.test_page, name="badge_test"),
    path("activities/<uuid:activity_pk>/badges/all/", badges.queue_all, name="badge_all"),
    path("activities/<uuid:activity_pk>/badges/printing/", badges.print_now, name="badge_printing"),
    path("badge-runs/<uuid:run>.pdf", badges.pdf, name="badge_run"),
    path("activities/<uuid:activity_pk>/badges/dropping/", badges.drop, name="badge_dropping"),
    path("registrations/<uuid:pk>/badge/", badges.queue, name="badge_new"),
    # codes on screens
    *list_urls(
        "activities/<uuid:activity_pk>/room-codes/",
        ROOM_CODES,
        template="office/self_check_in/rooms.html",
        extra=self_check_in.rooms_listed,
    ),
    path(
        "activities/<uuid:activity_pk>/room-codes/new/",
        self_check_in.open_screen,
        name="room_code_new",
    ),
    path(
        "activities/<uuid:activity_pk>/room-codes/<uuid:pk>/", self_check_in.room, name="room_code"
    ),
    path(
        "activities/<uuid:activity_pk>/room-codes/<uuid:pk>/screen/",
        self_check_in.screen,
        name="room_code_screen",
    ),
    path(
        "activities/<uuid:activity_pk>/room-codes/<uuid:pk>/end/",
        self_check_in.end_screen,
        name="room_code_end",
    ),
    # codes on slides
    *list_urls(
        "activities/<uuid:activity_pk>/session-codes/",
        SESSION_CODES,
        template="office/self_check_in/codes.html",
        extra=self_check_in.codes_listed,
    ),
    path(
        "activities/<uuid:activity_pk>/session-codes/new/",
        self_check_in.make_codes,
        name="session_codes_new",
    ),
    path(
        "activities/<uuid:activity_pk>/session-codes/<uuid:pk>/",
        self_check_in.code,
        name="session_code",
    ),
    path(
        "activities/<uuid:activity_pk>/session-codes/<uuid:pk>/end/",
        self_check_in.end_code,
        name="session_code_end",
    ),
]
