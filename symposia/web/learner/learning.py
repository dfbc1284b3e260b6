"""My learning: the own places, credit and certificates of whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.credits.letters import learning_path
from symposia.credits.milestones import milestones_of
from symposia.credits.queries import learning_of
from symposia.learning.discussing import talked_of_among
from symposia.learning.queries import studied_among
from symposia.registrations.letters import ticket_link
from symposia.registrations.staffing import groups_led_by
from symposia.web.gates import requires
from symposia.web.requests import UserRequest


@require_GET
@requires(Permission.OWN_LEARNING)
def learning(request: UserRequest) -> HttpResponse:
    """Every activity of the learner in this organisation, the latest first."""
    code = request.organisation.code
    mine = learning_of(request.user.pk)
    studied = studied_among(each.registration.activity for each in mine.activities)
    talked_of = talked_of_among(each.registration.activity for each in mine.activities)
    rows = [
        {
            "one": each,
            "is_studied": each.registration.activity_id in studied,
            "is_to_come": each.registration.activity.is_upcoming
            and each.registration.activity_id not in studied,
            "finish_href": learning_path(code, each.registration.pk),
            "talk_href": learning_path(code, each.registration.pk, "my_discussions")
            if each.registration.activity_id in talked_of and each.registration.is_confirmed
            else "",
            "ticket_href": ticket_link(code, each.registration.pk),
        }
        for each in mine.activities
    ]
    reached = milestones_of(request.user.pk, request.organisation.zone)
    context = {"rows": rows, "mine": mine, "reached": reached}
    context["groups"] = groups_led_by(request.user.pk)
    return render(request, "learner/learning/learning.html", context)
