from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.actions import VISITOR, accept_membership, add_member, remove_grant
from symposia.accounts.memberships import member_of_id, members, tokens_of
from symposia.accounts.models import (
    AccessChange,
    Grant,
    Membership,
    MembershipInvitation,
    PersonalToken,
    Role,
)
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work.models import AnsweredRequest
from tests.factories.accounts import OrganisationFactory, member


@pytest.fixture
def administrator(client, organisation):
    client.force_login(member(organisation, "administrator"))
    return client


def role(code):
    return str(Role.objects.get(code=code).pk)


def test_the_page_shows_who_works_here_in_which_roles(administrator, organisation):
    colleague = member(organisation, "finance_officer")

    page = administrator.get(reverse("access")).text

    assert colleague.email in page
    assert "Finance officer" in page


def test_somebody_is_invited_by_mail(administrator):
    given = {"full_name": "Noa New", "email": "new@example.org", "role": role("coordinator")}

    administrator.post(reverse("access_offer"), given)

    assert MembershipInvitation.objects.get().email == "new@example.org"
    assert Delivery.objects.get().template_code == "accounts.membership_offer"


def test_a_wrong_address_comes_back_with_the_form(administrator):
    given = {"full_name": "Noa", "email": "new", "role": role("coordinator")}

    response = administrator.post(reverse("access_offer"), given)

    assert response.status_code == 422
    assert "There is a problem" in response.text


def test_an_offer_is_withdrawn(administrator):
    given = {"full_name": "Noa New", "email": "new@example.org", "role": role("coordinator")}
    administrator.post(reverse("access_offer"), given)
    offer = MembershipInvitation.objects.get()

    administrator.post(reverse("access_withdrawal", args=[offer.pk]))

    offer.refresh_from_db()
    assert offer.withdrawn_at


def test_a_role_is_given_and_taken(administrator, organisation):
    colleague = member(organisation, "finance_officer")
    [known] = [m for m in members() if m.membership.user == colleague]

    administrator.post(
        reverse("access_grant", args=[known.membership.pk]), {"role": role("executive")}
    )
    assert Grant.objects.filter(membership=known.membership).count() == 2

    administrator.post(reverse("access_removal", args=[known.grants[0].pk]), {"reason": "moved"})
    assert Grant.objects.filter(membership=known.membership).count() == 1


def test_the_last_administrator_stays(administrator):
    grant = Grant.objects.get(role__code="administrator")

    page = administrator.post(
        reverse("access_removal", args=[grant.pk]), {"reason": "x"}, follow=True
    )

    assert "keeps at least one administrator" in page.text
    assert Grant.objects.filter(pk=grant.pk).exists()


def test_members_of_another_organisation_do_not_exist(administrator):
    other = OrganisationFactory()
    member(other, "administrator")

    assert other.name not in administrator.get(reverse("access")).text


@pytest.mark.parametrize("name", ["access", "roles"])
def test_only_administrators_manage_access(client, organisation, name):
    client.force_login(member(organisation, "coordinator"))

    assert client.get(reverse(name)).status_code == 403


def secret_on(page):
    return page.partition('id="secret"><bdi>')[2].partition("</bdi>")[0]


def test_a_key_is_shown_once_and_kept_nowhere(administrator):
    given = {"name": "Warehouse", "permissions": ["view_activities"]}

    page = administrator.post(reverse("token_new"), given).text

    secret = secret_on(page)
    assert secret.startswith("sym_")
    assert secret not in administrator.get(reverse("tokens")).text
    assert PersonalToken.objects.get().permissions == ["view_activities"]
    assert not AnsweredRequest.objects.filter(body__contains=secret).exists()


@pytest.mark.parametrize("in_header", [True, False], ids=["in the header", "in the form"])
def test_a_program_that_asks_twice_gets_one_key_and_no_copy_of_it(administrator, in_header):
    given = {"name": "Warehouse", "permissions": ["view_activities"]}
    headers = {"Idempotency-Key": "mine"} if in_header else {}
    given |= {} if in_header else {"idempotency_key": "mine"}

    first = administrator.post(reverse("token_new"), given, headers=headers)
    second = administrator.post(reverse("token_new"), given, headers=headers)

    assert secret_on(first.text).startswith("sym_")
    assert PersonalToken.objects.count() == 1
    assert (second.status_code, second["Location"]) == (302, reverse("tokens"))
    kept = AnsweredRequest.objects.get()
    assert (kept.body, kept.headers) == ("", {"Location": reverse("tokens")})


