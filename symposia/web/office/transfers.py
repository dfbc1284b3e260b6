"""Transfers of value: the register, who had what of an activity, objections, what is owed."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.wall import Subject
from symposia.directory.models import Clinician
from symposia.finance.models import Posting
from symposia.finance.queries import amount_of, currency_of
from symposia.reporting.actions.attributing import attribute_costs, say_who_had
from symposia.reporting.actions.disputes import answer_dispute, keep_recipient_facts
from symposia.reporting.actions.years import owe_year_again, waive_year
from symposia.reporting.attributing import (
    attribution_of,
    room_of,
    said_of_costs,
    transfers_of,
)
from symposia.reporting.models import (
    SCHEME_OF,
    AttributedShare,
    TransferDispute,
    TransferOfValue,
    YearlyDue,
    YearlyDueState,
)
from symposia.reporting.recipients import facts_of_recipient, recipient_of
from symposia.reporting.transfer_lists import DISPUTE_TONES, TELLING_TONES, YEARLY_TONES
from symposia.reporting.transfer_rules import objection_to_attributing
from symposia.reporting.transfers.judging import SCHEME_NAMES
from symposia.reporting.transfers.schemes import scheme_rule, words_of
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import frame_of
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.transfer_forms import AnswerDisputeForm, RecipientForm, SharersForm
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest

FOLDER = "office/transfers"
_VIEW, _DO = Permission.VIEW_MONEY, Permission.POST_MONEY
# So many shares of a cost stand on the page; the register has them all.
MOST = 40
VIEWS = (
    ("transfers", gettext_lazy("Register")),
    ("transfer_disputes", gettext_lazy("Objections")),
    ("yearly_dues", gettext_lazy("Owed")),
    ("transfer_files", gettext_lazy("Files")),
    ("transfer_records", gettext_lazy("Records")),
    ("year_declarations", gettext_lazy("Declarations")),
)


def views_of(name: str) -> Any:
    """The other lists beside this one; whoever opens one opens all."""

    def views(request: UserRequest, **_kwargs: Any) -> dict[str, Any]:
        tabs = [Tab(label, reverse(each), current=each == name) for each, label in VIEWS]
        return {"views": tabs, "may_begin": request.access.everywhere(_DO)}

    return views


@require_GET
@requires(_VIEW, of_all=True)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One transfer: its figure explained, how it is told and why, its editions, objections."""
    return _page(request, _transfer(request, pk))


def _page(
    request: UserRequest, found: TransferOfValue, answer_form: Any = None, **more: Any
) -> HttpResponse:
    disputes = TransferDispute.objects.visible_to(request.access).filter(transfer=found)
    rows = AttributedShare.objects.visible_to(request.access)
    editions = rows.filter(source_key=found.source_key).order_by("-edition")
    context = {
        "transfer": found,
        "tone": TELLING_TONES[found.outcome],
        "scheme": SCHEME_NAMES.get(found.scheme, ""),
        "rule": scheme_rule(found.scheme) if found.scheme else None,
        "category": words_of(found.scheme, found.category),
        "editions": editions,
        "disputes": [(each, DISPUTE_TONES[each.state]) for each in disputes.order_by("-opened_at")],
        "answer_form": answer_form or AnswerDisputeForm(),
        "may_act": request.access.everywhere(_DO),
        "is_known": recipient_of(found) is not None,
    }
    return render(request, f"{FOLDER}/show.html", context, **more)


