from symposia.accounts.actions.changes import agree_to_change, drop_change
from symposia.accounts.actions.members import (
    add_member,
    confirm_grant,
    end_membership,
    give_role,
    remove_grant,
)
from symposia.accounts.actions.newcomers import place_member, take_in_colleague
from symposia.accounts.actions.offers import (
    accept_membership,
    invite_member,
    withdraw_offer,
)
from symposia.accounts.actions.organisations import (
    change_organisation,
    create_organisation,
    next_numbers,
)
from symposia.accounts.actions.signing_in import (
    VISITOR,
    change_profile,
    make_personal_token,
    make_sign_in_link,
    record_sign_in,
    revoke_personal_token,
    send_sign_in_link,
    use_sign_in_link,
)
from symposia.accounts.actions.support import (
    SupportFacts,
    note_page_seen,
    start_support,
    stop_support,
)

__all__ = [
    "VISITOR",
    "SupportFacts",
    "accept_membership",
    "add_member",
    "agree_to_change",
    "change_organisation",
    "change_profile",
    "confirm_grant",
    "create_organisation",
    "drop_change",
    "end_membership",
    "give_role",
    "invite_member",
    "make_personal_token",
    "make_sign_in_link",
    "next_numbers",
    "note_page_seen",
    "place_member",
    "record_sign_in",
    "remove_grant",
    "revoke_personal_token",
    "send_sign_in_link",
    "start_support",
    "stop_support",
    "take_in_colleague",
    "use_sign_in_link",
    "withdraw_offer",
]
