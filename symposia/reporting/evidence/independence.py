"""How an activity kept its independence: content, relationships, companies, marketing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from symposia.activities.apart import too_near_in
from symposia.activities.control import InControl, exemption_of, in_control_of, statements_of
from symposia.activities.models import Activity, DocumentVersion
from symposia.activities.queries import sessions_of
from symposia.activities.reading import loaded_once
from symposia.activities.reviewed import Content, contents_of
from symposia.activities.separation import marketing_in
from symposia.activities.telling import exemption_called
from symposia.compliance.queries.evaluations import stated_facts
from symposia.finance.queries import books_currency
from symposia.reporting.evidence.parts import Found, said
from symposia.reporting.queries import facts_of, support_of
from symposia.shared.money import Money
from symposia.shared.times import wall_time

# What the standards ask and no record holds: what was said of it, and what is right.
_NAMES, _PAID, _SIGNED = "learner_names_shared", "support_paid_directly", "support_agreement_signed"


def content(activity: Activity) -> Found:
    """Every content item, who reviewed it and what came of it."""
    found = contents_of(activity)
    where = ("activity_content", [activity.pk])
    if not found:
        return Found(gap=_("No content is kept, so no review of it either."), mend=where)
    lines = [(each.item.title, _review(each, activity)) for each in found]
    files = [each.latest.file_id for each in found if each.latest]
    open_ones = [each.item.title for each in found if not each.is_released]
    missing = _("No reviewer released: %(titles)s.") % {"titles": ", ".join(open_ones)}
    return Found(lines, files, missing if open_ones else "", where if open_ones else None)


def _review(each: Content, activity: Activity) -> str:
    if each.latest is None:
        return _("nothing was handed in")
    if not each.reviews:
        return _("version %(n)d, not reviewed") % {"n": each.latest.number}
    last = each.reviews[0]
    return _("version %(n)d, %(verdict)s by %(who)s on %(day)s; SHA-256 %(hash)s") % {
        "n": each.latest.number,
        "verdict": last.get_verdict_display(),
        "who": last.by_name,
        "day": _day(last.at, activity),
        "hash": each.latest.sha256[:16],
    }


def _day(at: datetime, activity: Activity) -> str:
    return f"{wall_time(at, activity.zone):%Y-%m-%d}"


def control(activity: Activity) -> Found:
    """Everybody in control of content: their roles, what they disclosed and when."""
    people, spared = _people(activity)
    if spared:
        return Found(spared=spared)
    where = ("activity_disclosures", [activity.pk])
    if not people:
        return Found(gap=_("Nobody is named as being in control of the content."), mend=where)
    lines = [(_called(person), _disclosed(person, activity)) for person in people]
    silent = [person.name for person in people if person.disclosure is None]
    missing = _("No disclosure of %(names)s.") % {"names": ", ".join(silent)}
    return Found(lines, (), missing if silent else "", where if silent else None)


def _people(activity: Activity) -> tuple[list[InControl], str]:
    """Who is in control, or why no disclosures are asked for."""
    if not activity.is_independent:
        return [], _("The activity is not independent education: no disclosures are asked for.")
    if exempt := exemption_of(activity):
        return [], _("An exemption applies: %(why)s.") % {"why": exemption_called(exempt)}
    return loaded_once(activity, in_control_of), ""


def _called(person: InControl) -> str:
    return f"{person.name} ({', '.join(str(role) for role in person.roles)})"


def _disclosed(person: InControl, activity: Activity) -> str:
    if person.disclosure is None:
        return _("did not disclose")
    day = _day(person.disclosure.attested_at, activity)
    if not person.matters:
        return _("disclosed on %(day)s: no relationships") % {"day": day}
    named = "; ".join(f"{m.relationship.company} ({m.nature})" for m in person.matters)
    return _("disclosed on %(day)s: %(what)s") % {"day": day, "what": named}


def mitigation(activity: Activity) -> Found:
    """Of each relationship whether it is relevant, and what was done about it before the role."""
    people, spared = _people(activity)
    matters = [(person, matter) for person in people for matter in person.matters]
    if not matters:
        return Found(
            spared=spared or _("Nobody who disclosed has a relationship that could be relevant.")
        )
    lines = [
        (f"{person.name}, {matter.relationship.company}", _weighed(matter, activity))
        for person, matter in matters
    ]
    open_ones = sorted({p.name for p, m in matters if m.condition != "clear"})
    missing = _("Undecided or not mitigated: %(names)s.") % {"names": ", ".join(open_ones)}
    late = _late(matters, activity)
    gap = missing if open_ones else late
    return Found(lines, (), gap, ("activity_disclosures", [activity.pk]) if gap else None)


def _weighed(matter: Any, activity: Activity) -> str:
    if matter.decision is None:
        return _("not decided")
    if not matter.decision.is_relevant:
        return _("not relevant: %(why)s") % {"why": matter.exception or matter.decision.reason}
    if matter.mitigation is None:
        return _("relevant, not mitigated")
    return _("relevant; %(step)s on %(day)s by %(who)s") % {
        "step": matter.step,
        "day": _day(matter.mitigation.at, activity),
        "who": matter.mitigation.by_name,
    }


def _late(matters: Iterable[tuple[InControl, Any]], activity: Activity) -> str:
    """Mitigated, but after the activity had begun."""
    after = sorted(
        {
            person.name
            for person, matter in matters
            if matter.mitigation and matter.mitigation.at > activity.starts_at
        }
    )
    said_so = _("Mitigated only after the activity began: %(names)s.")
    return said_so % {"names": ", ".join(after)} if after else ""


def told(activity: Activity) -> Found:
    """What learners were told before they engaged, as it was shown."""
    people, spared = _people(activity)
    statements = statements_of(activity)
    if not statements:
        if spared or not people:
            return Found(spared=spared or _("There is nobody of whom to tell."))
        where = ("activity_disclosures", [activity.pk])
        return Found(gap=_("Learners were told nothing of disclosures."), mend=where)
    last = statements[0]
    lines = said(
        (_("Told to learners"), last.text),
        (_("Locked"), f"{_day(last.made_at, activity)}, {last.by_name}"),
        ("SHA-256", last.sha256),
    )
    if min(each.made_at for each in statements) <= activity.starts_at:
        return Found(lines)
    late = _("What learners were told was locked only after the activity began.")
    return Found(lines, gap=late, mend=("activity_disclosures", [activity.pk]))


def independence(activity: Activity) -> Found:
    """That no company had a part in it, and that nobody's name was given to one."""
    if not activity.is_independent:
        return Found(spared=_("The activity is not independent education."))
    facts = stated_facts("activity", activity.pk)
    lines = said((_("Provided"), loaded_once(activity, facts_of).get_providership_display()))
    if _NAMES not in facts:
        return Found(
            lines,
            gap=_("Nobody has said whether learners' names were given to a company."),
            mend=("activity_rules", [activity.pk]),
        )
    shared = _("given, with the consent of each") if facts[_NAMES] else _("given to no company")
    return Found([*lines, (_("Names of learners"), shared)])


