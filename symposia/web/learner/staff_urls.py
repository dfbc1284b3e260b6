"""Addresses of whoever looks after a group of staff."""

from django.urls import URLPattern, path

from symposia.credits.staff_lists import STAFF, STAFF_LICENCES, STAFF_PROGRESS
from symposia.web.learner import staff
from symposia.web.lists import list_urls

_GROUP = "my-groups/<uuid:group_pk>/"
urlpatterns: list[URLPattern] = [
    path("my-groups/", staff.mine, name="my_groups"),
    path(_GROUP, staff.show, name="my_group"),
    *list_urls(
        f"{_GROUP}people/",
        STAFF,
        template="learner/staff/list.html",
        extra=staff.listed(STAFF.name),
    ),
    *list_urls(
        f"{_GROUP}progress/",
        STAFF_PROGRESS,
        template="learner/staff/progress.html",
        extra=staff.listed(STAFF_PROGRESS.name),
    ),
    *list_urls(
        f"{_GROUP}licences/",
        STAFF_LICENCES,
        template="learner/staff/list.html",
        extra=staff.listed(STAFF_LICENCES.name),
    ),
    path(f"{_GROUP}enrolments/", staff.enrol, name="my_staff_enrolments"),
    path(f"{_GROUP}withdrawals/", staff.take_out, name="my_staff_withdrawals"),
    path(f"{_GROUP}reminders/", staff.remind, name="my_staff_reminders"),
]
