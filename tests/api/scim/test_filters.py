"""Filters that directories send, and the many that are refused."""

import pytest

from symposia.accounts.synced import GROUP_TERMS, MEMBER_TERMS
from symposia.api.scim.answers import ScimError
from symposia.api.scim.filters import terms_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ('userName eq "asha@harbor.example"', [("userName", "asha@harbor.example")]),
        ('USERNAME EQ "a"', [("userName", "a")]),
        ('externalId eq "0a21f0f2"', [("externalId", "0a21f0f2")]),
        ('emails[type eq "work"].value eq "a@b.example"', [("emails", "a@b.example")]),
        ('emails.value eq "a@b.example"', [("emails", "a@b.example")]),
        ("active eq true", [("active", "true")]),
        ('userName eq "a\\"b"', [("userName", 'a"b')]),
        (
            'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a"',
            [("userName", "a")],
        ),
        (
            'id eq "7" and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager'
            ' eq "8"',
            [("id", "7"), ("manager", "8")],
        ),
    ],
)
def test_a_filter_of_equality_is_read(text, terms):
    assert terms_of(text, MEMBER_TERMS) == terms


def test_a_group_is_found_by_name_and_by_who_is_in_it():
    text = 'displayName eq "CME leads" and members eq "7"'
    assert terms_of(text, GROUP_TERMS) == [("displayName", "CME leads"), ("members", "7")]


@pytest.mark.parametrize(
    "text",
    [
        "userName",
        "userName eq",
        "userName eq a",
        'userName co "a"',
        'userName eq "a" or userName eq "b"',
        'userName eq "a" and',
        'not (userName eq "a")',
        '(userName eq "a")',
        'password eq "a"',
        'user__password eq "a"',
        'userName eq "a" userName eq "b"',
        'userName eq "\\u0000"',
        'userName eq "\\ud83d"',
        'userName eq "\\x"',
        "userName pr",
    ],
)
def test_any_other_filter_is_refused(text):
    with pytest.raises(ScimError) as refused:
        terms_of(text, MEMBER_TERMS)

    assert (refused.value.status, refused.value.kind) == (400, "invalidFilter")
