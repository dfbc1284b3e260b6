"""The organisation's own words for its messages: write a version, use one, go back."""

import uuid
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.notifications.actions.wordings import (
    Words,
    return_to_shipped_words,
    use_wording,
    write_wording,
)
from symposia.notifications.languages import message_languages
from symposia.notifications.lists import MESSAGE_VERSIONS
from symposia.notifications.models import MessageVersion
from symposia.notifications.queries import template_of
from symposia.notifications.wording import worded_here

router = Router(tags=["wordings"])
list_route(router, MESSAGE_VERSIONS)
_MAY = Permission.MANAGE_MESSAGES


class NewVersion(Schema):
    """Which message in which language, and its words with their placeholders in braces."""

    code: str = Field(max_length=80)
    language: str = Field(max_length=10)
    subject: str = Field(min_length=1, max_length=200)
    preview: str = Field("", max_length=200)
    body: str = Field(min_length=1, max_length=20_000)


class WordsVersionOut(Schema):
    """A version as it is kept."""

    id: uuid.UUID
    code: str
    language: str
    number: int
    subject: str
    preview: str
    body: str


class Which(Schema):
    """One message in one language."""

    code: str = Field(max_length=80)
    language: str = Field(max_length=10)


@router.post("", response={201: WordsVersionOut}, operation_id="write_wording")
@allowed(_MAY)
def write(request: Any, body: NewVersion) -> Status[MessageVersion]:
    """Word a message; nobody gets it before the version is used."""
    if not worded_here(body.code) or body.language not in dict(message_languages()):
        raise Http404
    words = Words(body.subject, body.body, body.preview)
    return Status(201, write_wording(body.code, body.language, words, by=request.actor))


@router.get("/{uuid:pk}", response=WordsVersionOut, operation_id="message_version")
@allowed(_MAY)
def show(request: Any, pk: uuid.UUID) -> MessageVersion:
    """The words of a version."""
    return _version(request, pk)


@router.post("/{uuid:pk}/adoption", response={204: None}, operation_id="use_wording")
@allowed(_MAY)
def use(request: Any, pk: uuid.UUID) -> Status[None]:
    """Say it in these words from the next message on."""
    use_wording(_version(request, pk), by=request.actor)
    return Status(204, None)


@router.post("/returning", response={204: None}, operation_id="return_to_shipped_words")
@allowed(_MAY)
def to_shipped(request: Any, body: Which) -> Status[None]:
    """The words of the product again."""
    template = template_of(body.code, body.language)
    if template is None:
        raise Http404
    return_to_shipped_words(template, by=request.actor)
    return Status(204, None)


def _version(request: Any, pk: uuid.UUID) -> MessageVersion:
    return get_object_or_404(MessageVersion.objects.visible_to(request.access), pk=pk)
