"""The library of evaluations, and the blocks of questions that standards ask for."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.assessment.actions.library import retire_library_form
from symposia.assessment.blocks import BLOCKS
from symposia.assessment.lists.evaluations import LIBRARY_FORMS
from symposia.assessment.models import LibraryForm

router = Router(tags=["evaluations"])
list_route(router, LIBRARY_FORMS)


class BlockOut(Schema):
    """A block of questions that a standard asks for."""

    code: str
    title: str
    citation: str
    as_of: date
    confidence: str


class LibraryOut(Schema):
    """A form of the library."""

    id: uuid.UUID
    name: str
    activity_type: str


@router.get("/blocks", response=list[BlockOut], operation_id="evaluation_blocks")
@allowed(Permission.VIEW_EVALUATIONS)
def blocks(request: Any) -> list[dict[str, Any]]:
    """The blocks of questions that standards ask for."""
    return [
        {
            "code": each.code,
            "title": str(each.title),
            "citation": each.citation,
            "as_of": each.as_of,
            "confidence": each.confidence,
        }
        for each in BLOCKS
    ]


@router.post("/{uuid:pk}/retirement", response=LibraryOut, operation_id="retire_library_form")
@allowed(Permission.MANAGE_EVALUATIONS, of_all=True)
def retire(request: Any, pk: uuid.UUID) -> LibraryForm:
    """Take a form out of the library."""
    kept = get_object_or_404(LibraryForm.objects.visible_to(request.access), pk=pk)
    return retire_library_form(kept, by=request.actor)
