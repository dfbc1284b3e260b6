"""Questions that cite a guideline: those asked now are listed once it is superseded, in
evaluations and in the bank."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from symposia.assessment.models import BankQuestion, BankState, EvaluationForm, Question
from symposia.curriculum.citing import Citing, cites


@cites("question")
def questions_citing(guideline_id: uuid.UUID) -> Iterable[Citing]:
    """Questions of the version that learners are asked; older versions stay as they were."""
    latest = EvaluationForm.objects.filter(activity=OuterRef("form__activity"))
    asked = Question.objects.filter(
        guideline=guideline_id, form=Subquery(latest.order_by("-version").values("pk")[:1])
    )
    for each in asked.select_related("form__activity").order_by("form", "position"):
        activity = each.form.activity
        if activity is not None:
            yield Citing(each.pk, f"{activity.number} {each.text}", activity.pk)


@cites("bank_question")
def bank_questions_citing(guideline_id: uuid.UUID) -> Iterable[Citing]:
    """Questions of the bank that are not retired."""
    rows: QuerySet[Any] = BankQuestion.objects.with_words().filter(guideline=guideline_id)
    for each in rows.exclude(state=BankState.RETIRED).order_by("number", "pk"):
        yield Citing(each.pk, f"{each.number} {each.words}")
