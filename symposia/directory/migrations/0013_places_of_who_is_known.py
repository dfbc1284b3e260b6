from django.db import migrations

# Since when somebody works where the directory says nobody wrote down.
_PLACES = """
INSERT INTO directory_affiliation (id, organisation_id, clinician_id, institution_id, role,
  department, from_on, until_on, is_primary, source, added_at, added_by_name)
SELECT gen_random_uuid(), organisation_id, id, institution_id, '', '', NULL, NULL, true, '',
  created_at, ''
  FROM directory_clinician WHERE organisation_id = %s AND institution_id IS NOT NULL
"""


def note(apps, schema_editor):
    """Where everybody works is noted as their primary place, organisation by organisation."""
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
            cursor.execute(_PLACES, [pk])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_members_report_to_somebody"),
        ("directory", "0012_where_people_work"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
