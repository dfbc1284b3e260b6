"""The app of the door on a phone that has no room left, or whose clock is days off (E2, E3)."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from symposia.attendance.conflicts import WRONG_BY, conflicts_in
from symposia.attendance.models import PresenceEvidence
from symposia.attendance.reconciling import evening_of
from symposia.shared.tenancy import acting_in
from tests.web.door import test_app_in_a_browser as ordinary
from tests.web.door.test_app_in_a_browser import (
    looks_well,
    onwards,
    paired,
    ready_alone,
    scanning,
    synced,
    typed,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
evening, phone = ordinary.evening, ordinary.phone
A_MINUTE = timedelta(seconds=60)
# So long the browser believes what it last knew of the room on the disk.
BELIEVED = 35_000


def room_left(page, size):
    """How much the browser lets the app keep; as much as it likes if nothing is said."""
    origin = page.evaluate("location.origin")
    quota = {"origin": origin} | ({} if size is None else {"quotaSize": size})
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)


@pytest.mark.nightly
def test_a_phone_without_room_says_that_it_kept_nothing_and_loses_nothing_else(phone, evening):
    paired(phone, evening.code)
    scanning(phone)
    phone.context.set_offline(True)
    typed(phone, evening.place.ticket_code)
    onwards(phone)

    room_left(phone, 1)
    phone.wait_for_timeout(BELIEVED)
    phone.get_by_label("Code on the ticket").fill(evening.other.ticket_code)
    phone.get_by_role("button", name="Check", exact=True).click()

    expect(phone.locator("#scan-said")).to_have_text(
        "This phone has no room left. Free some, then scan again."
    )
    expect(phone.locator("#sync")).to_contain_text("1 to sync")
    looks_well(phone)
    room_left(phone, None)
    typed(phone, evening.other.ticket_code)
    onwards(phone)
    phone.context.set_offline(False)
    synced(phone)
    assert [kind for kind, _source, _by in evening.kept()] == ["in", "in"]


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_days_off_and_jumps_is_corrected_and_asked_about(phone, evening, days):
    wrong = timedelta(days=days)
    phone.clock.install(time=now() + wrong)
    paired(phone, evening.code)
    expect(phone.locator("[data-check=clock]")).to_contain_text("is off by 4320 min")
    ready_alone(phone)
    scanning(phone)
    phone.context.set_offline(True)
    said = [now()]
    typed(phone, evening.place.ticket_code)
    onwards(phone)

    phone.clock.set_system_time(now() + wrong - timedelta(hours=2))
    said.append(now())
    typed(phone, evening.other.ticket_code)
    onwards(phone)
    phone.context.set_offline(False)
    synced(phone)

    with acting_in(evening.organisation.pk):
        kept = list(PresenceEvidence.objects.order_by("sequence"))
        asked = [c for c in conflicts_in(evening_of(evening.place.activity)) if c.kind == "clock"]
    assert len(kept) == len(said)
    for one, at in zip(kept, said, strict=True):
        assert abs(one.occurred_at - at) <= A_MINUTE
        assert abs(one.device_time - at) > WRONG_BY
    assert {one.registration_id for one in asked} == {evening.place.pk, evening.other.pk}
    assert phone.complaints == []
