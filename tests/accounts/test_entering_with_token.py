"""The way in of a program: one statement, and nothing but a token that holds now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.entering import entered_with_token
from symposia.accounts.models import Grant, Membership
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.directory.models import Clinician
from symposia.shared.tenancy import NoOrganisation, acting_in, current_organisation_id
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.directory import ClinicianFactory

ALLOWED = [Permission.VIEW_DIRECTORY, Permission.VIEW_ACTIVITIES]


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def user(here):
    with acting_in(here.pk):
        ClinicianFactory()
    return member(here, "coordinator")


@pytest.fixture
def made(here, user):
    with acting_in(here.pk):
        access = access_of(user, here, at=now())
        return make_personal_token(user, access, name="K", permissions=ALLOWED, by=user.actor())


pytestmark = pytest.mark.django_db


def test_it_enters_with_what_the_person_holds_as_far_as_the_token_reaches(here, user, made):
    token, secret = made
    with acting_in(here.pk):
        held = access_of(user, here, at=now())

    with CaptureQueriesContext(connection) as asked, entered_with_token(secret, at=now()) as bearer:
        assert (bearer.user, bearer.organisation, bearer.token_id) == (user, here, token.pk)
        assert current_organisation_id() == here.pk
        assert Clinician.objects.count() == 1

    assert bearer.access.granted == held.granted
    assert bearer.access.only == frozenset(ALLOWED)
    assert not bearer.access.holds(Permission.MANAGE_REGISTRATIONS)
    # Inside the transaction of this test: two savepoint statements, the way in, the count, and
    # what tells the database that it is over.
    assert len(asked) <= 5


def test_whoever_is_gone_or_past_does_not_enter(here, user, made):
    token, secret = made
    later = token.expires_at + timedelta(seconds=1)
    for wrong, at in (
        (secret + "x", now()),
        (secret.replace(here.code, "nowhere"), now()),
        ("", now()),
        ("sym_a_b_c", now()),
        (secret, later),
    ):
        with entered_with_token(wrong, at=at) as bearer:
            assert bearer is None
            with pytest.raises(NoOrganisation):
                current_organisation_id()


@pytest.mark.parametrize("how", ["revoked", "membership", "grants", "account"])
def test_an_end_counts_at_once(here, user, made, how):
    token, secret = made
    with acting_in(here.pk):
        match how:
            case "revoked":
                token.revoked_at = now()
                token.save()
            case "membership":
                Membership.objects.filter(user=user).update(ended_at=now())
            case "grants":
                Grant.objects.filter(membership__user=user).delete()
            case "account":
                user.is_active = False
                user.save()

    with entered_with_token(secret, at=now()) as bearer:
        assert bearer is None


def test_a_token_of_another_organisation_is_none_there(here, made):
    _token, secret = made
    other = OrganisationFactory()

    with entered_with_token(secret.replace(here.code, other.code), at=now()) as bearer:
        assert bearer is None
