from collections.abc import Iterable, Mapping
from typing import Any

from symposia.shared.actors import Actor
from symposia.statements.attached import Content, attachments_of
from symposia.statements.models import Attachment
from symposia.statements.papers import PURPOSE
from symposia.work.files import store_file


def keep_attachments(
    statements: Iterable[Mapping[str, Any]], contents: Mapping[str, Content], *, by: Actor
) -> None:
    """Keep what came with statements, each content once, under its hash."""
    named = {each["sha2"].lower() for statement in statements for each in attachments_of(statement)}
    wanted = sorted(named & contents.keys())
    known = set(Attachment.objects.filter(sha2__in=wanted).values_list("sha2", flat=True))
    for sha2 in wanted:
        if sha2 not in known:
            _keep(sha2, contents[sha2], by=by)


def _keep(sha2: str, kept: Content, *, by: Actor) -> None:
    file = store_file(
        kept.content,
        name=sha2,
        content_type=kept.content_type[:100],
        purpose=PURPOSE,
        by=by,
    )
    Attachment.objects.bulk_create(
        [Attachment(sha2=sha2, content_type=kept.content_type[:200], file=file)],
        ignore_conflicts=True,
    )
