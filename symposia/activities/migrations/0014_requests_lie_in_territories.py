from django.db import migrations

FILL = """
UPDATE approvals_approvalrequest AS request
SET lies_in = array_remove(ARRAY[here.id, here.parent_id, above.parent_id], NULL)
FROM activities_activity AS activity
JOIN directory_territory AS here
  ON here.organisation_id = activity.organisation_id AND here.id = activity.territory_id
LEFT JOIN directory_territory AS above
  ON above.organisation_id = here.organisation_id AND above.id = here.parent_id
WHERE request.organisation_id = activity.organisation_id
  AND request.subject_type = 'activity' AND request.subject_id = activity.id
  AND request.lies_in = '{}'
"""


def fill(apps, schema_editor):
    """Requests that are older than their territories are seen by the managers of these, too."""
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
            cursor.execute(FILL)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_administrators_may_look_as_others"),
        ("activities", "0013_objectives_of_sessions"),
        ("approvals", "0005_where_a_request_lies"),
        ("directory", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
