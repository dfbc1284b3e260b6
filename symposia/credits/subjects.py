"""The subjects that boards ask for, in words: one vocabulary for rules, activities and proofs."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.credits.shipped_packs import shipped_packs
from symposia.credits.tracking import Need


@cache
def known_subjects() -> frozenset[str]:
    """Every subject that a shipped pack asks for."""
    return frozenset(topic["topic"] for pack in shipped_packs() for topic in pack["topics"])


def subject_choices() -> list[tuple[str, str]]:
    """The same by their words, for a form."""
    named = ((each, subject_words(each)) for each in known_subjects())
    return sorted(named, key=lambda pair: pair[1])


def subject_words(subject: str) -> str:
    """`end_of_life` as people read it; the boards write these in English."""
    words = subject.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def in_words(subjects: Iterable[str]) -> str:
    return ", ".join(subject_words(each) for each in subjects)


_EVERY = {
    "cycle": gettext_lazy("each cycle"),
    "year": gettext_lazy("each year"),
    "once": gettext_lazy("once"),
    "first": gettext_lazy("for the first renewal"),
    "newlic": gettext_lazy("for a new licence"),
    "every3rd": gettext_lazy("every third cycle"),
}


def every_in_words(every: str) -> str:
    """How often something is asked."""
    if every.endswith("mo"):
        return _("every %(months)s months") % {"months": every.removesuffix("mo")}
    return str(_EVERY.get(every, every))


def need_named(need: Need) -> str:
    """What a line of the arithmetic is about."""
    if need.subject == "":
        return _("All hours")
    return _("Of certain systems") if need.subject == "core" else subject_words(need.subject)


def need_in_words(need: Need) -> str:
    """What is left of one line: `Opioid pain, 2.00 hours`."""
    if need.is_course:
        return _("%(what)s, one course") % {"what": need_named(need)}
    return _("%(what)s, %(left)s hours") % {"what": need_named(need), "left": f"{need.left:.2f}"}
