"""Whether somebody may open a page, asked before a link to it is shown: no link leads to a refusal.

The answer is the gate's own: the permissions of the view and the wall of the activity. Which rows a
role reaches is asked where the page reads them.
"""

from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, resolve, reverse

from symposia.accounts.permissions import Access
from symposia.activities.encounters import about, subject_shown
from symposia.activities.wall import may

# The view of each named page, once it was looked up.
_views: dict[str, Any] = {}


def link_to(
    access: Access | None, url_name: str, arguments: Sequence[Any] = (), *, mode: str = ""
) -> str:
    """The address of a page somebody may open; nothing where they may not, or where it is not."""
    try:
        href = reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""
    return href if may_open(access, url_name, href, mode=mode) else ""


def may_open(access: Access | None, url_name: str, href: str, *, mode: str = "") -> bool:
    """Whether the gate of a page lets somebody through; `mode` of the activity it is about."""
    if access is None:
        return False
    if url_name not in _views:
        _views[url_name] = resolve(href.partition("?")[0]).func
    view = _views[url_name]
    subject = subject_shown(view.__module__) if hasattr(view, "__module__") else None
    permissions = getattr(view, "permissions", ())
    if getattr(view, "of_all", False) and not all(map(access.everywhere, permissions)):
        return False
    return all(
        may(access, mode, each, about(each, subject)) if mode else access.holds(each)
        for each in permissions
    )
