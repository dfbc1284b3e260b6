from django.db import migrations

CODE, PERMISSION = "administrator", "view_as"


def give(apps, schema_editor):
    """Administrators of organisations that are older than support views may begin one too."""
    role = apps.get_model("accounts", "Role")
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
        for each in role.objects.filter(organisation_id=pk, code=CODE):
            each.permissions = sorted({*each.permissions, PERMISSION})
            each.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_who_accepted_an_offer")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
