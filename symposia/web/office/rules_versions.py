"""Versions of packs that the organisation writes: drafted, tested, weighed, published by two."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.compliance.actions.drafting import (
    NewVersion,
    add_value,
    begin_from_file,
    begin_version,
    change_head,
    change_rule,
    propose_version,
    publish_version,
    return_version,
    withdraw_version,
)
from symposia.compliance.drafts import Checked, check_text
from symposia.compliance.lists import RESULT_TONES, TONES
from symposia.compliance.models import OwnPack
from symposia.compliance.packfile import Pack
from symposia.compliance.policies import SAME_PERSON
from symposia.compliance.queries.impact import Impact, impact_of, pack_in, starting_points
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.rules_exceptions import ReasonForm
from symposia.web.office.rules_forms import (
    FileForm,
    HeadForm,
    RuleEditor,
    ValueForm,
    VersionForm,
)
from symposia.web.office.rules_views import views_of
from symposia.web.requests import UserRequest

FOLDER = "office/rules"
WRITES = ["GET", "HEAD", "POST"]
YEAR = timedelta(days=365)
LISTED = 100
# What may rest on an activity: its name, and the page of one.
HANGING = {
    "certificates": (gettext_lazy("Certificates"), "certificate"),
    "disclosures": (gettext_lazy("Disclosures"), "contributor"),
}


def _or_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A version that cannot be read or tried any more is shown with the reason, on its own page."""

    @wraps(view)
    def shown(request: UserRequest, pk: uuid.UUID, **more: str) -> HttpResponse:
        try:
            return view(request, pk, **more)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("rule_version", pk)

    return shown


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Begin a draft from a version that exists."""
    points = {f"{row.code} {row.version}": row for row in starting_points()}
    form = VersionForm(given(request), initial={"base": request.GET.get("base", "")})
    form.fields["base"].choices = [(key, str(row)) for key, row in points.items()]  # type: ignore[attr-defined]

    def act(said: dict[str, Any]) -> str:
        row = points[said.pop("base")]
        return _address(begin_version(row, NewVersion(**said), by=request.actor))

    back = reverse("rule_versions")
    question = Question(_("New version"), _("Your own versions"), back, _("Begin a draft"))
    return ask(request, form, question, act)


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
def from_file(request: UserRequest) -> HttpResponse:
    """Begin a draft from the text of a pack's file."""

    def act(said: dict[str, Any]) -> str:
        own = begin_from_file(said["text"], reason=said["reason"], by=request.actor)
        return _address(own)

    back = reverse("rule_versions")
    question = Question(_("From a file"), _("Your own versions"), back, _("Begin a draft"))
    return ask(request, FileForm(given(request)), question, act)


