"""Addresses of the calendar, and of what is arranged around activities."""

from django.urls import URLPattern, path

from symposia.activities.arrangement_lists import ARRANGEMENTS
from symposia.activities.calendar_lists import CALENDAR_FEEDS, CLOSED_DAYS
from symposia.web.lists import list_urls
from symposia.web.office import calendar, calendar_days, calendar_feeds, logistics

urlpatterns: list[URLPattern] = [
    path("calendar/", calendar.show, name="calendar"),
    *list_urls(
        "calendar/closed-days/",
        CLOSED_DAYS,
        template="office/calendar/closed_days.html",
        extra=calendar_days.listed,
    ),
    path("calendar/closed-days/new/", calendar_days.new, name="closed_day_new"),
    path("calendar/closed-days/<uuid:pk>/", calendar_days.show, name="closed_day"),
    path(
        "calendar/closed-days/<uuid:pk>/removal/", calendar_days.remove, name="closed_day_removal"
    ),
    *list_urls(
        "calendar/feeds/",
        CALENDAR_FEEDS,
        template="office/calendar/feeds.html",
        extra=calendar_feeds.listed,
    ),
    path("calendar/feeds/new/", calendar_feeds.make, name="calendar_feed_new"),
    path("calendar/feeds/<uuid:pk>/", calendar_feeds.show, name="calendar_feed"),
    path(
        "calendar/feeds/<uuid:pk>/rotation/", calendar_feeds.rotate, name="calendar_feed_rotation"
    ),
    path(
        "calendar/feeds/<uuid:pk>/revocation/",
        calendar_feeds.revoke,
        name="calendar_feed_revocation",
    ),
    path(
        "activities/<uuid:pk>/calendar.ics", calendar_feeds.activity_file, name="activity_calendar"
    ),
    path("series/<uuid:pk>/calendar.ics", calendar_feeds.series_file, name="series_calendar"),
    # catering, travel, stay
    *list_urls("arrangements/", ARRANGEMENTS),
    path("arrangements/<uuid:pk>/", logistics.arrangement, name="arrangement"),
    path("arrangements/<uuid:pk>/edit/", logistics.edit, name="arrangement_edit"),
    path("arrangements/<uuid:pk>/steps/<slug:to>/", logistics.step, name="arrangement_step"),
    path("activities/<uuid:pk>/logistics/", logistics.show, name="activity_logistics"),
    path("activities/<uuid:pk>/logistics/new/", logistics.new, name="arrangement_new"),
    path("activities/<uuid:pk>/logistics/rules/", logistics.preview, name="arrangement_preview"),
    path("activities/<uuid:pk>/logistics/estimate/", logistics.take_in, name="logistics_estimate"),
]
