"""Addresses of learners, a block per resource."""

from django.urls import URLPattern, URLResolver, path

from symposia.web.learner import tickets

urlpatterns: list[URLPattern | URLResolver] = [
    # tickets
    path("t/<str:token>/", tickets.ticket, name="ticket"),
    path("t/<str:token>/calendar.ics", tickets.calendar, name="ticket_calendar"),
    path("t/<str:token>/cancellation/", tickets.cancel, name="ticket_cancellation"),
]
