"""Values that rules leave to the organisation, for machines: proposed by one, agreed to by two."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.api.rules import MadeOut
from symposia.compliance.actions.own_values import (
    agree_to_value,
    drop_value_proposal,
)
from symposia.compliance.models import ValueProposal
from symposia.compliance.value_lists import VALUE_PROPOSALS

router = Router(tags=["rules"])
list_route(router, VALUE_PROPOSALS)


@router.post("/{uuid:pk}/agreement", response=MadeOut, operation_id="agree_to_rule_value")
@allowed(Permission.MANAGE_RULES, of_all=True)
def agree(request: Any, pk: uuid.UUID) -> Any:
    """The second person puts it in force from its day."""
    return agree_to_value(_value_proposal(request, pk), by=request.actor)


@router.post("/{uuid:pk}/withdrawal", response=MadeOut, operation_id="drop_rule_value")
@allowed(Permission.MANAGE_RULES, of_all=True)
def drop(request: Any, pk: uuid.UUID) -> Any:
    return drop_value_proposal(_value_proposal(request, pk), by=request.actor)


def _value_proposal(request: Any, pk: uuid.UUID) -> ValueProposal:
    return get_object_or_404(ValueProposal.objects.visible_to(request.access), pk=pk)
