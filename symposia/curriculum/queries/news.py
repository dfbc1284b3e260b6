import uuid
from datetime import datetime, timedelta

from symposia.compliance.models import OwnPack, RulePack
from symposia.curriculum.models import NewsItem, NewsSource

# A feed is read once a day.
PAUSE = timedelta(hours=24)


def news_of_origin(origin_id: str) -> NewsItem | None:
    """What came in before under the same name of its feed or mail."""
    return NewsItem.objects.filter(origin_id=origin_id).first() if origin_id else None


def sources() -> list[NewsSource]:
    """Every feed, the living ones first."""
    return sorted(NewsSource.objects.order_by("title", "pk"), key=lambda s: bool(s.stopped_at))


def source_of_address(address: str) -> NewsSource | None:
    return NewsSource.objects.filter(address=address).first()


def source_of_id(pk: uuid.UUID) -> NewsSource | None:
    return NewsSource.objects.filter(pk=pk).first()


def sources_to_read(at: datetime) -> list[NewsSource]:
    """Living feeds that were not read for a day."""
    rows = NewsSource.objects.filter(stopped_at=None).order_by("pk")
    return [s for s in rows if s.last_read_at is None or s.last_read_at <= at - PAUSE]


def pack_choices() -> list[tuple[str, str]]:
    """Versions of rule packs as a form offers them, the organisation's own first."""
    rows = [*OwnPack.objects.latest_first(), *RulePack.objects.latest_first()]
    return [(f"{row.code}@{row.version}", str(row)) for row in rows]


def pack_named(name: str) -> RulePack | OwnPack | None:
    """The version called `code@version`; an own one comes before a shipped one."""
    code, _at, version = name.partition("@")
    named = {"code": code, "version": version}
    return OwnPack.objects.filter(**named).first() or RulePack.objects.filter(**named).first()
