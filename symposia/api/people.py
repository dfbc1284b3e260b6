"""Members of the organisation, where a request names one."""

import uuid

from django.http import Http404

from symposia.accounts.memberships import members
from symposia.accounts.models import User


def member_or_404(user_id: uuid.UUID) -> User:
    """A member of the organisation; nobody else can be given work."""
    here = {each.membership.user_id: each.membership.user for each in members()}
    if user_id not in here:
        raise Http404
    return here[user_id]
