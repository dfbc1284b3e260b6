"""What is compared of two people, and how much each outcome says: Splink's settings.

Imported by the process that compares and by nothing else: the library is large. What each outcome
is worth stands in `model.json`: learned from the labelled people of the benchmark, dated, the same
everywhere; how often an outcome comes by chance is counted anew where there are enough people.
"""

import json
from pathlib import Path
from typing import Any

import splink.comparison_library as cl
from splink import SettingsCreator, block_on
from splink.internals.comparison_level_library import CustomLevel, ElseLevel

WEIGHTS = Path(__file__).with_name("model.json")
# Of a hundred records so many have a second one: what one believes before comparing.
SECOND_RECORDS = 0.03

# What the conditions below ask of two lists of words.
MACROS = """
CREATE MACRO words_shared(a, b) AS
  len(list_filter(list_intersect(a, b), lambda x: len(x) > 2));
CREATE MACRO stands_for(x, y) AS
  x = y OR ((len(x) = 1 OR len(y) = 1) AND x[1] = y[1]);
CREATE MACRO all_stand_for(a, b) AS
  len(list_filter(a, lambda x: len(list_filter(b, lambda y: stands_for(x, y))) = 0)) = 0
"""

# Each comparison with its outcomes, the strongest first; None of them says nothing.
OUTCOMES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "name": (
        "name_l IS NULL OR name_r IS NULL",
        (
            ("same", "name_l = name_r"),
            (
                "short",
                "words_shared(words_l, words_r) > 0 AND "
                "(all_stand_for(words_l, words_r) OR all_stand_for(words_r, words_l))",
            ),
            (
                "typo",
                "damerau_levenshtein(name_l, name_r) <= 2 OR jaro_winkler_similarity"
                "(name_l, name_r) >= 0.95",
            ),
            ("part", "words_shared(words_l, words_r) > 0"),
        ),
    ),
    "email": (
        "email_l IS NULL OR email_r IS NULL",
        (
            ("same", "email_l = email_r"),
            ("mailbox", "mailbox_l = mailbox_r"),
            ("typo", "damerau_levenshtein(email_l, email_r) <= 1"),
        ),
    ),
    "phone": (
        "phone_l IS NULL OR phone_r IS NULL",
        (
            ("same", "phone_l = phone_r"),
            ("typo", "damerau_levenshtein(phone_l, phone_r) <= 1"),
        ),
    ),
    "place": (
        "city_l IS NULL AND institution_l IS NULL OR city_r IS NULL AND institution_r IS NULL",
        (
            ("institution", "institution_l = institution_r"),
            ("city", "city_l = city_r"),
            ("region", "region_l = region_r"),
        ),
    ),
    "work": (
        "profession_l IS NULL OR profession_r IS NULL",
        (
            ("specialty", "specialty_l = specialty_r AND profession_l = profession_r"),
            ("profession", "profession_l = profession_r"),
        ),
    ),
    "number": (
        "number_l IS NULL OR number_r IS NULL OR register_l <> register_r",
        (("typo", "damerau_levenshtein(number_l, number_r) <= 1"),),
    ),
}
# Whoever shares one of these is compared at all.
BLOCKS = (
    ("name",),
    ("email",),
    ("phone",),
    ("mailbox",),
    ("last_word", "initial"),
    ("first_word", "institution"),
    ("first_word", "city", "profession"),
    ("last_word", "city"),
)


def outcome(comparison: str, value: int) -> str:
    """The word for one outcome, as the library numbers them from the weakest."""
    outcomes = OUTCOMES[comparison][1]
    if value < 0:
        return "unknown"
    return "different" if value == 0 else outcomes[len(outcomes) - value][0]


def settings(people: int, weights: dict[str, dict[str, list[float]]]) -> SettingsCreator:
    """The comparison of so many people with what is known of each outcome."""
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(name, weights.get(name)) for name in OUTCOMES],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKS],
        probability_two_random_records_match=2 * SECOND_RECORDS / max(people, 20),
        unique_id_column_name="id",
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=False,
    )


def _comparison(name: str, weights: dict[str, list[float]] | None) -> Any:
    nothing, outcomes = OUTCOMES[name]
    levels: list[Any] = [CustomLevel(nothing, "unknown").configure(is_null_level=True)]
    levels += [CustomLevel(condition, word) for word, condition in outcomes]
    levels.append(ElseLevel())
    if name == "name":
        levels[1].configure(
            tf_adjustment_column="name",
            tf_adjustment_weight=1.0,
            tf_minimum_u_value=0.00001,
            disable_tf_exact_match_detection=True,
        )
    made = cl.CustomComparison(
        output_column_name=name, comparison_levels=levels, comparison_description=name
    )
    if weights:
        made.configure(m_probabilities=weights["m"], u_probabilities=weights["u"])
    return made


def known_weights() -> dict[str, dict[str, list[float]]]:
    """What each outcome is worth, as the labelled people taught."""
    kept: dict[str, dict[str, list[float]]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: kept[name] for name in OUTCOMES}