@require_POST
@requires(_DO, of_all=True)
def answer(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer an objection."""
    rows = TransferDispute.objects.visible_to(request.access, _DO)
    dispute = get_object_or_404(rows, pk=pk)
    form = AnswerDisputeForm(request.POST)
    if not form.is_valid():
        return _page(request, _transfer(request, dispute.transfer_id), form, status=422)
    said = form.cleaned_data
    act = partial(answer_dispute, dispute, said["state"], said["answer"], by=request.actor)
    return do(request, act, reverse("transfer", args=[dispute.transfer_id]), _("Answered."))


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def recipient(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What files ask of whoever had it."""
    found = _transfer(request, pk, _DO)
    of, kept = recipient_of(found), facts_of_recipient(found)
    back = reverse("transfer", args=[pk])
    if of is None:
        return redirect(back)
    names = ("street", "postal_code", "hospital_number", "body_type")
    first = {name: getattr(kept, name) for name in names} if kept else {}
    is_person = isinstance(of, Clinician)
    profession = of.profession if isinstance(of, Clinician) else ""
    form = RecipientForm(given(request), initial=first, is_person=is_person, profession=profession)

    def act(_said: dict[str, Any]) -> str:
        keep_recipient_facts(of, form.facts(), by=request.actor)
        return back

    title = _("What files ask of %(name)s") % {"name": found.name}
    return ask(request, form, Question(title, found.number, back, _("Save")), act)


@require_GET
@requires(_VIEW, of_all=True)
def of_activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Who had what of an activity, cost by cost, each figure with its sentence."""
    activity = _activity(request, pk)
    known = attribution_of(activity, currency_of(activity))
    transfers = transfers_of(activity)
    lines = [
        (line, [_shown(share, transfers) for share in line.shares[:MOST]], len(line.shares) - MOST)
        for line in known.lines
    ]
    context = frame_of(request, activity, "activity_money") | {
        "attribution": known,
        "lines": lines,
        "objection": objection_to_attributing(activity),
        "may_act": request.access.everywhere(_DO),
    }
    return render(request, f"{FOLDER}/activity.html", context)


def _shown(share: AttributedShare, transfers: dict[str, TransferOfValue]) -> dict[str, Any]:
    found = transfers.get(share.source_key)
    tone = TELLING_TONES[found.outcome] if found else ""
    return {"share": share, "transfer": found, "tone": tone}


@require_POST
@requires(_DO, of_all=True)
def divide(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Divide what stands in the books among those who had it."""
    act = partial(attribute_costs, _activity(request, pk, _DO), by=request.actor)
    return do(request, act, reverse("activity_transfers", args=[pk]), _("Divided."))


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def cost(request: UserRequest, activity_pk: uuid.UUID, pk: uuid.UUID) -> HttpResponse:
    """Say who had a cost."""
    activity = _activity(request, activity_pk, _DO)
    posting = get_object_or_404(Posting.objects.of(activity).select_related("line"), pk=pk)
    back = reverse("activity_transfers", args=[activity_pk])
    amount = amount_of(posting)
    said = said_of_costs([pk]).get(pk)
    room = room_of(activity)
    form = SharersForm(given(request), room=room, said=said, currency=amount.currency)
    if activity.is_independent:
        form.add_grant_fields()

    def act(_said: dict[str, Any]) -> str:
        say_who_had(posting, form.sharers(), by=request.actor)
        return back

    words = _("%(amount)s for %(what)s. What you say stands instead of what was said before.")
    note = words % {"amount": amount, "what": posting.line.description}
    objection = objection_to_attributing(activity)
    question = Question(_("Who had it"), str(activity), back, _("Save"), note, objection)
    return ask(request, form, question, act)


@require_GET
@requires(_VIEW, of_all=True)
def due(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What is owed of a year, by which rule, and how long its records are kept."""
    return _due_page(request, _due(request, pk))


def _due_page(
    request: UserRequest, found: YearlyDue, why_form: WhyForm | None = None, **more: Any
) -> HttpResponse:
    begin = f"{reverse('transfer_file_new')}?kind={found.kind}&year={found.year}"
    context = {
        "due": found,
        "tone": YEARLY_TONES[found.state],
        "rule": scheme_rule(SCHEME_OF[found.kind]),
        "is_open": found.state == YearlyDueState.OPEN,
        "is_waived": found.state == YearlyDueState.WAIVED,
        "may_act": request.access.everywhere(_DO),
        "begin_href": begin,
        "why_form": why_form or WhyForm(),
    }
    return render(request, f"{FOLDER}/due.html", context, **more)


@require_POST
@requires(_DO, of_all=True)
def waive(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Set a year aside, with the reason."""
    found, form = _due(request, pk), WhyForm(request.POST)
    if not form.is_valid():
        return _due_page(request, found, form, status=422)
    act = partial(waive_year, found, reason=form.cleaned_data["reason"], by=request.actor)
    return do(request, act, reverse("yearly_due", args=[pk]), _("Set aside."))


@require_POST
@requires(_DO, of_all=True)
def owe_again(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Owe a year again."""
    act = partial(owe_year_again, _due(request, pk), by=request.actor)
    return do(request, act, reverse("yearly_due", args=[pk]), _("It is owed again."))


def _due(request: UserRequest, pk: uuid.UUID) -> YearlyDue:
    return get_object_or_404(YearlyDue.objects.visible_to(request.access), pk=pk)


def _transfer(
    request: UserRequest, pk: uuid.UUID, permission: Permission = _VIEW
) -> TransferOfValue:
    rows = TransferOfValue.objects.visible_to(request.access, permission)
    rows = rows.select_related("activity", "share", "clinician", "institution")
    return get_object_or_404(rows, pk=pk)


def _activity(request: UserRequest, pk: uuid.UUID, permission: Permission = _VIEW) -> Activity:
    """Whose money somebody sees and from whose people no wall keeps them."""
    rows = Activity.objects.visible_to(request.access, permission, subject=Subject.LEARNERS)
    return get_object_or_404(rows.select_related("owner"), pk=pk)
