"""The steps to a certificate, as the ring and the list beside it show them."""

from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from symposia.assessment.models import Purpose
from symposia.assessment.standing import Standing
from symposia.credits.explaining import Explanation
from symposia.learning.steps import CLAIM, CONTENT, Step, steps_of
from symposia.web.formats import credits_amount
from symposia.web.parts import Requirement


def requirements_of(explained: Explanation, token: str) -> list[Requirement]:
    """Tests, attendance, evaluation, credit or certificate: what is asked, how far it is."""
    if explained.studied is not None:
        asked = steps_of(explained.registration)
        turn = next((each for each in asked if each.missing), None)
        return [_asked(each, explained, token, is_turn=each is turn) for each in asked]
    tests = explained.tests.values()
    steps = [_test(each, token) for each in tests if each.test.purpose == Purpose.PRE]
    steps.append(_attendance(explained))
    steps += [_test(each, token) for each in tests if each.test.purpose == Purpose.POST]
    if explained.frame.has_evaluation:
        steps.append(_evaluation(explained, token))
    steps.append(_last(explained))
    later = [each for each in tests if each.test.purpose == Purpose.FOLLOW_UP]
    return steps + [_test(each, token) for each in later]


def _test(standing: Standing, token: str) -> Requirement:
    """A test with its best result, or what is left of it; never that somebody failed."""
    test = standing.test
    href = reverse("finish_test", args=[token, test.purpose])
    best = "" if standing.best is None else _("%s %%") % f"{standing.best:.0f}"
    if standing.is_met:
        return Requirement(test.get_purpose_display(), "done", best, href=href)
    left = ngettext("%(n)d attempt left", "%(n)d attempts left", standing.attempts_left)
    said = left % {"n": standing.attempts_left}
    detail = f"{best} · {said}" if best else said
    note = _("To do") if test.is_required else _("If you like")
    return Requirement(test.get_purpose_display(), "open", detail, note, href)


def _asked(step: Step, explained: Explanation, token: str, *, is_turn: bool) -> Requirement:
    """A step as the activity asks for it; it leads to its page when its turn has come."""
    if step.kind.code == CLAIM:
        return _last(explained)
    if step.stand.is_done and step.kind.code != CONTENT:
        return Requirement(step.kind.label, "done", step.stand.detail)
    leads = step.kind.page and (is_turn or step.stand.is_done)
    href = reverse(step.kind.page, args=[token, *step.kind.page_of]) if leads else ""
    state: Literal["done", "open"] = "done" if step.stand.is_done else "open"
    note = "" if step.stand.is_done else step.stand.note
    return Requirement(step.kind.label, state, step.stand.detail, note, href)


def first_open(requirements: list[Requirement]) -> Requirement | None:
    """Where the learner goes on: the first step that is not done and has a page."""
    return next((each for each in requirements if each.state == "open"), None)


def _attendance(explained: Explanation) -> Requirement:
    said = _("%(minutes)d of %(all)d minutes") % {
        "minutes": explained.minutes,
        "all": explained.creditable,
    }
    if not explained.was_there:
        return Requirement(_("Attendance"), "open", _("Not recorded"))
    return Requirement(_("Attendance"), "done", said)


def _evaluation(explained: Explanation, token: str) -> Requirement:
    if explained.has_answered:
        return Requirement(_("Evaluation"), "done")
    href = reverse("finish_evaluation", args=[token]) if explained.was_there else ""
    optional = "" if explained.needs_evaluation else _("Not needed for the certificate")
    return Requirement(_("Evaluation"), "open", optional, _("2 min"), href)


def _last(explained: Explanation) -> Requirement:
    certificate = explained.certificate
    if certificate is not None:
        return Requirement(certificate.get_kind_display(), "sealed", str(certificate))
    if explained.is_credit:
        most = _("up to %s") % credits_amount(explained.allowed) if explained.allowed else ""
        return Requirement(_("Claim your credit"), "open", most, _("1 min"))
    return Requirement(str(explained.kind.label), "open")


def minutes_left(explained: Explanation) -> str:
    """What is left to do, in minutes."""
    minutes = (0 if explained.has_answered or not explained.needs_evaluation else 2) + 1
    minutes += 5 if explained.waits_for_test else 0
    return ngettext("about %d minute", "about %d minutes", minutes) % minutes
