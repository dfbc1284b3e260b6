from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.audit.actions import record
from symposia.compliance.models import OwnPack
from symposia.curriculum.events import NewsDecided
from symposia.curriculum.feeds import Published
from symposia.curriculum.models import CameBy, NewsItem, NewsSource, NewsState
from symposia.curriculum.policies.news import (
    Version,
    objection_to_deciding_news,
    objection_to_news_again,
    objection_to_news_step,
    objection_to_source,
    objection_to_stopping,
)
from symposia.curriculum.queries.news import news_of_origin, source_of_address
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class NewsFacts:
    """What an accreditor made known."""

    title: str
    body: str
    text: str = ""
    address: str = ""
    published_on: date | None = None


@transaction.atomic
def enter_news(facts: NewsFacts, *, by: Actor) -> NewsItem:
    """Type in what an accreditor or regulator made known."""
    item = _keep(facts, CameBy.TYPED)
    record(by, "news.entered", item)
    return item


@transaction.atomic
def take_in_letter(letter: Published, *, by: Actor) -> NewsItem:
    """Keep a mail that somebody forwarded; the same one comes in once."""
    refuse_if(objection_to_news_again(news_of_origin(letter.origin_id)))

    item = _keep(_facts(letter, letter.by), CameBy.MAIL, origin_id=letter.origin_id)
    record(by, "news.entered", item)
    return item


@transaction.atomic
def take_in_feed(
    source: NewsSource, entries: Sequence[Published], *, by: Actor, problem: str = ""
) -> list[NewsItem]:
    """Keep the entries of a feed that are new, and note when it was read or why it was not."""
    source = NewsSource.objects.select_for_update().get(pk=source.pk)

    refuse_if(objection_to_stopping(source))

    made = []
    for entry in entries:
        if news_of_origin(entry.origin_id) is None:
            item = _keep(
                _facts(entry, source.title), CameBy.FEED, source=source, origin_id=entry.origin_id
            )
            record(by, "news.entered", item)
            made.append(item)
    source.last_read_at, source.last_problem = now(), problem[:300]
    source.save(update_fields=["last_read_at", "last_problem"])
    record(by, "news.feed_read", source, details={"new": len(made), "problem": problem[:300]})
    return made


def _facts(entry: Published, body: str) -> NewsFacts:
    return NewsFacts(
        entry.title, (body or "?")[:200], entry.text, entry.address, entry.published_on
    )


def _keep(facts: NewsFacts, came_by: CameBy, **more: object) -> NewsItem:
    at = now()
    return NewsItem.objects.create(
        number=next_numbers("NWS", year=at.year)[0],
        came_by=came_by,
        came_at=at,
        **asdict(facts),
        **more,
    )


@transaction.atomic
def assign_news(item: NewsItem, to: User, *, due_on: date | None, by: Actor) -> NewsItem:
    """Ask somebody, or somebody else, to find out what a piece of news means."""
    item = NewsItem.objects.locked(item.pk)

    refuse_if(objection_to_news_step(item))

    if item.state == NewsState.ASSIGNED:
        item.assigned_to, item.due_on = to, due_on
        item.save(update_fields=["assigned_to", "due_on"])
    else:
        item.move(NewsState.ASSIGNED, assigned_to=to, due_on=due_on)
    record(by, "news.assigned", item, details={"name": str(to)})
    return item


@transaction.atomic
def decide_news(
    item: NewsItem, *, decision: str, reason: str, by: Actor, pack: Version | None = None
) -> NewsItem:
    """Say what a piece of news means, and which version of a rule pack carries it out."""
    item = NewsItem.objects.locked(item.pk)

    refuse_if(objection_to_deciding_news(item, decision=decision, reason=reason, pack=pack))

    item.move(
        NewsState.DECIDED,
        decision=decision,
        reason=reason.strip(),
        **{"own_pack" if isinstance(pack, OwnPack) else "pack": pack},
        decided_at=now(),
        decided_by_name=by.name,
    )
    record(by, "news.decided", item, reason=item.reason, details={"decision": decision})
    announce(NewsDecided(item.pk, decision))
    return item


@transaction.atomic
def add_source(*, title: str, address: str, by: Actor) -> NewsSource:
    """Read a feed every day from now on."""
    refuse_if(objection_to_source(address, source_of_address(address)))

    source = NewsSource.objects.create(title=title, address=address)
    record(by, "news.source_added", source)
    return source


@transaction.atomic
def stop_source(source: NewsSource, *, by: Actor) -> NewsSource:
    """Read a feed no longer; what it brought stays."""
    source = NewsSource.objects.select_for_update().get(pk=source.pk)

    refuse_if(objection_to_stopping(source))

    source.stopped_at = now()
    source.save(update_fields=["stopped_at"])
    record(by, "news.source_stopped", source)
    return source
