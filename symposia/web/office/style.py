"""The living style page: every component in every state, with invented words."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from symposia.curriculum.queries.surveys import Point
from symposia.shared.money import Money
from symposia.web.gates import signed_in
from symposia.web.parts import (
    Change,
    Chip,
    Column,
    Document,
    Entry,
    Fact,
    Figure,
    Job,
    Node,
    Requirement,
    Stage,
    Step,
    Tab,
    Upload,
)
from symposia.web.templatetags.ui import ICONS

ZONE = "Asia/Kolkata"
STARTS = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)
ENDS = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
SIGNED = datetime(2026, 3, 9, 8, 42, tzinfo=UTC)
HASH = "9f3c77a1d2b84e60c5f1e81a"

CHOICES = [("again", _("I will do it differently")), ("same", _("I already do it"))]
COLOURS = (
    *("canvas", "surface", "sunken", "selected", "line", "control", "text", "muted", "accent"),
    *("soft", "ok", "warn", "stop", "info", "seal", "c1", "c2", "c3", "c4", "c5"),
)


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("Name as on the licence"), help_text=_("Printed on the certificate.")
    )
    licence = forms.CharField(label=_("Licence number"), required=False)
    fee = forms.DecimalField(label=_("Fee"))
    ends = forms.TimeField(
        label=_("End time"),
        error_messages={"invalid": _("Write the end time as hours and minutes, 20:00")},
    )
    funder = forms.ChoiceField(label=_("Funder"), choices=[("norvella", "Norvella Pharma")])
    need = forms.CharField(label=_("Why it is needed"), widget=forms.Textarea, required=False)
    change = forms.ChoiceField(
        label=_("Will you change your practice?"), choices=CHOICES, widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label=_("I claim only the credit for the time I took part"))


class FilesForm(forms.Form):
    """A field that takes a file."""

    slides = forms.FileField(label=_("Slides"), help_text=_("PDF or PPTX, at most 50 MB."))


def _lists() -> dict[str, Any]:
    return {
        "tabs": [
            Tab(_("Invited"), "#invited", count=412),
            Tab(_("Registered"), "#registered", current=True, count=96, changed=True),
            Tab(_("Waitlist"), "#waitlist", count=11),
            Tab(_("Faculty"), "#faculty", count=6, alert=_("one disclosure is missing")),
        ],
        "chips": [
            Chip(_("Status"), _("is"), _("Registered"), "#status", "#edit"),
            Chip(_("Specialty"), _("is one of"), _("Neurology, Medicine"), "#specialty"),
        ],
        "columns": [
            Column(_("Name"), sort_href="#name", sorted="ascending"),
            Column(_("Institution"), sort_href="#institution"),
            Column(_("Registered")),
            Column(_("State")),
            Column(_("Fee, INR"), kind="n"),
        ],
    }


def _records() -> dict[str, Any]:
    return {
        "nodes": [
            Node(_("Needs and objectives"), "sealed", "#needs", detail=_("Signed by A. Shah")),
            Node(_("Faculty invited"), "done", "#faculty", count="6/6"),
            Node(
                *(_("Disclosures"), "blocked", "#disclosures", "5/6", _("Missing:")),
                *(_("3 days late"), "Dr Sameer Rao", "#rao"),
            ),
            Node(_("Publish agenda"), "now", detail=_("Waits on the one above")),
            Node(_("Credits and certificates"), "waiting"),
        ],
        "entries": [
            Entry(
                *(_("Approved and sealed"), SIGNED, "Meera Nair", "", "lock", "seal", HASH),
                changes=[Change(_("Venue"), "Hotel Raigad View", "Hotel Sinhagad Court")],
            ),
            Entry(_("Room changed"), SIGNED, "Asha Kulkarni", _("Hall B, now Hall A")),
            Entry(_("Invitations sent"), SIGNED, "", _("to 412 clinicians"), "mail"),
        ],
        "changes": [
            Change(_("Venue"), "Hotel Raigad View", "Hotel Sinhagad Court"),
            Change(
                *(_("Meal per head"), "INR 2,100", "INR 2,650", _("INR 150 over the cap of 2,500")),
            ),
        ],
        "documents": [Document("agenda-v4.pdf", HASH, "#agenda"), Document("budget.xlsx", HASH)],
        "facts": [
            Fact(_("Number"), "CERT-2026-0081", mono=True),
            Fact(_("Provider"), "Bhima Valley CME", "#provider"),
            Fact(_("Date"), "12 Mar 2026"),
        ],
    }


ROUNDS = ((1, "2.1", 12), (2, "2.9", 15), (3, "3.6", 14))


def _figures() -> dict[str, Any]:
    evaluation = Requirement(_("Evaluation"), "open", _("6 questions, 2 minutes"), href="#go")
    attended = Requirement(_("Attendance"), "done", _("82 of 90 minutes"))
    return {
        "rounds": [Point(n, None, Decimal(mean), answers) for n, mean, answers in ROUNDS],
        "three_of_four": [attended, attended, Requirement(_("Post-test"), "done"), evaluation],
        "one_of_four": [attended, evaluation, evaluation, evaluation],
        "all_sealed": [Requirement(_("Attendance"), "sealed")] * 4,
        "figures": [
            Figure(_("Estimate"), "6,20,000", "#estimate", "INR"),
            Figure(_("Committed"), "5,71,000", "#committed", _("of 6,20,000")),
            Figure(_("Actual"), "3,96,000", "#actual", _("in 14 entries")),
            Figure(_("Per attendee"), "4,829", "", _("82 attended")),
        ],
        "steps": [
            Step(_("Invited"), 412, "#invited"),
            Step(_("Opened"), 318, "#opened"),
            Step(_("Registered"), 96, "#registered"),
            Step(_("Attended"), 82, "#attended"),
            Step(_("Credited"), 71, "#credited"),
        ],
        "stages": [
            Stage(_("Upload"), "done"),
            Stage(_("Match columns"), "done"),
            Stage(_("Check rows"), "now"),
            Stage(_("Import"), "waiting"),
        ],
        "jobs": [
            Job(
                *(_("Sending 412 invitations"), "running", 268, 412, _("9 bounced"), "", "#stop"),
                icon="mail",
            ),
            Job(_("Import of 400 clinicians"), "done", note=_("12 rows rejected"), href="#report"),
            Job(_("Making 79 certificates"), "failed", note=_("31 made, 48 wait. Run it again.")),
        ],
        "uploads": [
            Upload("stroke-v3.pptx", "ready", href="#v3", remove_href="#remove"),
            Upload("stroke-v4.pptx", "checking"),
            Upload("notes.exe", "refused", _("Programs are not accepted.")),
        ],
    }


def _forms() -> dict[str, Any]:
    wrong = SpecimenForm({"name": "", "ends": "25", "funder": "norvella", "fee": "1"})
    wrong.is_valid()
    wrong.auto_id = "wrong_%s"
    fine = {"name": "Radhika S. Iyer", "fee": Decimal(45000), "funder": "norvella", "ends": "20:00"}
    return {
        "form": SpecimenForm(initial=fine, auto_id="fine_%s"),
        "wrong": wrong,
        "files": FilesForm(auto_id="files_%s"),
        "finder": SpecimenForm(auto_id="find_%s"),
    }


def specimen() -> dict[str, Any]:
    """Everything the style page shows; also what the tests draw."""
    return {
        **_lists(),
        **_records(),
        **_figures(),
        **_forms(),
        "zone": ZONE,
        "starts_at": STARTS,
        "ends_at": ENDS,
        "signed_at": SIGNED,
        "hash": HASH,
        "colours": COLOURS,
        "icons": sorted(ICONS),
        "lakh": Money(Decimal(180000), "INR"),
        "dollars": Money(Decimal("-1250.5"), "USD"),
    }


@require_GET
@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds or checks a page."""
    return render(request, "office/style.html", specimen())
