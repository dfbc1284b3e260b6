"""Addresses around the attendance of an activity."""

from django.urls import URLPattern, path

from symposia.attendance.check_lists import CHECK_ANSWERS, PRESENCE_CHECKS
from symposia.attendance.conflict_lists import CONFLICTS, UNMATCHED_PEOPLE
from symposia.attendance.connection_lists import MEETING_CONNECTIONS
from symposia.attendance.file_lists import PRESENCE_FILES, PRESENCE_ROWS
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.rule_lists import PRESENCE_RULES
from symposia.web.lists import list_urls
from symposia.web.office import (
    attendance,
    conflicts,
    live_room,
    meeting_connections,
    occupancy,
    presence_checks,
    presence_files,
    presence_rules,
)

urlpatterns: list[URLPattern] = [
    *list_urls(
        "activities/<uuid:activity_pk>/attendance/",
        ATTENDANCE,
        template="office/attendance/list.html",
        extra=attendance.listed,
    ),
    path("activities/<uuid:pk>/attendance/live/", attendance.live, name="attendance_live"),
    path("activities/<uuid:pk>/live-room/", live_room.room, name="live_room"),
    path("activities/<uuid:pk>/live-room/occupancy/", occupancy.show, name="occupancy"),
    path(
        "activities/<uuid:pk>/live-room/occupancy.csv", occupancy.minutes_csv, name="occupancy_csv"
    ),
    path("live-room/changes/", live_room.changes, name="live_room_changes"),
    # conflicts, decided and signed
    *list_urls(
        "activities/<uuid:activity_pk>/attendance/conflicts/",
        CONFLICTS,
        template="office/attendance/conflicts.html",
        extra=conflicts.listed,
    ),
    path(
        "activities/<uuid:pk>/attendance/conflicts/refresh/",
        conflicts.look_again,
        name="conflicts_refresh",
    ),
    path("activities/<uuid:pk>/attendance/signature/", conflicts.sign, name="attendance_signature"),
    path("conflicts/<uuid:pk>/", conflicts.show, name="conflict"),
    path("conflicts/<uuid:pk>/decision/", conflicts.decide, name="conflict_decision"),
    path("conflicts/<uuid:pk>/similar/", conflicts.accept_similar, name="conflict_similar"),
    path("conflicts/<uuid:pk>/reopening/", conflicts.reopen, name="conflict_reopening"),
    # how a missing check-out counts
    *list_urls(
        "presence-rules/",
        PRESENCE_RULES,
        template="office/attendance/rules.html",
        extra=presence_rules.listed,
    ),
    path("presence-rules/new/", presence_rules.new, name="presence_rule_new"),
    # presence checks and polls
    *list_urls(
        "activities/<uuid:activity_pk>/attendance/checks/",
        PRESENCE_CHECKS,
        template="office/presence_checks/list.html",
        extra=presence_checks.listed,
    ),
    path(
        "activities/<uuid:activity_pk>/attendance/checks/new/",
        presence_checks.ask_now,
        name="presence_check_new",
    ),
    *list_urls(
        "presence-checks/<uuid:pk>/",
        CHECK_ANSWERS,
        template="office/presence_checks/answers.html",
        extra=presence_checks.results,
    ),
    path(
        "presence-checks/<uuid:pk>/closing/", presence_checks.close, name="presence_check_closing"
    ),
    # online meetings whose vendors tell who joins
    *list_urls(
        "activities/<uuid:activity_pk>/attendance/connections/",
        MEETING_CONNECTIONS,
        template="office/meeting_connections/list.html",
        extra=meeting_connections.listed,
    ),
    path(
        "activities/<uuid:activity_pk>/attendance/connections/new/",
        meeting_connections.connect,
        name="meeting_connection_new",
    ),
    path(
        "activities/<uuid:activity_pk>/attendance/connections/<uuid:pk>/",
        meeting_connections.show,
        name="meeting_connection",
    ),
    path(
        "activities/<uuid:activity_pk>/attendance/connections/<uuid:pk>/ending/",
        meeting_connections.end,
        name="meeting_connection_end",
    ),
    # logs of meetings and lists
    *list_urls(
        "activities/<uuid:activity_pk>/attendance/files/",
        PRESENCE_FILES,
        template="office/attendance/files.html",
        extra=presence_files.listed,
    ),
    path(
        "activities/<uuid:pk>/attendance/files/new/", presence_files.new, name="presence_file_new"
    ),
    *list_urls(
        "presence-files/<uuid:pk>/",
        PRESENCE_ROWS,
        template="office/attendance/file.html",
        extra=presence_files.rows_listed,
    ),
    path("presence-files/<uuid:pk>/columns/", presence_files.match, name="presence_file_columns"),
    path("presence-files/<uuid:pk>/import/", presence_files.bring_in, name="presence_file_import"),
    *list_urls(
        "activities/<uuid:activity_pk>/attendance/unmatched/",
        UNMATCHED_PEOPLE,
        template="office/attendance/unmatched.html",
        extra=conflicts.people_listed,
    ),
]
