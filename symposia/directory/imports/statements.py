"""The rules of an import as statements over all rows at once: one rule, one statement.

Every lasting table named here has row security: the statements see and write one organisation.
The others are the temporary tables of `staging.py`.
"""

REPEATED_NUMBERS = """
UPDATE clinician_rows r SET problem = 'repeated' FROM (
  SELECT scheme, issuer, number, min(line) AS line FROM clinician_rows
   WHERE problem = '' AND number <> '' GROUP BY scheme, issuer, number HAVING count(*) > 1) first
 WHERE r.number = first.number AND r.scheme = first.scheme AND r.issuer = first.issuer
   AND r.problem = '' AND r.line > first.line
"""
REPEATED_EMAILS = """
UPDATE clinician_rows r SET problem = 'repeated' FROM (
  SELECT email, min(line) AS line FROM clinician_rows
   WHERE problem = '' AND number = '' GROUP BY email HAVING count(*) > 1) first
 WHERE r.email = first.email AND r.number = '' AND r.problem = '' AND r.line > first.line
"""
UNKNOWN_TERRITORIES = """
UPDATE clinician_rows r SET problem = 'unknown_territory'
 WHERE r.territory <> '' AND r.problem = '' AND NOT EXISTS (
   SELECT 1 FROM directory_territory t WHERE lower(r.territory) IN (lower(t.code), lower(t.name)))
"""
PAIR_BY_NUMBER = """
INSERT INTO clinician_pairs SELECT r.line, i.clinician_id, false
  FROM clinician_rows r JOIN directory_identifier i
    ON i.value = r.number AND i.scheme = r.scheme AND i.issuer = r.issuer
 WHERE r.problem = '' AND r.number <> ''
"""
# One mailbox may serve several people, so beside a number the name has to agree as well.
PAIR_BY_EMAIL = """
INSERT INTO clinician_pairs SELECT DISTINCT ON (r.line)
  r.line, coalesce(c.merged_into_id, c.id), r.number <> ''
  FROM clinician_rows r JOIN directory_clinician c ON c.email = r.email
 WHERE r.problem = '' AND r.email <> ''
   AND NOT EXISTS (SELECT 1 FROM clinician_pairs p
     WHERE p.line = r.line OR p.clinician_id = coalesce(c.merged_into_id, c.id))
   AND (r.number = '' OR (c.search_text = r.search_text AND NOT EXISTS (
     SELECT 1 FROM directory_identifier i
      WHERE i.clinician_id = coalesce(c.merged_into_id, c.id) AND i.scheme = r.scheme)))
 ORDER BY r.line, c.id
"""
# Two rows may name one person in two ways; the later one would undo the earlier.
REPEATED_PEOPLE = """
UPDATE clinician_rows r SET problem = 'repeated' FROM (
  SELECT p.line, min(p.line) OVER (PARTITION BY p.clinician_id) AS first
    FROM clinician_pairs p) seen
 WHERE r.line = seen.line AND seen.line > seen.first
"""
FORGET_REPEATED = """
DELETE FROM clinician_pairs p USING clinician_rows r WHERE r.line = p.line AND r.problem <> ''
"""
# Fields of a row that are compared as they stand, in the order of the report.
_PLAIN = ("full_name", "credential", "profession", "specialty", "email", "phone")
_PLACE = ("city", "region", "country", "language")
_NOTED = frozenset({"email", "phone"})


def _held(name: str) -> str:
    """The record says something in a field, or another way of this kind was noted beside it."""
    if name not in _NOTED:
        return f"c.{name} <> ''"
    noted = (
        "EXISTS (SELECT 1 FROM directory_contactpoint o WHERE o.clinician_id = c.id "  # noqa: S608
        f"AND o.kind = '{name}' AND o.value <> r.{name})"
    )
    return f"(c.{name} <> '' OR {noted})"


