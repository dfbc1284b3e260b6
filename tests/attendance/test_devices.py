from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import token_hash
from symposia.attendance.actions.devices import (
    CODE_LASTS,
    Post,
    make_pairing_code,
    pair_device,
    revoke_device,
)
from symposia.attendance.device_keys import code_in, device_key, key_in
from symposia.attendance.models import DoorDevice
from symposia.attendance.policies import (
    ALREADY_REVOKED,
    CODE_OLD,
    CODE_UNKNOWN,
    CODE_USED,
    DOOR_CLOSED,
    KEY_EXPIRED,
    KEY_REVOKED,
    KEY_UNKNOWN,
    NOT_ON_DUTY,
)
from symposia.attendance.posts import device_of_key
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.attendance import DeviceFactory


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open")


@pytest.fixture
def coordinator(organisation):
    return member(organisation, "coordinator")


def made(activity, user):
    return make_pairing_code(activity, Post("Hall A", "Kiran"), on_duty=user.pk, by=SYSTEM)


def hash_of(code):
    return code_in(code)[1]


def refusal(run, *args, **facts):
    with pytest.raises(Refused) as refused:
        run(*args, **facts)
    return refused.value.objection


def test_a_code_pairs_one_phone_and_is_used_up(activity, coordinator):
    device, code = made(activity, coordinator)

    paired = pair_device(hash_of(code), "a" * 64, by=SYSTEM)

    assert paired.pk == device.pk
    assert paired.is_open(now())
    assert refusal(pair_device, hash_of(code), "b" * 64, by=SYSTEM) == CODE_USED


def test_the_same_phone_may_ask_again_when_the_answer_was_lost(activity, coordinator):
    _device, code = made(activity, coordinator)

    pair_device(hash_of(code), "a" * 64, by=SYSTEM)
    pair_device(hash_of(code), "a" * 64, by=SYSTEM)

    assert Entry.objects.filter(action="door_device.paired").count() == 1


def test_a_code_is_good_for_minutes(activity, coordinator):
    _device, code = made(activity, coordinator)

    with time_machine.travel(now() + CODE_LASTS, tick=False):
        assert refusal(pair_device, hash_of(code), "a" * 64, by=SYSTEM) == CODE_OLD


def test_a_code_nobody_made_is_not_known(organisation):
    assert refusal(pair_device, "0" * 64, "a" * 64, by=SYSTEM) == CODE_UNKNOWN


def test_no_phone_is_paired_with_a_door_that_is_closed(organisation, coordinator):
    draft = ActivityFactory(state="draft")

    assert refusal(made, draft, coordinator) == DOOR_CLOSED


def test_of_the_secrets_only_hashes_are_kept(activity, coordinator):
    device, code = made(activity, coordinator)

    kept = DoorDevice.objects.filter(pk=device.pk).values().get()

    assert code not in str(kept)
    assert kept["code_hash"] == token_hash(code)


@pytest.mark.parametrize(
    "typed", ["ACME-K7QF-3M2P", "acme-k7qf-3m2p", " ACME-K7QF3M2P ", "ACME - K7QF - 3M2P"]
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert code_in(typed) == ("acme", token_hash("ACME-K7QF-3M2P"))


@pytest.mark.parametrize("text", ["", "K7QF-3M2P", "sym_acme_secret", "sdv_acme"])
def test_what_is_neither_code_nor_key_is_not_read(text):
    assert code_in(text) is None
    assert key_in(text) is None


def test_a_key_names_its_organisation():
    key = device_key("acme", "s" * 43)

    assert key_in(key) == ("acme", token_hash(key))


def test_a_revoked_device_is_refused_at_once(organisation, coordinator):
    device = DeviceFactory(on_duty_id=coordinator.pk)
    assert device_of_key(device.key_hash, at=now()) == device

    revoke_device(device, by=SYSTEM)

    assert refusal(device_of_key, device.key_hash, at=now()) == KEY_REVOKED
    assert refusal(revoke_device, device, by=SYSTEM) == ALREADY_REVOKED


def test_a_device_is_good_until_days_after_its_activity(organisation, coordinator):
    device = DeviceFactory(on_duty_id=coordinator.pk)
    last = device.expires_at - timedelta(seconds=1)

    assert device_of_key(device.key_hash, at=last) == device
    assert refusal(device_of_key, device.key_hash, at=device.expires_at) == KEY_EXPIRED


def test_a_key_of_nobody_opens_nothing(organisation):
    assert refusal(device_of_key, "0" * 64, at=now()) == KEY_UNKNOWN


def test_a_device_loses_its_right_with_the_person_it_borrows_it_from(organisation, coordinator):
    device = DeviceFactory(on_duty_id=coordinator.pk)

    coordinator.is_active = False
    coordinator.save()

    assert refusal(device_of_key, device.key_hash, at=now()) == NOT_ON_DUTY


def test_each_step_of_a_device_is_in_the_journal(activity, coordinator):
    device, code = made(activity, coordinator)
    pair_device(hash_of(code), "a" * 64, by=SYSTEM)
    revoke_device(device, by=SYSTEM)

    actions = Entry.objects.filter(subject_id=device.pk).order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "door_device.awaited",
        "door_device.paired",
        "door_device.revoked",
    ]
