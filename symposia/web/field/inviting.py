"""Inviting from the phone: choose, look at the numbers, send; remind, recall, pass on by hand."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.outreach.actions.field import invite_chosen, remind_own_invited
from symposia.outreach.actions.waves import recall_wave
from symposia.outreach.audience import sorted_for
from symposia.outreach.candidates import choice_for, doctors_for, unanswered_by
from symposia.outreach.lists import CANDIDATES
from symposia.outreach.models import Campaign
from symposia.outreach.policies import NOBODY, objection_to_inviting, objection_to_reminding
from symposia.outreach.queries import candidates_of
from symposia.outreach.selection import Sorted
from symposia.shared.lists import page_of
from symposia.shared.refusals import Refused
from symposia.web.field.given import given_number, ids_of
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import do
from symposia.web.office.handing import handing_page
from symposia.web.requests import UserRequest

# As many as a phone keeps of one wave to be sent later.
MOST_CHOSEN = 500


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE)
def choose(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """My doctors with a box beside each; whoever may not be asked says why and has none. A search
    and the pager send the form, so that who is ticked stays ticked; nothing is written."""
    activity = activity_or_404(request, pk, Permission.INVITE)
    return _choosing(request, activity)


def _choosing(request: UserRequest, activity: Activity, problem: str = "") -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    text = sent.get("q", "")
    given = {name: [sent.get(name, "")] for name in ("q", "after", "before")}
    page = page_of(CANDIDATES, doctors_for(request.access, activity, text), given)
    choice = choice_for(activity, page.rows, request.access, at=now())
    chosen = set(ids_of(sent.getlist("clinician"))[:MOST_CHOSEN])
    here = {each.clinician.pk for each in choice.candidates}
    context = {
        "activity": activity,
        "choice": choice,
        "page": page,
        "text": text,
        "problem": problem,
        "chosen": chosen,
        "elsewhere": ",".join(sorted(str(each) for each in chosen - here)),
        "objection": objection_to_inviting(activity, at=now()),
        "free": sum(each.objection is None for each in choice.candidates),
    }
    status = 422 if problem else 200
    return render(request, "field/choose.html", context, status=status)


@require_POST
@requires(Permission.INVITE)
def review(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The dry run: who would get it, and who not for which reason; nothing is sent yet."""
    activity = activity_or_404(request, pk, Permission.INVITE)
    people = _chosen(request, activity)
    if not people:
        return _choosing(request, activity, _("Choose at least one person."))
    return _reviewed(request, activity, people)


def _reviewed(
    request: UserRequest, activity: Activity, people: list[Clinician], problem: str = ""
) -> HttpResponse:
    answer = sorted_for(activity, people, request.access)
    n = len(answer.invited)
    context = {
        "activity": activity,
        "answer": answer,
        "chosen": ",".join(str(each.pk) for each in people),
        "n": n,
        "of": len(people),
        "left_out": len(answer.skipped),
        "problem": problem,
        "objection": objection_to_inviting(activity, at=now()) or (None if n else NOBODY),
        "send_label": ngettext("Send %(n)d invitation", "Send %(n)d invitations", n) % {"n": n},
    }
    return render(request, "field/review.html", context, status=422 if problem else 200)


@require_POST
@requires(Permission.INVITE)
def send(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send to exactly as many as the page named."""
    activity = activity_or_404(request, pk, Permission.INVITE)
    people = _chosen(request, activity)
    try:
        _wave, answer = invite_chosen(
            activity,
            people,
            access=request.access,
            seen=given_number(request.POST.get("seen", "")),
            by=request.actor,
        )
    except Refused as refused:
        return _reviewed(request, activity, people, str(refused))
    messages.success(request, words_of_sending(answer))
    return redirect("field_event", pk)


def words_of_sending(answer: Sorted) -> str:
    """What becomes of the chosen, in a sentence."""
    n, of = len(answer.invited), len(answer.invited) + len(answer.skipped)
    said = ngettext(
        "%(n)d of %(of)d invitation leaves in a minute.",
        "%(n)d of %(of)d invitations leave in a minute.",
        of,
    ) % {"n": n, "of": of}
    return " ".join(
        [said, *(f"{each.clinician.called}: {each.objection}." for each in answer.skipped[:3])]
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE)
def remind(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Remind whom I invited and who has not answered; looking at the numbers sends nothing."""
    activity = activity_or_404(request, pk, Permission.INVITE)
    if request.method == "GET":
        return _before_reminding(request, activity)
    seen = given_number(request.POST.get("seen", ""))
    try:
        _wave, answer = remind_own_invited(
            activity, access=request.access, seen=seen, by=request.actor
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words_of_reminding(answer))
    return redirect("field_event", pk)


def _before_reminding(request: UserRequest, activity: Activity) -> HttpResponse:
    """The dry run: whom a reminder would reach, and whom not for which reason."""
    answer = unanswered_by(activity, request.access, at=now())
    n = len(answer.invited)
    context = {
        "activity": activity,
        "answer": answer,
        "n": n,
        "of": n + len(answer.skipped),
        "left_out": len(answer.skipped),
        "objection": objection_to_reminding(activity, n, at=now()),
        "send_label": ngettext("Remind %(n)d person", "Remind %(n)d people", n) % {"n": n},
    }
    return render(request, "field/remind.html", context)


def words_of_reminding(answer: Sorted) -> str:
    """How many are reminded."""
    n = len(answer.invited)
    said = ngettext(
        "%(n)d person is reminded in a minute.", "%(n)d people are reminded in a minute.", n
    )
    return said % {"n": n}


@require_POST
@requires(Permission.INVITE)
def recall(request: UserRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Keep back what of an own wave has not left."""
    campaigns = Campaign.objects.visible_to(request.access, Permission.INVITE).for_list()
    campaign = get_object_or_404(campaigns, pk=pk)
    wave = get_object_or_404(campaign.waves, number=number, released_by_id=request.user.pk)
    back = reverse("field_event", args=[campaign.activity_id])
    done = _("What had not left is kept back.")
    return do(request, lambda: recall_wave(wave, by=request.actor), back, done)


@answers_with_a_secret("field_day")
@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE)
def share(request: UserRequest, pk: uuid.UUID, clinician_pk: uuid.UUID) -> HttpResponse:
    """Pass the invitation on by chat or text message from this phone."""
    return handing_page(request, pk, clinician_pk, template="field/share.html")


def _chosen(request: UserRequest, activity: Activity) -> list[Clinician]:
    """Whom somebody ticked, or everybody they may choose from; never any they may not see."""
    if request.POST.get("scope") == "all":
        text = request.POST.get("asked", request.POST.get("q", ""))
        return list(doctors_for(request.access, activity, text))
    return candidates_of(request.access, ids_of(request.POST.getlist("clinician")))
