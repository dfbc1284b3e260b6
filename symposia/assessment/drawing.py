"""What an attempt asks: drawn by its seed, so that the same attempt always asks the same."""

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symposia.assessment.models import BankKind, BankOption, KnowledgeTest, PartOfTest


@dataclass(frozen=True)
class Drawn:
    """A question of an attempt, and the positions of its answers as they stand on the screen."""

    question_id: uuid.UUID
    shown: tuple[int, ...]


def draw(
    test: KnowledgeTest,
    parts: Sequence[PartOfTest],
    pools: Mapping[uuid.UUID, Sequence[uuid.UUID]],
    *,
    seed: int,
) -> list[uuid.UUID]:
    """The questions in their order: the fixed ones, and of each pool as many as its part says. A
    question is asked once, fixed ones come first when two parts want it. `pools` names for each
    part, by its id, what it may draw, in an order that does not change."""
    chance = random.Random(seed)  # noqa: S311  # an order, no secret
    fixed = [part.question_id for part in parts if part.question_id]
    taken = {each for each in fixed if each is not None}
    by_part: list[uuid.UUID] = []
    for part in parts:
        if part.question_id is not None:
            by_part.append(part.question_id)
            continue
        left = [each for each in pools.get(part.pk, ()) if each not in taken]
        found = chance.sample(left, min(part.count, len(left)))
        taken.update(found)
        by_part += found
    if test.shuffles_questions:
        chance.shuffle(by_part)
    return list(dict.fromkeys(by_part))


def order_of(
    kind: BankKind | str, options: Sequence[BankOption], *, shuffles: bool, seed: int, place: int
) -> list[int]:
    """The positions of a question's answers as they stand on the screen. What is to be put in
    order or matched is always mixed: as it is written it would tell what is right."""
    positions = [each.position for each in options]
    if kind in {BankKind.NUMERIC, BankKind.SHORT}:
        return []
    chance = random.Random(f"{seed}:{place}")  # noqa: S311  # an order, no secret
    if not shuffles and kind in {BankKind.SINGLE, BankKind.MULTIPLE}:
        return positions
    mixed = chance.sample(positions, len(positions))
    if kind in {BankKind.ORDER, BankKind.MATCH} and mixed == positions and len(positions) > 1:
        mixed = [*positions[1:], positions[0]]
    return mixed
