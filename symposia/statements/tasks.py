from symposia.shared.jobs import tick
from symposia.shared.partitions import keep_months
from symposia.statements.models import Mention, Statement


@tick("statements.months", seconds=3600)
def prepare_months() -> None:
    """The parts of the coming months are there before the months begin."""
    for model in (Statement, Mention):
        keep_months(model)