@require_GET
@requires(Permission.VIEW_RULES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A version: what is wrong with it, what its examples say, who did what, what comes next."""
    own = _own(request, pk)
    context = _context(request, own, check_text(own.source))
    return render(request, f"{FOLDER}/version.html", context)


def _context(request: UserRequest, own: OwnPack, checked: Checked) -> dict[str, Any]:
    proposed_by_me = own.proposed_by_id == request.user.pk
    return {
        "own": own,
        "pack": checked.pack,
        "problems": checked.problems,
        "proofs": checked.proofs,
        "failed": sum(not proof.holds for proof in checked.proofs),
        "tone": TONES[own.state],
        "same_person": SAME_PERSON if own.is_proposed and proposed_by_me else None,
        "impact": own.impact,
        **views_of(request, "rule_versions"),
    }


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
def head(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another title, another day to begin."""
    own = _own(request, pk)
    first = {
        "title": own.title,
        "effective_from": own.effective_from,
        "seen_revision": own.revision,
    }

    def act(said: dict[str, Any]) -> str:
        changed = change_head(own, by=request.actor, **said)
        messages.success(request, _("Saved."))
        return _address(changed)

    question = Question(_("Title and day"), str(own), _address(own), _("Save"))
    return ask(request, HeadForm(given(request), initial=first), question, act)


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
@_or_back
def rule(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    """One rule of a draft: its words, its table, its worked examples."""
    own = _own(request, pk)
    pack = pack_in(own)
    found = next((each for each in pack.rules if each.code == code), None)
    if found is None or found.table is None:
        raise Http404
    editor = RuleEditor(pack, found, own.revision, given(request))
    if request.method == "POST" and editor.is_valid():
        try:
            seen = editor.words.cleaned_data["seen_revision"]
            change_rule(own, code, editor.edit(), seen_revision=seen, by=request.actor)
            messages.success(request, _("The rule is changed; its examples ran."))
            return redirect("rule_version_rule", pk, code)
        except Refused as refused:
            editor.words.add_error(None, str(refused))
    context = {"own": own, "rule": found, "editor": editor, **_proved(own, pack, code)}
    status = 422 if request.method == "POST" else 200
    return render(request, f"{FOLDER}/rule.html", context, status=status)


def _proved(own: OwnPack, pack: Pack, code: str) -> dict[str, Any]:
    checked = check_text(own.source)
    known = [*pack.rule(code).facts]
    return {
        "problems": [each for each in checked.problems if each.startswith(f"{code}:")],
        "proofs": [each for each in checked.proofs if each.case.rule == code],
        "facts": [(name, pack.labels.get(name, name)) for name in known],
        "tones": RESULT_TONES,
    }


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
@_or_back
def value(request: UserRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Another value of a parameter from a day on."""
    own = _own(request, pk)
    found = [each for each in pack_in(own).parameters if each.name == name]
    if not found:
        raise Http404
    first = {"effective_from": own.effective_from, "seen_revision": own.revision}
    form = ValueForm(found[0], given(request), initial=first)

    def act(said: dict[str, Any]) -> str:
        seen = said["seen_revision"]
        added = add_value(own, name, form.edit(), seen_revision=seen, by=request.actor)
        messages.success(request, _("The value is added; the examples ran with it."))
        return _address(added)

    question = Question(found[0].label.capitalize(), str(own), _address(own), _("Add value"))
    return ask(request, form, question, act)


@require_GET
@requires(Permission.MANAGE_RULES, of_all=True)
@_or_back
def impact(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Which activities the version would judge differently, and how."""
    own, today = _own(request, pk), local_day()
    found = impact_of(pack_in(own), first=max(today, own.effective_from))
    return render(request, f"{FOLDER}/impact.html", _impact(own, found))


@require_GET
@requires(Permission.MANAGE_RULES, of_all=True)
@_or_back
def simulation(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What the version would have said of the activities of the last year."""
    own, today = _own(request, pk), local_day()
    found = impact_of(pack_in(own), first=today - YEAR, last=today)
    return render(request, f"{FOLDER}/impact.html", _impact(own, found, is_simulation=True))


def _impact(own: OwnPack, found: Impact, *, is_simulation: bool = False) -> dict[str, Any]:
    rows = [(HANGING[kind], len(each), each[:LISTED]) for kind, each in found.hanging.items()]
    hanging = [row for row in rows if row[1]]
    return {"own": own, "impact": found, "is_simulation": is_simulation, "hanging": hanging}


@require_GET
@requires(Permission.VIEW_RULES)
def file(request: UserRequest, pk: uuid.UUID) -> HttpResponse:  # the gate reads it
    """The text of a version, as it is kept and hashed."""
    own = _own(request, pk)
    response = HttpResponse(own.source, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{own.code}-{own.version}.json"'
    return response


@require_POST
@requires(Permission.MANAGE_RULES, of_all=True)
def propose(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask a second person to publish exactly this text."""
    own, seen = _own(request, pk), request.POST.get("seen", "")
    act = partial(propose_version, own, seen_sha256=seen, by=request.actor)
    return do(request, act, _address(own), _("A second person can publish it now."))


@require_POST
@requires(Permission.MANAGE_RULES, of_all=True)
def publish(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Publish exactly the text that was read, as the second person."""
    own, seen = _own(request, pk), request.POST.get("seen", "")
    act = partial(publish_version, own, seen_sha256=seen, by=request.actor)
    return do(request, act, _address(own), _("Published; it applies from its day on."))


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
def give_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a proposed version back to be changed, with the reason."""
    own = _own(request, pk)

    def act(said: dict[str, Any]) -> str:
        return _address(return_version(own, by=request.actor, **said))

    question = Question(_("Give it back"), str(own), _address(own), _("Give back"))
    return ask(request, ReasonForm(given(request)), question, act)


@require_http_methods(WRITES)
@requires(Permission.MANAGE_RULES, of_all=True)
def withdraw(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a version up before it is published."""
    own = _own(request, pk)

    def act(said: dict[str, Any]) -> str:
        return _address(withdraw_version(own, by=request.actor, **said))

    question = Question(_("Give the version up"), str(own), _address(own), _("Give it up"))
    return ask(request, ReasonForm(given(request)), question, act)


def _own(request: UserRequest, pk: uuid.UUID) -> OwnPack:
    return get_object_or_404(OwnPack.objects.visible_to(request.access), pk=pk)


def _address(own: OwnPack) -> str:
    return reverse("rule_version", args=[own.pk])