_INSTITUTION = "r.institution <> '' AND lower(r.institution) IS DISTINCT FROM lower(h.name)"
_HAS_NUMBER = "EXISTS (SELECT 1 FROM directory_identifier i WHERE i.clinician_id = c.id)"
# What a row says otherwise, and what makes it something that was said already.
_DIFFERENCES = {
    "number": ("p.adds_number", _HAS_NUMBER),
    **{name: (f"r.{name} NOT IN ('', c.{name})", _held(name)) for name in (*_PLAIN, *_PLACE)},
    "institution": (_INSTITUTION, "c.institution_id IS NOT NULL"),
}


def _asks(name: str) -> str:
    """Two people change this field, and the record says something in it."""
    differs, is_held = _DIFFERENCES[name]
    return f"{differs} AND '{name}' = ANY(%(guarded)s) AND {is_held}"


_CHANGED = ", ".join(
    f"CASE WHEN {differs} AND NOT ({_asks(name)}) THEN '{name}' END"
    for name, (differs, _is_held) in _DIFFERENCES.items()
)
_ASKED = ", ".join(f"CASE WHEN {_asks(name)} THEN '{name}' END" for name in _DIFFERENCES)
# The names in these statements are our own columns and tables, never a person's words.
COMPARE = f"""
INSERT INTO clinician_matches SELECT p.line, p.clinician_id,
  p.adds_number AND NOT ({_asks("number")}), concat_ws(', ', {_CHANGED},
    CASE WHEN r.territory <> '' AND (t.id IS NULL
      OR lower(r.territory) NOT IN (lower(t.code), lower(t.name))) THEN 'territory' END,
    CASE WHEN r.deactivated_on <> '' AND c.deactivated_at IS NULL THEN 'deactivated' END,
    CASE WHEN r.reactivated_on <> '' AND c.deactivated_at < nullif(r.reactivated_on, '')::date
      THEN 'reactivated' END),
  array_remove(ARRAY[{_ASKED}], NULL)
  FROM clinician_pairs p
  JOIN clinician_rows r ON r.line = p.line
  JOIN directory_clinician c ON c.id = p.clinician_id
  LEFT JOIN directory_institution h ON h.id = c.institution_id
  LEFT JOIN directory_territory t ON t.id = c.territory_id
"""  # noqa: S608
# A register tells of people who left it; that matters only to a directory that knows them.
UNKNOWN_DEACTIVATED = """
UPDATE clinician_rows r SET problem = 'deactivated' WHERE r.problem = '' AND r.deactivated_on <> ''
   AND NOT EXISTS (SELECT 1 FROM clinician_matches m WHERE m.line = r.line)
"""
# Newcomers under a number that is dead; whoever is known already is compared on their own page.
DEAD_NUMBERS = """
UPDATE clinician_rows r SET problem = 'dead_number' FROM directory_registryentry e
 WHERE e.number = r.number AND e.deactivated_on IS NOT NULL AND r.scheme = 'npi'
   AND r.problem = '' AND r.deactivated_on = '' AND r.reactivated_on = ''
   AND NOT EXISTS (SELECT 1 FROM clinician_matches m WHERE m.line = r.line)
"""
# Of two rows that nobody is known by, the one without a number names whom the other names better.
# Before that other row a name has to agree as well: one mailbox may serve several people.
SAME_EMAIL = """
UPDATE clinician_rows r SET problem = 'same_email', own = said.line::text FROM (
  SELECT DISTINCT ON (n.line) n.line AS of, k.line FROM clinician_rows n
    JOIN clinician_rows k ON k.email = n.email AND k.number <> '' AND k.problem = ''
   WHERE n.problem = '' AND n.number = '' AND n.email <> ''
     AND (k.line < n.line OR k.search_text = n.search_text)
     AND NOT EXISTS (SELECT 1 FROM clinician_pairs p WHERE p.line = n.line)
   ORDER BY n.line, k.line) said
 WHERE r.line = said.of
"""
COUNT_PROBLEMS = "SELECT problem, count(*) FROM clinician_rows GROUP BY problem"
COUNT_MATCHES = """
SELECT changes <> '' OR asked <> '{}', asked <> '{}', count(*) FROM clinician_matches GROUP BY 1, 2
"""

