"""Badges: how they look, which wait for the printer, and their paper."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.attendance.actions.badges import (
    Look,
    design_badges,
    drop_badges,
    print_badges,
    queue_all_badges,
    queue_badge,
)
from symposia.attendance.badge_bands import LONGEST_WORD, Band, bands_of, painted
from symposia.attendance.badge_lists import BADGES
from symposia.attendance.badge_printing import print_sheet_of_badges
from symposia.attendance.badges import (
    LARGEST_LOGO,
    MOST_LINES,
    design_of,
    lines_of,
    papers,
)
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.models import (
    Badge,
    BadgeDesign,
    BadgeField,
    BadgeRole,
    BadgeSize,
    BandColour,
)
from symposia.attendance.sheet_printing import square_of
from symposia.registrations.models import Registration, TicketKey
from symposia.registrations.tickets import ticket_text
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.pdfs import pdf_file
from symposia.web.requests import UserRequest
from symposia.work.files import open_stored

_VIEW, _STAND = Permission.VIEW_ATTENDANCE, Permission.CHECK_IN
# What a test page says: a name that hardly fits.
_LONG, _TEST = "Maximiliana Featherstonehaugh-Vandermeer", "TEST"
_LINES = [f"line_{number}" for number in range(1, MOST_LINES + 1)]


class DesignForm(forms.Form):
    """Paper, three lines below the name in their order, the band, the code, a logo."""

    size = forms.ChoiceField(label=gettext_lazy("Paper"), choices=BadgeSize.choices)
    line_1 = forms.ChoiceField(label=gettext_lazy("First line below the name"), required=False)
    line_2 = forms.ChoiceField(label=gettext_lazy("Second line"), required=False)
    line_3 = forms.ChoiceField(label=gettext_lazy("Third line"), required=False)
    band = forms.CharField(
        label=gettext_lazy("Word in the band at the foot"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("For example: Participant. Empty: no band."),
    )
    has_code = forms.BooleanField(
        label=gettext_lazy("The code of the ticket, to be scanned at the doors"), required=False
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG or JPEG, at most 200 KB. Empty: the one that was there stays."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role, label in BadgeRole.choices:
            self.fields[f"word_{role}"] = forms.CharField(
                label=_("Band of %(role)s: word") % {"role": label},
                max_length=LONGEST_WORD,
                required=False,
            )
            self.fields[f"colour_{role}"] = forms.ChoiceField(
                label=_("Band of %(role)s: colour") % {"role": label},
                choices=[("", _("as everybody")), *BandColour.choices],
                required=False,
            )
        for name in _LINES:
            choices = [("", _("nothing")), *BadgeField.choices]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def look(self) -> Look:
        said = self.cleaned_data
        shows = [said[name] for name in _LINES if said[name]]
        logo = said["logo"].read(LARGEST_LOGO + 1) if said["logo"] else None
        return Look(said["size"], shows, said["has_code"], said["band"], logo, self._bands())

    def _bands(self) -> list[Band]:
        """Those of which a word or a colour was said; the other half is then asked for."""
        given = [
            Band(role, self.cleaned_data[f"word_{role}"], self.cleaned_data[f"colour_{role}"])
            for role in BadgeRole.values
        ]
        return [each for each in given if each.word or each.colour]


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the queue: the activity, how its badges look, how many wait."""
    activity = activity_or_404(request, activity_pk, _VIEW)
    return {
        **frame_of(request, activity, ATTENDANCE.name),
        "design": design_of(activity),
        "waiting": Badge.objects.of(activity).waiting().count(),
        "may_print": request.access.holds(_STAND),
        "may_design": request.access.holds(Permission.MANAGE_REGISTRATIONS),
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_REGISTRATIONS)
def design(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Say how the badges of an activity look."""
    activity = activity_or_404(request, activity_pk, Permission.MANAGE_REGISTRATIONS)
    first = _first(design_of(activity))
    form = DesignForm(given(request), request.FILES or None, initial=first)
    back = reverse(BADGES.name, args=[activity.pk])

    def act(_said: dict[str, Any]) -> str:
        design_badges(activity, form.look(), by=request.actor)
        return back

    note = _("Name first, always; then what you choose. Print a test page before the day.")
    return ask(
        request, form, Question(_("How badges look"), activity.title, back, _("Save"), note), act
    )


@require_POST
@requires(Permission.CHECK_IN)
def queue_all(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """A badge for everybody who has a place and none yet."""
    activity = activity_or_404(request, activity_pk, _STAND)
    back = reverse(BADGES.name, args=[activity.pk])
    done = _("They wait for the printer.")
    return do(request, lambda: queue_all_badges(activity, by=request.actor), back, done)


@require_POST
@requires(Permission.CHECK_IN)
def queue(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One badge, or one more with the reason for it."""
    rows = Registration.objects.visible_to(request.access, _STAND)
    found = get_object_or_404(rows.with_people(), pk=pk)
    reason = request.POST.get("reason", "").replace("\0", "")[:300]
    back = reverse("registration", args=[found.pk])
    done = _("The badge waits for the printer.")
    return do(request, lambda: queue_badge(found, reason=reason, by=request.actor), back, done)


@require_POST
@requires(Permission.CHECK_IN)
def drop(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Take the chosen badges out of the queue."""
    activity = activity_or_404(request, activity_pk, _STAND)
    chosen = set(request.POST.getlist("badge"))
    waiting = Badge.objects.visible_to(request.access, _STAND).of(activity).waiting()
    badges = [each for each in waiting if str(each.pk) in chosen]
    back = reverse(BADGES.name, args=[activity.pk])
    done = _("Taken out of the queue.")
    return do(request, lambda: drop_badges(badges, by=request.actor), back, done)


@require_POST
@requires(Permission.CHECK_IN)
def print_now(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Print what waits: the answer leads to its paper."""
    activity = activity_or_404(request, activity_pk, _STAND)
    try:
        return redirect("badge_run", print_badges(activity, by=request.actor))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(BADGES.name, activity_pk=activity.pk)


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def pdf(request: UserRequest, run: uuid.UUID) -> HttpResponse:
    """The paper of a run, printed anew: with the design and the key of tickets of now."""
    badges = list(Badge.objects.visible_to(request.access).with_people().of_run(run))
    if not badges:
        raise Http404
    activity = activity_or_404(request, badges[0].activity_id, _VIEW)
    look = design_of(activity)
    if look is None:
        raise Http404
    people, bands = [badge.registration for badge in badges], bands_of(look, activity)
    printed = [_badge(request, look, each) | vars(bands.of(each)) for each in people]
    return _paper(request, activity, look, printed)


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def test_page(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Two invented names, a short one and a long one, and each band, to see what fits."""
    activity, names = activity_or_404(request, activity_pk, _VIEW), ("Wei Chen", _LONG)
    look = design_of(activity)
    if look is None:
        raise Http404
    words = dict(BadgeField.choices)
    lines = [str(words[name]) for name in look.shows]
    same = {"lines": lines, "qr": square_of(_TEST), "says": _TEST}
    tests = [{"name": name, **same} for name in names]
    bands = bands_of(look, activity).by_role.values()
    tests += [{"name": names[0], **same, **vars(painted(each))} for each in bands]
    return _paper(request, activity, look, tests)


def _first(look: BadgeDesign | None) -> dict[str, Any]:
    if look is None:
        return {"line_1": BadgeField.CREDENTIAL, "line_2": BadgeField.INSTITUTION, "has_code": True}
    lines = dict(zip(_LINES, look.shows, strict=False))
    bands = bands_of(look, look.activity).by_role.values()
    said = {f"word_{each.role}": each.word for each in bands}
    said |= {f"colour_{each.role}": each.colour for each in bands}
    first = {"size": look.size, "band": look.band, "has_code": look.has_code}
    return {**first, **lines, **said}


def _badge(request: UserRequest, look: BadgeDesign, place: Registration) -> dict[str, Any]:
    number = TicketKey.objects.current_number()
    text = ticket_text(request.organisation.code, place.pk, number)
    return {
        "name": place.clinician.called,
        "lines": lines_of(look, place),
        "qr": square_of(text) if look.has_code else "",
        "says": _("Ticket of %(name)s") % {"name": place.clinician.called},
    }


def _paper(
    request: UserRequest, activity: Activity, look: BadgeDesign, badges: Sequence[dict[str, Any]]
) -> HttpResponse:
    measures = papers()[look.size]
    facts = {
        "title": activity.title,
        "provider": request.organisation.name,
        "language": (get_language() or "en").partition("-")[0],
        "rtl": get_language_bidi(),
        "paper": vars(measures),
        "has_code": look.has_code,
        "band": look.band,
        "logo": list(_logo(look)),
        "badges": list(badges),
    }
    return pdf_file(print_sheet_of_badges(facts, now()), f"{activity.number}-badges")


def _logo(look: BadgeDesign) -> bytes:
    if look.logo is None:
        return b""
    with open_stored(look.logo) as kept:
        return kept.read()
