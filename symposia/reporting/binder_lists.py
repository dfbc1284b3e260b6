"""Binders, their guests and what guests opened; legal holds."""

from typing import Any

from django.db.models import CharField, Count, F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.reporting.models import (
    Binder,
    BinderEdition,
    BinderInvitation,
    BinderOpening,
    Draw,
    LegalHold,
)
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

_VIEW = Permission.VIEW_CREDITS


def _binders(access: Any, **_kwargs: Any) -> Rows:
    last = BinderEdition.objects.filter(binder=OuterRef("pk")).order_by("-number")
    return Binder.objects.visible_to(access).annotate(
        size=Count("activities"),
        last_at=Subquery(last.values("made_at")[:1]),
        last_gaps=Subquery(last.values("gaps")[:1]),
    )


def _named(rows: Rows, text: str) -> Rows:
    return rows.filter(number__iexact=text.strip()) | rows.filter(title__icontains=text)


BINDERS = ListOf(
    name="binders",
    title=_("Binders"),
    permission=_VIEW,
    of_all=True,
    rows=_binders,
    columns=(
        Column(
            *("number", _("Number"), "number"),
            sort="number",
            kind="id",
            url=lambda b: ("binder", [b.pk]),
        ),
        Column("title", _("What for"), "title", sort="title"),
        Column("draw", _("Activities were"), "draw", sort="draw"),
        Column("size", _("Activities"), "size", sort="size", kind="n"),
        Column("last_at", _("Made"), "last_at", sort="last_at", kind="moment"),
        Column("gaps", _("Criteria that lack something"), "last_gaps", kind="n"),
        Column("seed", _("Seed of the draw"), "seed", in_page=False),
        Column("by", _("Begun by"), "made_by_name", in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _named),
        Choice("draw", _("Activities were"), "draw", Draw.choices),
    ),
    sort="-number",
    empty=_("No binder yet. Draw a sample, or choose activities: the evidence is gathered."),
)


def _guests(access: Any, **_kwargs: Any) -> Rows:
    rows = BinderInvitation.objects.visible_to(access).select_related("binder")
    opened = BinderOpening.objects.filter(invitation=OuterRef("pk")).order_by()
    counted = opened.values("invitation").annotate(n=Count("pk"), last=Max("at"))
    return rows.annotate(
        opened=Coalesce(Subquery(counted.values("n")), Value(0)),
        last_opened=Subquery(counted.values("last")),
    )


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def standing_of_guest(invitation: BinderInvitation) -> str:
    """Whether a guest's link opens something, in a word."""
    if invitation.revoked_at:
        return _now("ended")
    return _now("opens") if invitation.opens(now()) else _now("over")


BINDER_GUESTS = ListOf(
    name="binder_guests",
    title=_("Guests of binders"),
    permission=_VIEW,
    of_all=True,
    rows=_guests,
    columns=(
        Column("name", _("Guest"), "name", sort="name"),
        Column("email", _("E-mail"), "email", sort="email"),
        Column(
            *("binder", _("Binder"), "binder__number"),
            sort="binder__number",
            kind="id",
            url=lambda g: ("binder", [g.binder_id]),
        ),
        Column("until", _("Opens until"), "expires_at", sort="expires_at", kind="moment"),
        Column("standing", _("Link"), standing_of_guest),
        Column("opened", _("Opened"), "opened", sort="opened", kind="n"),
        Column("last", _("Last opened"), "last_opened", sort="last_opened", kind="moment"),
        Column("by", _("Invited by"), "invited_by_name", in_page=False),
    ),
    filters=(Search("q", _("Guest or binder"), _search),),
    sort="-expires_at",
    empty=_("Nobody was invited to read a binder."),
)


def _openings(access: Any, **_kwargs: Any) -> Rows:
    seen = BinderInvitation.objects.visible_to(access)
    rows = BinderOpening.objects.filter(invitation__in=seen)
    return rows.select_related("invitation__binder")


def _by_guest(rows: Rows, text: str) -> Rows:
    named = rows.filter(invitation__name__icontains=text)
    return named | rows.filter(invitation__binder__number__iexact=text.strip())


BINDER_OPENINGS = ListOf(
    name="binder_openings",
    title=_("What guests opened"),
    permission=_VIEW,
    of_all=True,
    rows=_openings,
    columns=(
        Column("at", _("When"), "at", sort="at", kind="moment"),
        Column("guest", _("Guest"), "invitation__name", sort="invitation__name"),
        Column(
            *("binder", _("Binder"), "invitation__binder__number"),
            kind="id",
            url=lambda o: ("binder", [o.invitation.binder_id]),
        ),
        Column("what", _("What"), "what"),
    ),
    filters=(Search("q", _("Guest or binder"), _by_guest),),
    sort="-at",
    empty=_("No guest has opened a binder yet."),
)


def _holds(access: Any, **_kwargs: Any) -> Rows:
    rows = LegalHold.objects.visible_to(access).select_related("activity", "clinician")
    person, held = F("clinician__full_name"), F("activity__title")
    return rows.annotate(over=Coalesce(held, person, Value(""), output_field=CharField()))


def subject_of_hold(hold: LegalHold) -> str:
    """Over what a hold stands, in words."""
    if hold.activity:
        return str(hold.activity)
    return hold.clinician.full_name if hold.clinician else _now("Everything")


HOLDS = ListOf(
    name="legal_holds",
    title=_("Legal holds"),
    permission=Permission.VIEW_JOURNAL,
    rows=_holds,
    columns=(
        Column(
            *("number", _("Number"), "number"),
            sort="number",
            kind="id",
            url=lambda h: ("legal_hold", [h.pk]),
        ),
        Column("over", _("Over"), subject_of_hold, sort="over"),
        Column("because", _("Because"), "because"),
        Column("put_at", _("Put"), "put_at", sort="put_at", kind="moment"),
        Column("lifted_at", _("Lifted"), "lifted_at", sort="lifted_at", kind="moment"),
        Column("lifted_because", _("Why it was lifted"), "lifted_because", in_page=False),
        Column("by", _("Put by"), "put_by_name", in_page=False),
    ),
    filters=(Search("q", _("Number, activity or words"), _search),),
    sort="-put_at",
    empty=_("Nothing is held. The clocks alone say how long records are kept."),
)
