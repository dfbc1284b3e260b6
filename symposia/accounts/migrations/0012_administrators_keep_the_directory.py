from django.db import migrations

CODE, PERMISSION = "administrator", "sync_directory"


def give(apps, schema_editor):
    """Administrators of organisations that are older may connect a directory too."""
    role = apps.get_model("accounts", "Role")
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
        for each in role.objects.filter(organisation_id=pk, code=CODE):
            each.permissions = sorted({*each.permissions, PERMISSION})
            each.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_a_directory_keeps_members")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
