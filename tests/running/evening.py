"""What a storm needs in a running installation: an open evening and its phones, and what is left.

Run by a test as a program of its own, in the environment of the installation.
"""

import json
import os
import sys
import uuid
from collections import Counter

import django

from symposia.running.at_hand import database_at_hand
from symposia.running.configuration import Configuration
from symposia.running.keys import provide_keys


def begin(phones, places):
    """An activity with its places, and one paired phone for each door."""
    from symposia.accounts.actions import add_member  # noqa: PLC0415
    from symposia.accounts.models import Role  # noqa: PLC0415
    from symposia.accounts.queries import token_hash  # noqa: PLC0415  # after the set-up
    from symposia.attendance.actions.devices import (  # noqa: PLC0415
        Post,
        make_pairing_code,
        pair_device,
    )
    from symposia.attendance.device_keys import device_key  # noqa: PLC0415
    from symposia.shared.actors import SYSTEM  # noqa: PLC0415
    from symposia.shared.tenancy import acting_in  # noqa: PLC0415
    from tests.factories.accounts import OrganisationFactory, UserFactory  # noqa: PLC0415
    from tests.factories.activities import ActivityFactory  # noqa: PLC0415
    from tests.factories.registrations import RegistrationFactory  # noqa: PLC0415

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
    from symposia.attendance.models import PresenceEvidence  # noqa: PLC0415
    from symposia.audit.models import Entry  # noqa: PLC0415
    from symposia.shared.tenancy import acting_in  # noqa: PLC0415

    with acting_in(organisation):
        events = [str(pk) for pk in PresenceEvidence.objects.values_list("event_uuid", flat=True)]
        lines = Entry.objects.filter(action__in=["presence.in", "presence.out"]).count()
    return {"kept": Counter(events), "lines": lines}


def main(what, *given):
    configuration = Configuration.from_environment(os.environ)
    provide_keys(configuration.data, os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with database_at_hand(configuration):
        django.setup()
        found = begin(*map(int, given)) if what == "begin" else count(*given)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
