"""What a storm needs in a running installation: an open evening and its phones, and what is left.

Called beside the installation (`Installation.asks`).
"""

import uuid
from collections import Counter

from symposia.accounts.actions import add_member
from symposia.accounts.models import Role
from symposia.accounts.queries import token_hash
from symposia.attendance.actions.devices import Post, make_pairing_code, pair_device
from symposia.attendance.device_keys import device_key
from symposia.attendance.models import PresenceEvidence
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory


def begin(phones, places):
    """An activity with its places, and one paired phone for each door."""
    # The installation may be older than this run of the tests, and hold what an earlier one made.
    mark = uuid.uuid4().hex
    organisation = OrganisationFactory(slug=mark)
    user = UserFactory(email=f"{mark}@example.org")
    with acting_in(organisation.pk):
        add_member(user, Role.objects.get(code="coordinator"), by=SYSTEM)
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open")
        kept = [str(RegistrationFactory(activity=activity).pk) for _ in range(places)]
        keys = []
        for number in range(phones):
            post = Post(f"Door {number}", "Kiran")
            device, _code = make_pairing_code(activity, post, on_duty=user.pk, by=SYSTEM)
            key = device_key(organisation.code, str(number) * 43)
            pair_device(device.code_hash, token_hash(key), by=SYSTEM)
            keys.append(key)
    return {"organisation": str(organisation.pk), "places": kept, "keys": keys}


def count(organisation):
    """Every piece of evidence by its event, and how many lines of the journal tell of one."""
    with acting_in(organisation):
        events = [str(pk) for pk in PresenceEvidence.objects.values_list("event_uuid", flat=True)]
        lines = Entry.objects.filter(action__in=["presence.in", "presence.out"]).count()
    return {"kept": Counter(events), "lines": lines}
