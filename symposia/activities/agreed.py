"""What is agreed with the people of an activity, and which rate the card has for them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.activities.agreeing import DEFAULT_TEXT
from symposia.activities.declared import contributor_rows
from symposia.activities.models import (
    Activity,
    Agreement,
    AgreementState,
    AgreementTemplate,
    Rate,
)
from symposia.activities.queries import faculty_rows
from symposia.activities.reading import rows_of
from symposia.shared.money import Money


@dataclass(frozen=True)
class AgreementFacts:
    """What somebody wants to agree with a person, and why where it is above the card."""

    service: str
    tier: str
    unit: str
    quantity: Decimal
    each: Money
    services: str
    above_because: str = ""
    covers_until: date | None = None

    def values(self) -> dict[str, Any]:
        names = ("service", "tier", "unit", "quantity", "services", "above_because")
        return {name: getattr(self, name) for name in (*names, "covers_until")} | {
            "each_minor": self.each.minor,
            "currency": self.each.currency,
        }


def rate_on(day: date, *, service: str, tier: str, unit: str) -> Rate | None:
    """What the card says of a service on a day."""
    return Rate.objects.on(day).of(service, tier, unit).order_by("-from_on").first()


def agreements_of(activity: Activity) -> list[Agreement]:
    """Every agreement of an activity, ended ones too."""
    return list(Agreement.objects.of(activity))


def agreement_with(activity_id: uuid.UUID, contributor_id: uuid.UUID) -> Agreement | None:
    """The agreement that stands between us and a person for an activity."""
    found = Agreement.objects.of(activity_id).standing().filter(contributor=contributor_id)
    return found.first()


def words_now() -> str:
    """The latest words of agreements; the product's own until somebody writes theirs."""
    latest = AgreementTemplate.objects.order_by("-number").first()
    return latest.text if latest else DEFAULT_TEXT


def values_for(agreement: Agreement, organisation: Organisation) -> dict[str, str]:
    """What is filled into the words of an agreement."""
    activity = agreement.activity
    place = ", ".join(filter(None, [activity.venue_name, activity.city]))
    return {
        "organisation": organisation.name,
        "person": agreement.contributor.name,
        "activity": activity.title,
        "number": agreement.number,
        "day": date_format(activity.wall_starts, "j F Y"),
        "place": place or activity.get_delivery_display(),
        "service": agreement.get_service_display(),
        "services": agreement.services,
        "quantity": f"{agreement.quantity.normalize():f}",
        "unit": agreement.get_unit_display(),
        "rate": str(agreement.each),
        "fee": str(agreement.fee),
        "currency": agreement.currency,
        "until": _said_of_term(agreement),
    }


def _said_of_term(agreement: Agreement) -> str:
    if agreement.covers_until is None:
        return _("this activity alone")
    day = date_format(agreement.covers_until, "j F Y")
    return _("this activity and for every later one until %(day)s, at the same rate") % {"day": day}


def agreements_covering(activity: Activity) -> list[Agreement]:
    """Signed agreements under which somebody of an activity can be engaged without a new one."""
    taken = Agreement.objects.of(activity).standing().values("contributor")
    free = contributor_rows(activity.pk).exclude(pk__in=taken).order_by()
    return list(Agreement.objects.covering(free, activity.wall_starts.date()))


def rate_rows(activity_id: uuid.UUID) -> QuerySet[Rate, Any]:
    """Whether there is a rate card where it is planned: one row, or none."""
    here = Activity.objects.filter(pk=activity_id).values("organisation_id")
    return Rate.objects.filter(organisation_id__in=here).order_by("pk").values_list("unit")[:1]


def agreement_rows(activity_id: uuid.UUID) -> QuerySet[Agreement, Any]:
    """How far its agreements are, and with whom they are."""
    found = Agreement.objects.filter(activity=activity_id).order_by("pk")
    return found.values_list("state", "contributor__clinician", "contributor__name")


def contract_facts(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """How many who teach have no signed agreement; nothing where agreements are not kept here."""
    agreements = rows_of(activity_id, agreement_rows)
    if not (agreements or rows_of(activity_id, rate_rows)):
        return {}
    people = {(each.clinician_id, each.name) for each in rows_of(activity_id, faculty_rows)}
    by_person = [(pk, name) for state, pk, name in agreements if state == AgreementState.SIGNED]
    known, names = {pk for pk, _name in by_person if pk}, {name for _pk, name in by_person}
    missing = [pk for pk, name in people if pk not in known and name not in names]
    return {"contracts_missing": len(missing)}
