"""The messages of sign-in and membership."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from symposia.accounts.models import (
    AccessChange,
    Grant,
    Membership,
    MembershipInvitation,
    Organisation,
    SupportView,
    User,
)
from symposia.notifications.actions import queue_message
from symposia.notifications.domain_rules import sentence_of
from symposia.notifications.sender import expected_of, installation_sender, sender_domain
from symposia.shared.actors import Actor
from symposia.shared.links import make_link
from symposia.shared.tenancy import INSTALLATION, acting_in


def write_sign_in_link(user: User, token: str, *, by: Actor) -> None:
    """Send a single-use link; it belongs to the installation, no organisation sees it."""
    with acting_in(INSTALLATION):
        queue_message(
            "accounts.sign_in_link",
            to_address=user.email,
            to_name=user.full_name,
            values={
                "organisation": "Symposia",
                "name": str(user),
                "sign_in_link": f"{settings.ORIGIN}/account/link/{token}/",
            },
            language=user.language or settings.LANGUAGE_CODE,
            about=(user._meta.label, user.pk),
            awaited=True,
            by=by,
        )


def write_membership_offer(
    offer: MembershipInvitation, organisation: Organisation, *, by: Actor
) -> None:
    """Send the offer of a role; accepting is a press of a button on the page behind the link."""
    token = make_link("membership", offer.pk, organisation.code)
    queue_message(
        "accounts.membership_offer",
        to_address=offer.email,
        to_name=offer.full_name,
        values={
            "organisation": organisation.name,
            "name": offer.full_name or offer.email,
            "role": offer.role.name,
            "description": offer.role.description,
            "by": by.name,
            "accept_link": f"{settings.ORIGIN}/account/membership/{token}/",
        },
        language=organisation.language,
        about=(offer._meta.label, offer.pk),
        by=by,
    )


def tell_of_deciding_role(
    grant: Grant, organisation: Organisation, administrators: list[User], *, by: Actor
) -> None:
    """Tell the other administrators that somebody got a role that decides."""
    for administrator in administrators:
        queue_message(
            "accounts.deciding_role",
            to_address=administrator.email,
            to_name=administrator.full_name,
            values={
                "organisation": organisation.name,
                "name": str(administrator),
                "person": str(grant.membership.user),
                "role": grant.role.name,
                "by": by.name,
                "access_link": f"{settings.ORIGIN}/access/",
            },
            language=administrator.language or organisation.language,
            about=(grant._meta.label, grant.pk),
            by=by,
        )


def tell_of_support(view: SupportView, organisation: Organisation, *, by: Actor) -> None:
    """Tell a person who looks at the product as they see it, why and until when."""
    queue_message(
        "accounts.support_view",
        to_address=view.person.email,
        to_name=view.person.full_name,
        values={
            "organisation": organisation.name,
            "name": str(view.person),
            "by": by.name,
            "reason": view.reason,
            "until": date_format(
                view.ends_at.astimezone(ZoneInfo(view.person.zone or organisation.zone)),
                "j F Y, H:i",
            ),
        },
        language=view.person.language or organisation.language,
        about=(view._meta.label, view.pk),
        by=by,
    )


def tell_of_change(
    change: AccessChange, organisation: Organisation, administrators: list[User], *, by: Actor
) -> None:
    """Tell whoever may agree that somebody shall lose a role, or hold it for longer."""
    for administrator in administrators:
        language = administrator.language or organisation.language
        with translation.override(language):
            what = change.get_kind_display()
            role = change.role.name if change.role else _("all roles")
            unsaid = _("Not said.")
        queue_message(
            "accounts.access_change",
            to_address=administrator.email,
            to_name=administrator.full_name,
            values={
                "organisation": organisation.name,
                "name": str(administrator),
                "person": str(change.membership.user),
                "what": what,
                "role": role,
                "reason": change.reason or unsaid,
                "by": by.name,
                "access_link": f"{settings.ORIGIN}/access/",
            },
            language=language,
            about=(change._meta.label, change.pk),
            by=by,
        )


def tell_of_sender_domain(
    organisation: Organisation, administrators: list[User], *, by: Actor
) -> None:
    """Tell the administrators that mail no longer leaves from the organisation's own domain."""
    own = sender_domain()
    if own is None:
        return
    expected = expected_of(own)
    for administrator in administrators:
        language = administrator.language or organisation.language
        with translation.override(language):
            said = [sentence_of(each["problem"], expected) for each in own.findings]
        queue_message(
            "accounts.sender_domain",
            to_address=administrator.email,
            to_name=administrator.full_name,
            values={
                "organisation": organisation.name,
                "name": str(administrator),
                "domain": own.domain,
                "sender": installation_sender().address,
                "problems": " ".join(filter(None, said)),
                "domain_link": f"{settings.ORIGIN}/outbox/sender/",
            },
            language=language,
            about=(own._meta.label, own.pk),
            by=by,
        )


def welcome_colleague(user: User, organisation: Organisation, *, by: Actor) -> None:
    """Tell somebody whom the house has put on its list that they work here, and how to come in."""
    queue_message(
        "accounts.welcome",
        to_address=user.email,
        to_name=user.full_name,
        values={
            "organisation": organisation.name,
            "name": str(user),
            "by": by.name,
            "sign_in_link": f"{settings.ORIGIN}/account/link/",
        },
        language=user.language or organisation.language,
        about=(user._meta.label, user.pk),
        by=by,
    )


def tell_successor(successor: User, leaver: User, organisation: Organisation, *, by: Actor) -> None:
    """Tell somebody that they go on with what a person who leaves still had to do."""
    queue_message(
        "accounts.successor",
        to_address=successor.email,
        to_name=successor.full_name,
        values={
            "organisation": organisation.name,
            "name": str(successor),
            "person": str(leaver),
            "by": by.name,
            "today_link": f"{settings.ORIGIN}/today/",
        },
        language=successor.language or organisation.language,
        about=(successor._meta.label, successor.pk),
        by=by,
    )


def tell_of_leaver(
    membership: Membership, organisation: Organisation, administrators: list[User], *, by: Actor
) -> None:
    """Tell the administrators that somebody left the directory and that their work waits."""
    for administrator in administrators:
        queue_message(
            "accounts.left_directory",
            to_address=administrator.email,
            to_name=administrator.full_name,
            values={
                "organisation": organisation.name,
                "name": str(administrator),
                "person": str(membership.user),
                "by": by.name,
                "review_link": f"{settings.ORIGIN}/access/members/{membership.pk}/end/",
            },
            language=administrator.language or organisation.language,
            about=(membership._meta.label, membership.pk),
            by=by,
        )