def support(activity: Activity) -> Found:
    """Which companies supported it, with what; or that none did."""
    has_support = loaded_once(activity, facts_of).has_support
    given = loaded_once(activity, support_of)
    where = ("activity_reports", [activity.pk])
    if has_support is None and not given:
        return Found(gap=_("Nobody has said whether a company supported it."), mend=where)
    if not given:
        if has_support:
            return Found(gap=_("A company supported it, but none is named."), mend=where)
        return Found([(_("Commercial support"), _("none"))])
    lines = [(each.source, each.in_kind or f"{each.amount}") for each in given]
    total = sum(each.amount_minor for each in given)
    count = ngettext("%d supporter", "%d supporters", len(given)) % len(given)
    if total:
        together = Money.from_minor(total, books_currency())
        lines.append((_("Together"), f"{count}, {together}"))
    return Found(lines)


def support_agreement(activity: Activity) -> Found:
    """The agreement with each supporter, executed before the activity."""
    if not loaded_once(activity, support_of):
        return Found(spared=_("No company supported it."))
    papers = DocumentVersion.objects.filter(
        slot__activity=activity.pk, slot__title__icontains="support"
    )
    files = [each.file_id for each in papers.order_by("slot", "-number").distinct("slot")]
    signed = stated_facts("activity", activity.pk).get(_SIGNED)
    words = _("yes") if signed else _("no")
    lines = said((_("Signed before the activity"), words if signed is not None else ""))
    if files and signed:
        return Found(lines, files)
    missing = _("No agreement of support is kept that was signed before the activity began.")
    return Found(lines, files, missing, ("activity_tasks", [activity.pk]))


def separation(activity: Activity) -> Found:
    """Marketing beside the education, and how far apart it stood."""
    shown = marketing_in(sessions_of(activity))
    if not shown:
        return Found(spared=_("Nothing was marketed or exhibited beside it."))
    lines = [(f"{each.wall_starts:%Y-%m-%d %H:%M}", each.title) for each in shown]
    near, asked = too_near_in(activity)
    if asked:
        lines.append((_("Minutes asked between"), str(asked.value)))
    if not near:
        return Found(lines)
    first = near[0]
    missing = _("“%(marketing)s” stood %(minutes)s minutes from “%(education)s”.") % {
        "marketing": first.marketing.title,
        "minutes": first.minutes,
        "education": first.education.title,
    }
    return Found(lines, gap=missing, mend=("activity_agenda", [activity.pk]))