def test_a_key_that_is_not_given_may_be_asked_for_again(administrator):
    given, headers = {"name": "Warehouse"}, {"Idempotency-Key": "mine"}

    assert administrator.post(reverse("token_new"), given, headers=headers).status_code == 422

    given |= {"permissions": ["view_activities"]}
    page = administrator.post(reverse("token_new"), given, headers=headers).text
    assert secret_on(page).startswith("sym_")


def test_a_key_reaches_no_further_than_its_person(administrator):
    given = {"name": "Too far", "permissions": ["post_money"]}

    assert administrator.post(reverse("token_new"), given).status_code == 422


def test_a_revoked_key_opens_nothing(administrator, client, organisation):
    given = {"name": "Warehouse", "permissions": ["view_activities"]}
    administrator.post(reverse("token_new"), given)
    token = PersonalToken.objects.get()

    administrator.post(reverse("token_revocation", args=[token.pk]))

    token.refresh_from_db()
    assert token.revoked_at


def test_an_administrator_of_two_organisations_sees_each_alone(organisation):
    here, other = member(organisation, "administrator"), OrganisationFactory()
    with acting_in(other.pk):
        add_member(here, Role.objects.get(code="administrator"), by=SYSTEM)
        elsewhere = Membership.objects.get(user=here)
        PersonalToken.objects.create(
            user=here, name="Elsewhere", token_hash="0" * 64, expires_at=now() + timedelta(days=1)
        )

    with acting_in(organisation.pk, user_id=here.pk):
        assert [one.membership.organisation_id for one in members()] == [organisation.pk]
        assert member_of_id(elsewhere.pk) is None
        assert tokens_of(here) == []
        add_member(here, Role.objects.get(code="coordinator"), by=SYSTEM)
        assert Grant.objects.filter(role__code="coordinator").count() == 1


def membership_of(user):
    return Membership.objects.get(user=user)


def test_a_role_is_taken_only_with_a_reason_which_the_journal_keeps(administrator, organisation):
    colleague = member(organisation, "finance_officer")
    grant = Grant.objects.get(membership=membership_of(colleague))
    address = reverse("access_removal", args=[grant.pk])

    asked = administrator.get(address)
    bare = administrator.post(address, {"reason": " "})

    assert "Why it is taken away" in asked.text
    assert bare.status_code == 422
    assert Grant.objects.filter(pk=grant.pk).exists()

    administrator.post(address, {"reason": "Moved to another hospital."})

    entry = Entry.objects.get(action="access.revoked")
    assert entry.reason == "Moved to another hospital."


def test_an_administrator_changes_no_role_of_their_own(client, organisation):
    me = member(organisation, "administrator")
    member(organisation, "administrator")
    client.force_login(me)
    mine = Grant.objects.get(membership=membership_of(me))

    given = client.post(
        reverse("access_grant", args=[membership_of(me).pk]),
        {"role": role("finance_officer")},
        follow=True,
    )
    taken = client.post(reverse("access_removal", args=[mine.pk]), {"reason": "x"}, follow=True)
    offered = client.post(
        reverse("access_offer"),
        {"full_name": "Me", "email": me.email.upper(), "role": role("finance_officer")},
        follow=True,
    )

    for answer in (given, taken, offered):
        assert "Nobody changes their own roles" in answer.text
    assert [grant.pk for grant in Grant.objects.filter(membership=membership_of(me))] == [mine.pk]
    assert not MembershipInvitation.objects.exists()


