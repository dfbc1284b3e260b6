"""The list of clinicians approved for a representative, read from lines somebody pasted."""

from symposia.accounts.permissions import Access
from symposia.directory.models import Clinician
from symposia.directory.queries import exact_clinicians


class Unknown(ValueError):
    """Some lines name nobody of the directory, or more than one."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(", ".join(lines))
        self.lines = lines


def approved_from(text: str, access: Access) -> list[Clinician]:
    """Each line's clinician, once. Raises Unknown with the lines that name nobody or several."""
    found: dict[object, Clinician] = {}
    unknown = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        people = exact_clinicians(access, line)
        if len(people) == 1:
            found[people[0].pk] = people[0]
        else:
            unknown.append(line[:80])
    if unknown:
        raise Unknown(unknown)
    return list(found.values())
