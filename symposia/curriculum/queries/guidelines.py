import uuid
from collections.abc import Iterable

from symposia.curriculum.citing import Citing, cites
from symposia.curriculum.models import Gap, Guideline, Objective


@cites("gap")
def gaps_citing(guideline_id: uuid.UUID) -> Iterable[Citing]:
    """Gaps whose evidence names the guideline."""
    found = Gap.objects.filter(evidence__guideline_id=guideline_id).distinct().order_by("pk")
    return [Citing(gap.pk, str(gap)) for gap in found]


@cites("objective")
def objectives_citing(guideline_id: uuid.UUID) -> Iterable[Citing]:
    found = Objective.objects.filter(guideline_id=guideline_id).order_by("pk")
    return [Citing(each.pk, each.text) for each in found]


def current_guidelines() -> list[Guideline]:
    """What may be cited now."""
    return list(Guideline.objects.current())


def citable() -> list[tuple[str, str]]:
    """Current guidelines as a form offers them."""
    return [(str(each.pk), str(each)) for each in Guideline.objects.current()]


def current_guideline(pk: str) -> Guideline | None:
    """The guideline that somebody chose on a form."""
    return Guideline.objects.current().filter(pk=pk).first() if pk else None