def test_a_role_that_decides_waits_for_a_second_administrator(client, organisation):
    first, second = member(organisation, "administrator"), member(organisation, "administrator")
    colleague = member(organisation, "coordinator")
    client.force_login(first)

    client.post(
        reverse("access_grant", args=[membership_of(colleague).pk]),
        {"role": role("finance_officer")},
    )

    grant = Grant.objects.get(role__code="finance_officer")
    assert not access_of(colleague, organisation, at=now()).holds(Permission.POST_MONEY)
    assert [mail.to_address for mail in Delivery.objects.all()] == [second.email]
    assert colleague.full_name in Delivery.objects.get().subject

    confirmation = reverse("access_confirmation", args=[grant.pk])
    refused = client.post(confirmation, follow=True)
    assert "Another administrator" in refused.text
    client.force_login(second)
    client.post(confirmation)

    assert access_of(colleague, organisation, at=now()).holds(Permission.POST_MONEY)
    assert Entry.objects.filter(action="access.confirmed", subject_id=grant.pk).exists()


def test_a_single_administrator_gives_a_deciding_role_at_once(administrator, organisation):
    colleague = member(organisation, "coordinator")

    administrator.post(
        reverse("access_grant", args=[membership_of(colleague).pk]),
        {"role": role("publisher")},
    )

    assert access_of(colleague, organisation, at=now()).holds(Permission.DECIDE_APPROVALS)


def test_an_offer_of_a_deciding_role_waits_too_once_accepted(client, organisation):
    first = member(organisation, "administrator")
    second = member(organisation, "administrator")
    client.force_login(first)
    given = {"full_name": "Noa New", "email": "new@example.org", "role": role("publisher")}
    client.post(reverse("access_offer"), given)

    noa = accept_membership(MembershipInvitation.objects.get(), by=VISITOR)

    assert access_of(noa, organisation, at=now()) is None
    told = Delivery.objects.filter(template_code="accounts.deciding_role")
    assert [mail.to_address for mail in told] == [second.email]


def test_taking_access_from_an_administrator_waits_on_the_page(client, organisation):
    first, second = member(organisation, "administrator"), member(organisation, "administrator")
    theirs = Grant.objects.get(membership=membership_of(second))
    client.force_login(first)

    asked = client.get(reverse("access_removal", args=[theirs.pk])).text
    told = client.post(
        reverse("access_removal", args=[theirs.pk]), {"reason": "Left the office."}, follow=True
    ).text

    change = AccessChange.objects.get()
    agree = reverse("access_agreement", args=[change.pk])
    assert "until another administrator agrees" in asked
    assert "Nothing has changed yet" in told
    assert "waits for a second administrator" in told
    assert "Left the office." in told
    assert agree not in told
    assert "Another administrator than the one who asked" in client.post(agree, follow=True).text
    client.force_login(second)
    assert agree in client.get(reverse("access")).text
    client.post(agree)
    assert not Grant.objects.filter(pk=theirs.pk).exists()
    assert client.get(reverse("access")).status_code == 403


def test_a_change_is_given_up_on_the_page_and_stays_on_the_list(client, organisation):
    first, second = member(organisation, "administrator"), member(organisation, "administrator")
    client.force_login(first)
    client.post(
        reverse("access_grant", args=[membership_of(second).pk]),
        {"role": role("administrator"), "until": "2099-05-31"},
    )
    change = AccessChange.objects.get()
    assert "31 May 2099" in client.get(reverse("access")).text

    kept = client.post(reverse("access_dropping", args=[change.pk]), follow=True).text

    assert "Everything stays as it is." in kept
    assert "waits for a second administrator" not in kept
    page = client.get(reverse("access_changes")).text
    assert second.full_name in page
    assert "Given up" in page


def test_a_single_administrator_is_told_that_nobody_can_confirm(administrator, organisation):
    alone = "Nobody can look at what you decide here"
    assert alone in administrator.get(reverse("access")).text

    member(organisation, "administrator")

    assert alone not in administrator.get(reverse("access")).text


def test_changes_of_another_organisation_do_not_exist(administrator, organisation):
    other = OrganisationFactory()
    people = [member(other, "administrator") for _ in range(2)]
    with acting_in(other.pk):
        grant = Grant.objects.get(membership__user=people[0])
        remove_grant(grant, by=people[1].actor(), reason="x")
        change = AccessChange.objects.get()

    for name in ("access_agreement", "access_dropping"):
        assert administrator.post(reverse(name, args=[change.pk])).status_code == 404