ADD_INSTITUTIONS = """
INSERT INTO directory_institution (id, organisation_id, name, kind, city, region, country)
SELECT (%(institution_key)s || lpad(to_hex(line), 8, '0'))::uuid, %(organisation)s, name, 'other',
  city, region, country FROM (
  SELECT DISTINCT ON (lower(institution)) institution AS name, city, region, country, line
    FROM clinician_rows r WHERE problem = '' AND institution <> '' AND NOT EXISTS (
      SELECT 1 FROM directory_institution h WHERE lower(h.name) = lower(r.institution))
   ORDER BY lower(institution), line) missing
RETURNING id
"""
FIND_PLACES = """
INSERT INTO clinician_places
SELECT r.line,
  (SELECT h.id FROM directory_institution h
    WHERE r.institution <> '' AND lower(h.name) = lower(r.institution)
    ORDER BY lower(h.city) = lower(r.city) DESC, h.id LIMIT 1),
  (SELECT t.id FROM directory_territory t WHERE r.territory <> ''
    AND lower(r.territory) IN (lower(t.code), lower(t.name)) ORDER BY t.id LIMIT 1)
  FROM clinician_rows r WHERE r.problem = '' AND (r.institution <> '' OR r.territory <> '')
"""
# Keys are made of one stamp and the line, so that they stand in the order of the file.
ADD_CLINICIANS = """
INSERT INTO directory_clinician (id, organisation_id, full_name, display_name, profession,
  credential, specialty, email, phone, institution_id, city, region, country, language, zone,
  territory_id, created_at, search_text)
SELECT (%(clinician_key)s || lpad(to_hex(r.line), 8, '0'))::uuid, %(organisation)s, r.full_name,
  r.display_name, coalesce(nullif(r.profession, ''), %(profession)s), r.credential, r.specialty,
  r.email, r.phone, p.institution_id,
  r.city, r.region, coalesce(nullif(r.country, ''), %(country)s), r.language, '',
  p.territory_id, now(), r.search_text
  FROM clinician_rows r LEFT JOIN clinician_places p ON p.line = r.line
 WHERE r.problem = '' AND NOT EXISTS (SELECT 1 FROM clinician_matches m WHERE m.line = r.line)
"""
# Of whom no place is known yet: since when they work there nobody says. Whoever has one moves by
# the action, with its line of the journal.
ADD_PLACES = """
INSERT INTO directory_affiliation (id, organisation_id, clinician_id, institution_id, role,
  department, from_on, until_on, is_primary, source, added_at, added_by_name)
SELECT (%(place_key)s || lpad(to_hex(p.line), 8, '0'))::uuid, %(organisation)s,
  coalesce(m.clinician_id, (%(clinician_key)s || lpad(to_hex(p.line), 8, '0'))::uuid),
  p.institution_id, '', '', NULL, NULL, true, left(%(source)s, 200), now(), left(%(by)s, 200)
  FROM clinician_places p LEFT JOIN clinician_matches m ON m.line = p.line
 WHERE p.institution_id IS NOT NULL AND (m.line IS NULL OR m.changes <> '')
   AND (m.line IS NULL OR 'institution' <> ALL(m.asked))
   AND NOT EXISTS (SELECT 1 FROM directory_affiliation a WHERE a.clinician_id = m.clinician_id)
"""
MOVED_PLACES = """
SELECT m.clinician_id FROM clinician_places p JOIN clinician_matches m ON m.line = p.line
 WHERE p.institution_id IS NOT NULL AND m.changes <> '' AND 'institution' <> ALL(m.asked)
   AND NOT EXISTS (
   SELECT 1 FROM directory_affiliation a WHERE a.clinician_id = m.clinician_id AND a.is_primary
     AND a.institution_id = p.institution_id
     AND coalesce(a.from_on, '-infinity') <= %(today)s
     AND coalesce(a.until_on, 'infinity') >= %(today)s)
 ORDER BY p.line
"""
ADD_IDENTIFIERS = """
INSERT INTO directory_identifier
  (id, organisation_id, clinician_id, scheme, issuer, value, written)
SELECT (%(identifier_key)s || lpad(to_hex(r.line), 8, '0'))::uuid, %(organisation)s,
  coalesce(m.clinician_id, (%(clinician_key)s || lpad(to_hex(r.line), 8, '0'))::uuid),
  r.scheme, r.issuer, r.number, r.written
  FROM clinician_rows r LEFT JOIN clinician_matches m ON m.line = r.line
 WHERE r.problem = '' AND r.number <> '' AND coalesce(m.adds_number, true)
"""
_RENAMED = "r.full_name NOT IN ('', c.full_name) AND 'full_name' <> ALL(m.asked)"
_WRITTEN = ",\n  ".join(
    f"{name} = CASE WHEN '{name}' = ANY(m.asked) THEN c.{name} "
    f"ELSE coalesce(nullif(r.{name}, ''), c.{name}) END"
    for name in (*_PLAIN, *_PLACE)
)
CHANGE_CLINICIANS = f"""
UPDATE directory_clinician c SET
  display_name = CASE WHEN {_RENAMED} THEN r.display_name ELSE c.display_name END,
  search_text = CASE WHEN {_RENAMED} THEN r.search_text ELSE c.search_text END,
  {_WRITTEN},
  institution_id = CASE WHEN 'institution' = ANY(m.asked) THEN c.institution_id
    ELSE coalesce(p.institution_id, c.institution_id) END,
  territory_id = coalesce(p.territory_id, c.territory_id),
  deactivated_at = CASE
    WHEN r.deactivated_on <> '' THEN coalesce(c.deactivated_at, nullif(r.deactivated_on, '')::date)
    WHEN r.reactivated_on <> '' AND c.deactivated_at < nullif(r.reactivated_on, '')::date THEN NULL
    ELSE c.deactivated_at END
  FROM clinician_matches m
  JOIN clinician_rows r ON r.line = m.line
  LEFT JOIN clinician_places p ON p.line = m.line
 WHERE m.clinician_id = c.id AND m.changes <> ''
"""  # noqa: S608
CHANGED = "SELECT clinician_id FROM clinician_matches WHERE changes <> '' ORDER BY line"
# What two people change: whose, which fields, and what the row says in them.
ASKED = f"""
SELECT m.line, m.clinician_id, m.asked, r.scheme, r.issuer, jsonb_build_object(
    'number', coalesce(nullif(r.written, ''), r.number), 'institution', r.institution,
    {", ".join(f"'{name}', r.{name}" for name in (*_PLAIN, *_PLACE))})
  FROM clinician_matches m JOIN clinician_rows r ON r.line = m.line
 WHERE m.asked <> '{{}}' ORDER BY m.line
"""  # noqa: S608
REPORT = """
INSERT INTO work_importrow
  (id, organisation_id, made_id, line, outcome, reason, number, label, changes)
SELECT gen_random_uuid(), %(organisation)s, %(made)s, r.line,
  CASE WHEN r.problem = 'organisation' THEN 'skipped' WHEN r.problem <> '' THEN 'rejected'
    WHEN m.line IS NULL THEN 'new'
    WHEN m.changes <> '' OR m.asked <> '{}' THEN 'changed' ELSE 'unchanged' END,
  r.problem, left(coalesce(nullif(r.written, ''), nullif(r.number, ''), r.email), 60),
  left(r.full_name, 200), left(CASE WHEN r.problem = ANY(%(particular)s) THEN r.own
    ELSE concat_ws(', ', nullif(m.changes, ''),
      (SELECT string_agg('asked.' || field, ', ') FROM unnest(m.asked) field)) END, 300)
  FROM clinician_rows r LEFT JOIN clinician_matches m ON m.line = r.line
 WHERE r.problem <> 'empty' AND (%(every_row)s OR r.problem NOT IN ('', 'organisation'))
"""
