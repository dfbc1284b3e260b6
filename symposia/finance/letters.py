"""What is written to whoever handed a bill or an expense in."""

from collections.abc import Mapping

from django.conf import settings

from symposia.accounts.models import User
from symposia.accounts.queries import this_organisation
from symposia.finance.models import HandedIn
from symposia.notifications.actions import queue_message
from symposia.shared.actors import Actor


def write_decision(given: HandedIn, words: Mapping[str, str], *, by: Actor) -> None:
    """Tell the person what became of it; what a program handed in tells nobody."""
    if given.handed_in_by_id is None:
        return
    person = User.objects.get(pk=given.handed_in_by_id)
    here, noun = this_organisation(), given._meta.model_name
    queue_message(
        f"finance.{noun}_{given.state}",
        to_address=person.email,
        to_name=person.full_name,
        values={
            "organisation": here.name,
            "name": str(person),
            "number": given.number,
            "amount": str(given.amount),
            "activity": str(given.activity),
            "said": given.decided_because or "-",
            f"{noun}_link": f"{settings.ORIGIN}/{noun}s/{given.pk}/",
            **words,
        },
        language=person.language or here.language,
        about=(given._meta.label, given.pk),
        by=by,
    )
