"""What is given after an activity: approved by two, in its mode, by a personal link."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.engagement.actions.follow_ups import finish_follow_up
from symposia.engagement.actions.materials import (
    approve_material,
    propose_material,
    withdraw_material,
)
from symposia.engagement.actions.sharing import open_material, share_material, stop_materials
from symposia.engagement.models import ApprovedMaterial, MaterialOpening
from symposia.engagement.queries import materials_for
from symposia.engagement.standing import file_given, ways_for
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import UserFactory, day_here
from tests.factories.activities import ActivityFactory
from tests.factories.engagement import PDF, AfterMeeting, approved, material_facts


@pytest.fixture
def after(organisation):
    made = AfterMeeting(organisation)
    made.make()
    for channel in ("email", "chat"):
        made.agrees(made.came, channel)
    return made


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def share(after, material, channel="email"):
    return share_material(after.of(after.came), material, channel, by=after.user.actor())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "song"}, "material_no_name"),
        ({"wording": ""}, "material_no_wording"),
        ({"modes": ["independent"]}, "material_no_modes"),
        ({"valid_until": day_here() - timedelta(days=2)}, "material_ends_before"),
        ({"address": "http://example.org"}, "material_no_place"),
        ({"content": PDF}, "material_no_place"),
        ({"address": "", "content": b"MZ"}, "material_no_pdf"),
    ],
    ids=lambda each: str(each)[:20],
)
def test_what_is_not_whole_is_not_proposed(organisation, wrong, code):
    assert code_of(lambda: propose_material(material_facts(**wrong), by=SYSTEM)) == code


def test_a_second_person_approves_and_the_version_before_ends(organisation):
    author, reader = UserFactory(), UserFactory()
    first = approved()
    second = propose_material(material_facts(), by=author.actor())

    assert second.version == 2
    assert code_of(lambda: approve_material(second, by=author.actor())) == "material_own"
    approve_material(second, by=reader.actor())

    states = dict(ApprovedMaterial.objects.values_list("version", "state"))
    assert states == {1: "withdrawn", 2: "approved"}
    assert ApprovedMaterial.objects.get(pk=second.pk).approved_by_name == reader.full_name
    assert code_of(lambda: approve_material(first, by=reader.actor())) == "material_decided"


def test_what_is_offered_is_approved_in_the_mode_and_of_this_activity_or_none(after):
    good = approved()
    approved("Of promotion", modes=["promotional"])
    approved("Of another", activity_id=ActivityFactory().pk)
    propose_material(material_facts("Not yet"), by=SYSTEM)

    assert materials_for(after.of(after.came), day=day_here()) == [good]
    assert materials_for(after.of(after.came), day=good.valid_until + timedelta(days=1)) == []


def test_by_mail_the_approved_words_leave_with_a_link_of_their_own(after):
    given = share(after, approved())

    (letter,) = Delivery.objects.filter(template_code="engagement.material")
    assert (letter.to_address, letter.reply_to) == (after.came.email, after.user.email)
    assert "Here is what was shown." in letter.text
    assert "/g/" in letter.text
    assert given.href == ""
    assert Entry.objects.filter(action="material.shared").count() == 1


def test_by_chat_the_words_are_in_the_hands_of_the_representative(after):
    given = share(after, approved(), "chat")

    assert given.href.startswith("https://wa.me/")
    assert "Here is what was shown." in given.text
    assert not Delivery.objects.filter(template_code="engagement.material").exists()


def test_nothing_is_given_that_is_not_approved_for_it(after):
    other, promotion = (
        propose_material(material_facts("New"), by=SYSTEM),
        approved("Of promotion", modes=["promotional"]),
    )

    assert code_of(lambda: share(after, other)) == "material_not_approved"
    assert code_of(lambda: share(after, promotion)) == "material_other_mode"
    assert code_of(lambda: share(after, approved("A"), "post")) == "material_no_way"
    strange = approved("B", activity_id=ActivityFactory().pk)
    assert code_of(lambda: share(after, strange)) == "material_other_activity"


def test_who_has_no_address_or_said_no_gets_no_mail(after):
    material = approved()
    stop_materials(share(after, material).share, by=SYSTEM)
    assert code_of(lambda: share(after, material)) == "consent_withdrawn"
    assert code_of(lambda: share(after, material, "chat")) == "consent_withdrawn"
    said = {each.channel: each.objection for each in ways_for(after.of(after.came))}
    assert said["email"].code == "consent_withdrawn"
    assert said["sms"].code == "consent_withdrawn"

    type(after.came).objects.filter(pk=after.came.pk).update(email="")
    assert code_of(lambda: share(after, material)) == "material_no_address"


def test_nothing_is_given_once_the_follow_up_is_closed(after):
    finish_follow_up(after.of(after.came), "call", "Wants nothing.", by=SYSTEM)

    assert code_of(lambda: share(after, approved())) == "follow_up_not_open"


def test_openings_are_counted_while_the_version_is_approved(after):
    material = approved()
    given = share(after, material).share

    open_material(given, by=SYSTEM)
    with time_machine.travel(now() + timedelta(days=31), tick=True):
        assert code_of(lambda: open_material(given, by=SYSTEM)) == "material_expired"
    withdraw_material(material, reason="A figure was wrong.", by=SYSTEM)
    assert code_of(lambda: open_material(given, by=SYSTEM)) == "material_not_approved"
    assert MaterialOpening.objects.count() == 1


def test_a_file_is_there_for_whoever_it_was_given_to_while_it_is_approved(after):
    material = approved(address="", content=PDF, file_name="ninety.pdf")
    given = share(after, material).share

    assert file_given(given.pk, day=day_here()).name == "ninety.pdf"
    withdraw_material(material, reason="Old.", by=SYSTEM)
    assert file_given(given.pk, day=day_here()) is None
