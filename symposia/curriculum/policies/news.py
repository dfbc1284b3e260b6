from django.utils.translation import gettext_lazy as _

from symposia.compliance.models import OwnPack, RulePack
from symposia.curriculum.models import NewsDecision, NewsItem, NewsSource, NewsState
from symposia.shared.refusals import Objection

Version = RulePack | OwnPack

NEWS_DECIDED = Objection("news_decided", _("This was decided: %(decision)s."))
NEWS_REASON = Objection("news_reason", _("Write what it means for you; it stays in the record."))
NAME_THE_PACK = Objection(
    "name_the_pack", _("Name the version of the rule pack that carries it out.")
)
NO_PACK_HERE = Objection("no_pack_here", _("Only a change of rules names a rule pack."))
NEWS_THERE = Objection("news_there", _("This came in already as %(number)s."))
SOURCE_STOPPED = Objection("source_stopped", _("This feed is no longer read."))
ONLY_HTTPS = Objection("only_https", _("A feed has an address that begins with https://."))
SOURCE_THERE = Objection("source_there", _("This feed is read already."))


def objection_to_news_step(item: NewsItem) -> Objection | None:
    """An item is decided once."""
    if item.state != NewsState.DECIDED:
        return None
    return NEWS_DECIDED.about(decision=item.get_decision_display())


def objection_to_deciding_news(
    item: NewsItem, *, decision: str, reason: str, pack: Version | None
) -> Objection | None:
    """A decision has its reason, and a change of rules the version that carries it out."""
    decided = objection_to_news_step(item)
    if decided:
        return decided
    if not reason.strip():
        return NEWS_REASON
    if decision == NewsDecision.RULES:
        return None if pack else NAME_THE_PACK
    return NO_PACK_HERE if pack else None


def objection_to_news_again(there: NewsItem | None) -> Objection | None:
    """The same item is entered once."""
    return NEWS_THERE.about(number=there.number) if there else None


def objection_to_source(address: str, there: NewsSource | None) -> Objection | None:
    """A source is read over an encrypted connection, and once."""
    if not address.startswith("https://"):
        return ONLY_HTTPS
    return SOURCE_THERE if there else None


def objection_to_stopping(source: NewsSource) -> Objection | None:
    """A source is stopped once."""
    return SOURCE_STOPPED if source.stopped_at else None
