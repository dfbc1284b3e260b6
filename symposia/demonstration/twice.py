"""Who stands in the directory twice: two that wait for a look, two that were merged, two who
only share a name."""

from datetime import datetime

import time_machine

from symposia.demonstration.thread import Cast
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.actions.duplicates import keep_pairs, put_side_by_side, tell_apart
from symposia.directory.actions.merging import merge_clinicians
from symposia.directory.duplicates.finding import Found
from symposia.directory.models import Clinician, Scheme
from symposia.shared.actors import SYSTEM

_CARDS = ((0.991, "same"), (0.968, "mailbox"), (0.984, "same"), (0.957, "mailbox"))

_PHONES = {"US": "+1 202 555 0177", "IN": "+91 20 5550 0177"}


def tell_twice(cast: Cast, today: datetime) -> None:
    """A pile of cards from a congress was typed in, and three people were there already."""
    there = Clinician.objects.active().filter(user=None).exclude(email="")
    people = list(there.order_by("email", "pk")[:6])
    by = cast.actor("coordinator")
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        twins = [
            _from_a_card(one, email, _PHONES[cast.organisation.country])
            for one, (_likely, email) in zip(people, _CARDS, strict=False)
        ]
        keep_pairs(
            [
                _found(one, twin, *card)
                for one, twin, card in zip(people, twins, _CARDS, strict=False)
            ],
            by=SYSTEM,
        )
        reason = "The card and the list name the same ward and telephone."
        for one, twin in zip(people[2:], twins[2:], strict=False):
            merge_clinicians(one, twin, take=["phone"], reason=reason, by=by)
        pair = put_side_by_side(people[4], people[5], by=by)
        tell_apart(pair, reason="Both were at the desk; they are cousins.", by=by)


def _from_a_card(one: Clinician, email: str, phone: str) -> Clinician:
    """Somebody as a card of a congress has them: an initial, and perhaps a private address."""
    first, _blank, rest = one.full_name.partition(" ")
    mailbox = one.email.partition("@")[0]
    return add_clinician(
        full_name=f"{first[0]}. {rest}",
        email=one.email if email == "same" else f"{mailbox}@mail.example",
        phone=phone,
        institution=one.institution,
        city=one.city,
        region=one.region,
        country=one.country,
        profession=one.profession,
        specialty=one.specialty,
        scheme=Scheme.OWN,
        number=f"CARD-{one.pk.hex[-6:].upper()}",
        by=SYSTEM,
    )


def _found(one: Clinician, twin: Clinician, probability: float, email: str) -> Found:
    first, second = sorted((one.pk, twin.pk))
    reasons = ["name:short", f"email:{email}", "phone:unknown", "place:institution"]
    return Found(first, second, probability, [*reasons, "work:specialty", "number:unknown"])
