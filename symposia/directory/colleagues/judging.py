"""What each row of a file of colleagues would do: everything is said, nothing is changed."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from symposia.accounts.models import Membership
from symposia.directory.colleagues.house import House
from symposia.directory.colleagues.rows import RoleWish, Wish
from symposia.directory.colleagues.words import (
    GIVEN,
    KEEPS,
    MANAGER,
    OTHERWISE,
    TAKES_OVER,
    TITLE,
    WAITS,
    Reason,
)
from symposia.work.models import ImportRow, Outcome

_LONGEST = {"email": 254, "full_name": 200, "title": 120}


@dataclass(frozen=True)
class Judged:
    """One row: what would come of it, or why nothing does."""

    wish: Wish
    outcome: str
    reason: str = ""
    changes: tuple[str, ...] = ()
    # What a rule said to it when it was brought in.
    said: str = ""

    @property
    def is_taken(self) -> bool:
        return self.outcome in {Outcome.NEW, Outcome.CHANGED}

    def rejected(self, reason: str, said: str = "") -> "Judged":
        return replace(self, outcome=Outcome.REJECTED, reason=reason, changes=(), said=said)

    def as_row(self, import_id: uuid.UUID) -> ImportRow:
        return ImportRow(
            made_id=import_id,
            line=self.wish.line,
            outcome=self.outcome,
            reason=self.reason,
            number=self.wish.email[:60],
            label=self.wish.full_name[:200],
            changes=(self.said or ", ".join(self.changes))[:300],
        )


@dataclass
class Verdict:
    """What a whole file would do, in the order of its rows; then who is not in it."""

    rows: list[Judged] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        outcomes = Counter(str(row.outcome) for row in self.rows)
        reasons = Counter(str(row.reason) for row in self.rows if row.reason)
        return {"rows": len(self.rows), **outcomes, "reasons": dict(reasons)}


def judge_colleagues(wishes: Sequence[Wish], house: House) -> Verdict:
    """Each row by itself, then the lines of managers, which rows make together."""
    seen: set[str] = set()
    rows = []
    for wish in wishes:
        rows.append(_judge(wish, house, is_repeated=wish.email in seen))
        seen.add(wish.email)
    rows = list(_with_one_holder(rows, house))
    rows = _with_managers(rows, house)
    missing = [
        Judged(Wish(0, email, str(one.user)), Outcome.SKIPPED, Reason.NOT_IN_FILE)
        for email, one in sorted(house.members.items())
        if one.ended_at is None and email not in seen
    ]
    return Verdict([*rows, *missing])


def _judge(wish: Wish, house: House, *, is_repeated: bool) -> Judged:
    member = house.standing(wish.email)
    problem = wish.problem or _objection_to_words(wish) or _objection_to_roles(wish, house)
    if not problem and is_repeated:
        problem = Reason.REPEATED
    if not problem and member is None:
        problem = _objection_to_newcomer(wish, house)
    if problem:
        return Judged(wish, Outcome.REJECTED, problem)
    changes = tuple(_changes(wish, member, house))
    if member is None:
        return Judged(wish, Outcome.NEW, changes=changes)
    does_something = any(not each.startswith(KEEPS) for each in changes)
    if does_something and member.user_id == house.person:
        return Judged(wish, Outcome.REJECTED, Reason.ONESELF)
    outcome = Outcome.CHANGED if does_something else Outcome.UNCHANGED
    return Judged(wish, outcome, changes=changes)


def _objection_to_words(wish: Wish) -> str:
    if not wish.email:
        return Reason.NO_EMAIL
    try:
        validate_email(wish.email)
    except ValidationError:
        return Reason.BAD_EMAIL
    too_long = any(len(getattr(wish, name)) > most for name, most in _LONGEST.items())
    return Reason.TOO_LONG if too_long else ""


def _objection_to_roles(wish: Wish, house: House) -> str:
    for role in wish.roles:
        ends = house.ends(role)
        if role.code not in house.roles:
            return Reason.UNKNOWN_ROLE
        if role.territory and role.territory not in house.territories:
            return Reason.UNKNOWN_TERRITORY
        if ends is not None and ends <= house.at:
            return Reason.DAY_IS_OVER
    return ""


def _objection_to_newcomer(wish: Wish, house: House) -> str:
    """Somebody who is not here yet, or who has left, needs a name and something to do."""
    if not wish.full_name and wish.email not in house.members:
        return Reason.NO_NAME
    return "" if wish.roles else Reason.NO_ROLE


def _changes(wish: Wish, member: Membership | None, house: House) -> list[str]:
    found = [_change_of_role(role, member, house) for role in wish.roles]
    if wish.title and wish.title != (member.title if member else ""):
        found.append(TITLE)
    above = member.manager if member else None
    if wish.manager and wish.manager != (above.user.email.lower() if above else ""):
        found.append(MANAGER)
    kept = _kept(wish, member, house) if member else []
    return [each for each in [*found, *kept] if each]


def _change_of_role(wish: RoleWish, member: Membership | None, house: House) -> str:
    grant = house.held(member, wish) if member else None
    if house.assigns(wish) and house.is_held_by_another(wish, member):
        return f"{TAKES_OVER}{wish}"
    if grant is None:
        return f"{WAITS if house.waits(house.roles[wish.code], member) else GIVEN}{wish}"
    return f"{OTHERWISE}{wish}" if grant.valid_until != house.ends(wish) else ""


def _kept(wish: Wish, member: Membership, house: House) -> list[str]:
    """Roles a row does not name stay, and the report names them."""
    named = [house.held(member, role) for role in wish.roles]
    others = [g for g in house.grants.get(member.pk, ()) if g not in named and not g.has_run_out]
    return [f"{KEEPS}{house.spoken(grant)}" for grant in others]


def _with_one_holder(rows: Sequence[Judged], house: House) -> Iterator[Judged]:
    """One territory is held by one person in a role, in a file too."""
    taken: set[tuple[str, str]] = set()
    for row in rows:
        if row.outcome == Outcome.REJECTED:
            yield row
            continue
        keys = {(role.territory, role.code) for role in row.wish.roles if house.assigns(role)}
        yield row.rejected(Reason.TWO_HOLDERS) if keys & taken else row
        taken |= keys


def _with_managers(rows: list[Judged], house: House) -> list[Judged]:
    """A manager works here or comes in with the file; rejecting one row may reject another."""
    more = True
    while more:
        lines = _lines(rows, house)
        after = [_judge_manager(row, lines) for row in rows]
        more, rows = after != rows, after
    return rows


def _lines(rows: list[Judged], house: House) -> dict[str, str]:
    """Who would report to whom, by address; everybody who would work here is in it."""
    lines = {
        email: (one.manager.user.email.lower() if one.manager else "")
        for email, one in house.members.items()
        if one.ended_at is None
    }
    for row in rows:
        if row.outcome != Outcome.REJECTED:
            lines[row.wish.email] = row.wish.manager or lines.get(row.wish.email, "")
    return lines


def _judge_manager(row: Judged, lines: Mapping[str, str]) -> Judged:
    if MANAGER not in row.changes:
        return row
    if row.wish.manager not in lines:
        return row.rejected(Reason.UNKNOWN_MANAGER)
    seen, at = {row.wish.email}, row.wish.manager
    while at and at not in seen:
        seen.add(at)
        at = lines.get(at, "")
    return row.rejected(Reason.CIRCLE) if at == row.wish.email else row
