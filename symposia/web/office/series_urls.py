"""Addresses of series, of what was taken over, of applications and of enduring material."""

from django.urls import URLPattern, path

from symposia.activities.application_lists import APPLICATIONS
from symposia.activities.enduring_lists import ENDURING
from symposia.activities.series_lists import SERIES, SERIES_TEAM
from symposia.web.lists import list_urls
from symposia.web.office import applications, origins, series, series_board, series_team

urlpatterns: list[URLPattern] = [
    *list_urls("series/", SERIES, template="office/series/list.html", extra=series.listed),
    path("series/new/", series.new, name="series_new"),
    path("series/<uuid:pk>/", series_board.show, name="series"),
    path("series/<uuid:pk>/edit/", series.edit, name="series_edit"),
    path("series/<uuid:pk>/objectives/", series.objectives, name="series_objectives"),
    path("series/<uuid:pk>/plan/", series_team.plan, name="series_plan"),
    path("series/<uuid:pk>/team/new/", series_team.join, name="series_join"),
    path("series/<uuid:pk>/team/<uuid:member_pk>/removal/", series_team.leave, name="series_leave"),
    *list_urls("series/team/", SERIES_TEAM),
    path("series/<uuid:pk>/sessions/", series.sessions, name="series_sessions"),
    path("series/<uuid:pk>/exceptions/", series.exception, name="series_exception"),
    path(
        "series/<uuid:pk>/exceptions/<uuid:exception_pk>/removal/",
        series.exception_undo,
        name="series_exception_undo",
    ),
    path("series/<uuid:pk>/days/new/", series.extra_day, name="series_extra_day"),
    path("series/<uuid:pk>/holidays/", series.holidays, name="series_holidays"),
    path("series/<uuid:pk>/copy/", series.copy, name="series_copy"),
    path("series/<uuid:pk>/taken-over/<uuid:refresh_pk>/", series.look, name="series_look"),
    # activities made from activities
    path("activities/<uuid:pk>/clone/", origins.clone, name="activity_clone"),
    path("activities/<uuid:pk>/recording/", origins.recording, name="activity_recording"),
    path("activities/<uuid:pk>/taken-over/", origins.taken_over, name="activity_taken_over"),
    path(
        "activities/<uuid:pk>/taken-over/together/",
        origins.look_together,
        name="activity_look_together",
    ),
    path("activities/<uuid:pk>/taken-over/<uuid:refresh_pk>/", origins.look, name="activity_look"),
    path("activities/<uuid:pk>/term/", origins.term, name="activity_term"),
    *list_urls("enduring/", ENDURING),
    # applications
    *list_urls(
        "applications/",
        APPLICATIONS,
        template="office/applications/list.html",
        extra=applications.listed,
    ),
    path("applications/new/", applications.new, name="application_new"),
    path("applications/mine/", applications.mine, name="my_applications"),
    path("applications/<uuid:pk>/", applications.show, name="application"),
    path("applications/<uuid:pk>/reviewer/", applications.take, name="application_reviewer"),
    path("applications/<uuid:pk>/acceptance/", applications.accept, name="application_acceptance"),
    path("applications/<uuid:pk>/return/", applications.give_back, name="application_return"),
    path("applications/<uuid:pk>/refusal/", applications.refuse, name="application_refusal"),
]
