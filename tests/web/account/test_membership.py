from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.accounts.actions import invite_member, withdraw_offer
from symposia.accounts.memberships import members
from symposia.accounts.models import MembershipInvitation, Role, User
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link


@pytest.fixture
def offer(organisation):
    role = Role.objects.get(code="finance_officer")
    return invite_member(role, email="new@example.org", full_name="Noa New", by=SYSTEM)


def address(name, offer, organisation):
    return reverse(name, args=[make_link("membership", offer.pk, organisation.code)])


def test_the_offer_goes_out_by_mail_with_a_personal_link(organisation, offer):
    mail = Delivery.objects.get()

    assert mail.to_address == "new@example.org"
    assert address("membership_offer", offer, organisation) in mail.text


def test_reading_the_offer_accepts_nothing(client, organisation, offer):
    page = client.get(address("membership_offer", offer, organisation))

    assert "Finance officer" in page.text
    assert not User.objects.filter(email="new@example.org").exists()


def test_one_press_makes_a_member_and_signs_in(client, organisation, offer):
    client.post(address("membership_acceptance", offer, organisation))

    user = User.objects.get(email="new@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    [member] = members()
    assert [grant.role.code for grant in member.grants] == ["finance_officer"]


def test_an_offer_is_accepted_once(client, organisation, offer):
    client.post(address("membership_acceptance", offer, organisation))
    client.logout()

    page = client.post(address("membership_acceptance", offer, organisation), follow=True)

    assert "_auth_user_id" not in client.session
    assert "used, withdrawn or is too old" in page.text


@pytest.mark.parametrize("end", ["withdrawn", "old"])
def test_an_offer_that_no_longer_stands_is_not_accepted(client, organisation, offer, end):
    if end == "withdrawn":
        withdraw_offer(offer, by=SYSTEM)
    else:
        offer.expires_at -= timedelta(days=8)
        offer.save()

    client.post(address("membership_acceptance", offer, organisation))

    assert "_auth_user_id" not in client.session
    assert MembershipInvitation.objects.get().accepted_at is None
