"""The lists of credit, one beside the other."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from symposia.web.parts import Tab
from symposia.web.requests import UserRequest

LIST = "office/credits/views_list.html"
VIEWS = (
    ("certificates", _("Certificates")),
    ("external_credits", _("Credit from elsewhere")),
    ("licences", _("Licences and cycles")),
    ("credit_appeals", _("Appeals about credit")),
)


def credit_views(_request: UserRequest, name: str) -> dict[str, Any]:
    """The other lists beside this one; whoever opens one opens all."""
    return {"views": [Tab(label, reverse(each), current=each == name) for each, label in VIEWS]}
