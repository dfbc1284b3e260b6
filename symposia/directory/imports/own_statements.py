"""Fields of one's own in an import: as everything else, one rule, one statement. A file without
such columns asks none of them."""

_SAID = "(o.text, o.number, o.day, o.truth, o.several)"
_KEPT = "(v.text, v.number, v.day, v.truth, v.several)"
_DIFFERS = f"{_KEPT} IS DISTINCT FROM {_SAID}"
_KNOWN = """
  FROM clinician_own o JOIN clinician_matches m ON m.line = o.line
  JOIN directory_ownfield f ON f.id = o.field_id
  LEFT JOIN directory_ownvalue v ON v.clinician_id = m.clinician_id AND v.field_id = o.field_id
"""

# The names in these statements are our own columns and tables, never a person's words.
UNFOLD = """
INSERT INTO clinician_own SELECT r.line, f.id,
  CASE WHEN f.kind IN ('text', 'one') THEN e.value #>> '{}' END,
  CASE WHEN f.kind = 'number' THEN (e.value #>> '{}')::numeric END,
  CASE WHEN f.kind = 'day' THEN (e.value #>> '{}')::date END,
  CASE WHEN f.kind = 'yes_no' THEN e.value #>> '{}' = 'yes' END,
  CASE WHEN f.kind = 'several' THEN ARRAY(SELECT jsonb_array_elements_text(e.value)) END
  FROM clinician_rows r CROSS JOIN LATERAL jsonb_each(r.own::jsonb) e
  JOIN directory_ownfield f ON f.code = e.key AND f.of = 'clinician'
 WHERE r.problem = '' AND r.own <> ''
"""
# A file fills in what two people change, where nothing was said; it says nothing else there.
OF_TWO = f"""
UPDATE clinician_rows r SET problem = 'own_by_two', own = said.label
  FROM (SELECT DISTINCT ON (o.line) o.line, f.label {_KNOWN}
   WHERE f.by_two AND v.id IS NOT NULL AND {_DIFFERS} ORDER BY o.line, f.place, f.id) said
 WHERE said.line = r.line AND r.problem = ''
"""  # noqa: S608
FORGET_OF_TWO = """
DELETE FROM clinician_matches m USING clinician_rows r WHERE r.line = m.line AND r.problem <> ''
"""
MISSING = """
UPDATE clinician_rows r SET problem = 'own_missing', own = said.label
  FROM (SELECT DISTINCT ON (n.line) n.line, f.label
     FROM clinician_rows n JOIN directory_ownfield f ON f.id = ANY(%(needed)s)
    WHERE n.problem = '' AND NOT EXISTS (SELECT 1 FROM clinician_matches m WHERE m.line = n.line)
      AND NOT EXISTS (
        SELECT 1 FROM clinician_own o WHERE o.line = n.line AND o.field_id = f.id)
    ORDER BY n.line, f.place, f.id) said
 WHERE said.line = r.line
"""
CHANGES = f"""
UPDATE clinician_matches m SET changes = concat_ws(', ', nullif(m.changes, ''), said.names)
  FROM (SELECT o.line,
      string_agg('own:' || replace(f.label, ',', ' '), ', ' ORDER BY f.place, f.id) AS names
    {_KNOWN} WHERE {_DIFFERS} GROUP BY o.line) said
 WHERE said.line = m.line
"""  # noqa: S608


def _as_json(row: str) -> str:
    """What one value says, as a change of the import remembers it."""
    number = f"'number', {row}.number::text"
    others = (f"'{name}', {row}.{name}" for name in ("text", "day", "truth", "several"))
    return f"jsonb_strip_nulls(jsonb_build_object({number}, {', '.join(others)}))"


# Before anything is written: what was said, and will be, of people who were known.
NOTE = f"""
UPDATE directory_importedchange d SET
  before = d.before || jsonb_build_object('own', said.was),
  after = d.after || jsonb_build_object('own', said.now)
  FROM (SELECT m.clinician_id, jsonb_object_agg(o.field_id, {_as_json("v")}) AS was,
      jsonb_object_agg(o.field_id, {_as_json("o")}) AS now
    {_KNOWN} WHERE {_DIFFERS} GROUP BY m.clinician_id) said
 WHERE d.made_id = %(made)s AND d.person_id = said.clinician_id
"""  # noqa: S608
WRITE = """
INSERT INTO directory_ownvalue AS v (id, organisation_id, field_id, clinician_id,
  text, number, day, truth, several, set_at, set_by_name)
SELECT gen_random_uuid(), %(organisation)s, o.field_id,
  coalesce(m.clinician_id, (%(clinician_key)s || lpad(to_hex(o.line), 8, '0'))::uuid),
  o.text, o.number, o.day, o.truth, o.several, now(), left(%(by)s, 200)
  FROM clinician_own o JOIN clinician_rows r ON r.line = o.line AND r.problem = ''
  LEFT JOIN clinician_matches m ON m.line = o.line
 WHERE m.line IS NULL OR m.changes <> ''
    ON CONFLICT (organisation_id, clinician_id, field_id) DO UPDATE SET
  text = excluded.text, number = excluded.number, day = excluded.day, truth = excluded.truth,
  several = excluded.several, set_at = excluded.set_at, set_by_name = excluded.set_by_name
 WHERE (v.text, v.number, v.day, v.truth, v.several) IS DISTINCT FROM
  (excluded.text, excluded.number, excluded.day, excluded.truth, excluded.several)
"""
