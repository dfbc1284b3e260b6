from django.db import migrations, models


def fill(apps, schema_editor):
    """An offer accepted before went to whoever has its address; each organisation's own rows."""
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
            cursor.execute(
                "UPDATE accounts_membershipinvitation AS offer SET accepted_by_id = person.id"
                " FROM accounts_user AS person WHERE offer.accepted_at IS NOT NULL"
                " AND offer.organisation_id = %s AND lower(person.email) = lower(offer.email)",
                [str(pk)],
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_changes_of_access_wait_for_a_second")]

    operations = [
        migrations.AddField(
            model_name="membershipinvitation",
            name="accepted_by_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
