"""What the provider wants to know of its doctors and houses besides what every directory knows."""

from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import now

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.directory.actions.changes import correct_clinician
from symposia.directory.actions.institutions import InstitutionFacts, change_institution
from symposia.directory.actions.own_fields import add_own_field
from symposia.directory.models import Clinician, Institution, OwnField, OwnKind, OwnOf, Said
from symposia.directory.policies.own import OwnFieldFacts
from symposia.shared.actors import Actor

_MEALS = ("No wish", "Vegetarian", "Vegan", "Kosher", "Halal")
_TONGUES = ("English", "Spanish", "Portuguese", "Mandarin")
_BEDS = (310, 95, 640)


def add_own_fields(administrator: Actor, by: Actor) -> None:
    """An administrator adds the fields, the office fills some in."""
    meal = OwnFieldFacts(
        "Meal", OwnKind.ONE, "For dinners and lunches.", _MEALS, place=1, is_filter=True
    )
    tongues = OwnFieldFacts("Teaches in", OwnKind.SEVERAL, options=_TONGUES, place=2)
    agreed = OwnFieldFacts(
        *("Framework agreement until", OwnKind.DAY),
        permission=Permission.VIEW_MONEY.value,
        by_two=True,
        place=3,
    )
    beds = OwnFieldFacts("Beds", OwnKind.NUMBER, in_list=True, is_filter=True)
    teaching = OwnFieldFacts("Teaching hospital", OwnKind.YES_NO, in_list=True, place=1)
    people, houses = OwnOf.CLINICIAN, OwnOf.INSTITUTION
    eats, speaks, until = (
        add_own_field(people, each, by=administrator) for each in (meal, tongues, agreed)
    )
    size, teaches = (add_own_field(houses, each, by=administrator) for each in (beds, teaching))
    doctors = Clinician.objects.exclude(institution=None).order_by("pk")[:6]
    for place, doctor in enumerate(doctors):
        said = {
            eats: _MEALS[place % len(_MEALS)],
            speaks: _TONGUES[: 1 + place % 3],
            until: local_day(now()) + timedelta(days=90 * place) if place % 2 else None,
        }
        correct_clinician(doctor, {}, own=said, by=by)
    for place, house in enumerate(Institution.objects.order_by("pk")[: len(_BEDS)]):
        facts = InstitutionFacts(house.name, house.kind, house.city, house.region, house.country)
        own: dict[OwnField, Said | None] = {size: Decimal(_BEDS[place]), teaches: place != 1}
        change_institution(house, facts, own=own, by=by)
