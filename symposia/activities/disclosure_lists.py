from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Contributor, Disclosure, GivenBy
from symposia.shared.lists import Column, ListOf, Search


def _rows(access: Access) -> Any:
    last = Disclosure.objects.filter(contributor=OuterRef("pk")).order_by("-number")
    related = last.annotate(related=Count("relationships"))
    return Contributor.objects.visible_to(access).annotate(
        attested_at=Subquery(last.values("attested_at")[:1]),
        expires_on=Subquery(last.values("expires_on")[:1]),
        related=Subquery(related.values("related")[:1]),
        given_by=Subquery(last.values("given_by")[:1]),
    )


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


CONTRIBUTORS = ListOf(
    name="contributors",
    title=_("Disclosures"),
    permission=Permission.VIEW_PEOPLE_OF_ACTIVITY,
    rows=_rows,
    columns=(
        Column("name", _("Person"), "name", sort="name", url=lambda c: ("contributor", [c.pk])),
        Column("email", _("E-mail"), "email"),
        Column("disclosed", _("Disclosed"), "attested_at", kind="moment"),
        Column("until", _("Counts until"), "expires_on", kind="day"),
        Column("relationships", _("Relationships"), "related", kind="n"),
        Column(
            "given_by",
            _("Given by"),
            lambda c: GivenBy(c.given_by).label if c.given_by else "",
            in_page=False,
        ),
    ),
    filters=(Search("q", _("Name or e-mail"), _search),),
    sort="name",
    empty=_(
        "Whoever plans, teaches, writes or reviews content is asked once what they have to "
        "disclose."
    ),
)
