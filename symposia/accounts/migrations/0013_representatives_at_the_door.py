from django.db import migrations

CODE = "field_representative"
MORE = ("check_in", "view_bills", "hand_in_bills")


def give(apps, schema_editor):
    """Representatives of organisations that are older sign in whoever comes and hand in what was
    paid at a meeting, as those of new ones do: nobody edits what a role may do, so none of them
    was taken from it."""
    role = apps.get_model("accounts", "Role")
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
        for each in role.objects.filter(organisation_id=pk, code=CODE):
            each.permissions = sorted({*each.permissions, *MORE})
            each.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_administrators_keep_the_directory")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
