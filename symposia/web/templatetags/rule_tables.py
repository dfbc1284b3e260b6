"""A rule's table, as a page shows it."""

from dataclasses import dataclass

from django import template

from symposia.compliance.packfile import Rule

register = template.Library()


@dataclass(frozen=True)
class ShownRow:
    """A row: each cell under the name of its column, the verdict and the sentence."""

    cells: list[tuple[str, str]]
    result: str
    message: str


@register.filter
def rows_of(rule: Rule) -> list[ShownRow]:
    """The rows of a rule's table, in the order in which they decide."""
    if rule.table is None:
        return []
    names = [column.name for column in rule.table.columns]
    return [
        ShownRow(
            list(zip(names, row.when, strict=True)), row.result, rule.messages.get(row.say, "")
        )
        for row in rule.table.rows
    ]
