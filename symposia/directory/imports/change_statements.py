"""What a file changed of people who were known, as statements over all of them at once.

What they said before and after is kept per person; a field goes back to what it was where it still
says what the file wrote, unless somebody has verified or preferred just that since.
"""

# Fields that go back together, and the columns that hold them with their types.
GROUPS: dict[str, dict[str, str]] = {
    "full_name": {"full_name": "text", "display_name": "text", "search_text": "text"},
    "credential": {"credential": "text"},
    "profession": {"profession": "text"},
    "specialty": {"specialty": "text"},
    "email": {"email": "text"},
    "phone": {"phone": "text"},
    "city": {"city": "text"},
    "region": {"region": "text"},
    "country": {"country": "text"},
    "language": {"language": "text"},
    "institution": {"institution_id": "uuid"},
    "territory": {"territory_id": "uuid"},
    "deactivated": {"deactivated_at": "timestamptz"},
}
_POINTS_TO = {"institution": "directory_institution", "territory": "directory_territory"}
_FACTS = ", ".join(f"'{column}', c.{column}" for group in GROUPS.values() for column in group)
_OF_IMPORT = "d.made_id = %(made)s AND d.person_id = c.id"

# The names in these statements are our own columns and tables, never a person's words.
NOTE_BEFORE = f"""
INSERT INTO directory_importedchange
  (id, organisation_id, made_id, line, person_id, before, after)
SELECT gen_random_uuid(), %(organisation)s, %(made)s, m.line, c.id,
  jsonb_build_object({_FACTS}), '{{}}'
  FROM clinician_matches m JOIN directory_clinician c ON c.id = m.clinician_id
 WHERE m.changes <> ''
"""  # noqa: S608
NOTE_AFTER = f"""
UPDATE directory_importedchange d SET after = jsonb_build_object({_FACTS})
  FROM directory_clinician c WHERE {_OF_IMPORT}
"""  # noqa: S608


def _changed(group: str) -> str:
    """The file wrote something else than was there."""
    columns = (f"d.before->>'{c}' IS DISTINCT FROM d.after->>'{c}'" for c in GROUPS[group])
    return f"({' OR '.join(columns)})"


def _as_written(group: str) -> str:
    """It still says what the file wrote."""
    columns = (
        f"c.{column} IS NOT DISTINCT FROM (d.after->>'{column}')::{kind}"
        for column, kind in GROUPS[group].items()
    )
    return f"({' AND '.join(columns)})"


def _is_there(group: str) -> str:
    """What it pointed to before is still there."""
    if group not in _POINTS_TO:
        return "true"
    before = f"(d.before->>'{group}_id')::uuid"
    known = f"EXISTS (SELECT 1 FROM {_POINTS_TO[group]} p WHERE p.id = {before})"  # noqa: S608
    return f"({before} IS NULL OR {known})"


# Fields of which the record says the one that is used, of several that are noted.
_NOTED = frozenset({"email", "phone"})


def _is_left(group: str) -> str:
    """It says what the file wrote, and nobody has confirmed that since."""
    if group not in _NOTED:
        return _as_written(group)
    confirmed = (
        "EXISTS (SELECT 1 FROM directory_contactpoint o "  # noqa: S608
        "JOIN directory_importundo u ON u.made_id = d.made_id WHERE o.clinician_id = c.id "
        f"AND o.kind = '{group}' AND o.value = c.{group} "
        "AND greatest(o.verified_at, o.preferred_at) > u.imported_at)"
    )
    return f"({_as_written(group)} AND NOT {confirmed})"


def _goes_back(group: str) -> str:
    conditions = (_changed(group), _is_left(group), _is_there(group))
    return f"(c.merged_into_id IS NULL AND {' AND '.join(conditions)})"


def _staying(group: str) -> str:
    return f"""
SELECT d.line, '{group}', c.id, c.full_name, CASE WHEN c.merged_into_id IS NOT NULL THEN 'merged'
    WHEN NOT {_is_left(group)} THEN 'changed' ELSE 'gone' END
  FROM directory_importedchange d JOIN directory_clinician c ON {_OF_IMPORT}
 WHERE {_changed(group)} AND NOT {_goes_back(group)}"""  # noqa: S608


STAYING = " UNION ALL ".join(_staying(group) for group in GROUPS)
_SET = ", ".join(
    f"{column} = CASE WHEN {_goes_back(group)} THEN (d.before->>'{column}')::{kind} "
    f"ELSE c.{column} END"
    for group, columns in GROUPS.items()
    for column, kind in columns.items()
)
GIVE_BACK = f"""
UPDATE directory_clinician c SET {_SET}
  FROM directory_importedchange d
 WHERE {_OF_IMPORT} AND ({" OR ".join(_goes_back(group) for group in GROUPS)})
RETURNING c.id
"""  # noqa: S608
