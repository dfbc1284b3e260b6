"""A request as our views see it: who, where, what they may do."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from symposia.accounts.models import Organisation, User
from symposia.accounts.permissions import Access
from symposia.approvals.queries import Lent
from symposia.shared.actors import Actor


class UserRequest(HttpRequest):
    """A request of a signed-in member; the middleware has set everything below."""

    user: User
    htmx: HtmxDetails
    organisation: Organisation
    access: Access
    actor: Actor
    session: Any
    # What is lent to the person to sign, once a page has asked for it.
    lent: list[Lent]


class OpenRequest(HttpRequest):
    """A request of anybody: a public page, or a personal link."""

    htmx: HtmxDetails
    user: Any
    access: Access | None
    session: Any
