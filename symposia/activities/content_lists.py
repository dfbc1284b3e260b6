from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import (
    ContentItem,
    ContentReview,
    ContentVersion,
    Standing,
    Verdict,
)
from symposia.shared.lists import Column, ListOf, Search

STANDING_TONES: dict[str, str] = {
    Standing.MISSING: "warn",
    Standing.WAITING: "info",
    Standing.CHANGES: "warn",
    Standing.RELEASED: "ok",
}
# What the last review said of the very file that is the last.
_SAID = ContentReview.objects.filter(
    version__item=OuterRef("pk"), sha256=OuterRef("last_sha256")
).order_by("-at", "-pk")
_VERDICT = Subquery(_SAID.values("verdict")[:1], output_field=CharField(choices=Verdict.choices))


def _rows(access: Access) -> Any:
    last = ContentVersion.objects.filter(item=OuterRef("pk")).order_by("-number")
    rows = ContentItem.objects.visible_to(access).select_related(
        "activity", "contributor", "session"
    )
    return rows.annotate(
        last_number=Subquery(last.values("number")[:1]),
        last_pages=Subquery(last.values("pages")[:1]),
        last_sha256=Subquery(last.values("sha256")[:1]),
    )


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


CONTENT = ListOf(
    name="content_items",
    title=_("Content"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_rows,
    columns=(
        Column(
            "title", _("Content"), "title", sort="title", url=lambda i: ("content_item", [i.pk])
        ),
        Column("activity", _("Activity"), "activity__title"),
        Column("contributor", _("From"), "contributor__name", sort="contributor__name"),
        Column("session", _("Session"), "session__title"),
        Column("version", _("Version"), "last_number", kind="n"),
        Column("slides", _("Slides"), "last_pages", kind="n"),
        Column("verdict", _("Verdict"), _VERDICT),
        Column("sha256", _("Hash of the file"), "last_sha256", in_page=False),
    ),
    filters=(Search("q", _("Words or a person"), _search),),
    sort="title",
    empty=_("Whatever learners will see is named on the page of its activity."),
)


_STANDING = ExpressionWrapper(F("standing"), output_field=CharField(choices=Standing.choices))


def _slides(access: Access) -> Any:
    rows = ContentItem.objects.visible_to(access, Permission.VIEW_ACTIVITIES).with_standing()
    return rows.select_related("activity", "contributor", "session")


# For whoever runs an activity without looking after its people: what learners will see, how far
# each is, and of what was released the file. Never what waits, nor what reviewers said.
SLIDES = ListOf(
    name="slides",
    title=_("Slides"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_slides,
    columns=(
        Column("title", _("Content"), "title", sort="title"),
        Column(
            "activity",
            _("Activity"),
            "activity__number",
            kind="id",
            url=lambda i: ("activity_slides", [i.activity_id]),
        ),
        Column("session", _("Session"), "session__title"),
        Column("contributor", _("From"), "contributor__name", sort="contributor__name"),
        Column(
            "standing",
            _("State"),
            _STANDING,
            sort="standing",
            kind="state",
            tone=lambda i: STANDING_TONES[i.standing],
        ),
        Column("slides", _("Slides"), "released_pages", kind="n"),
        Column(
            "file",
            _("File"),
            "released_name",
            url=lambda i: ("file", [i.released_file]) if i.released_file else None,
        ),
        Column("sha256", _("Hash of the file"), "released_sha256", in_page=False),
    ),
    filters=(Search("q", _("Words or a person"), _search),),
    sort="title",
    empty=_("No content is expected of your activities yet."),
)
