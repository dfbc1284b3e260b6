from django.db import migrations

CODE = "medical_affairs"
MORE = ("import_clinicians",)


def give(apps, schema_editor):
    """Whoever runs the campaigns of a company brings in the doctors they are for, in organisations
    that are older as in new ones: nobody edits what a role may do, so it was not taken from it."""
    role = apps.get_model("accounts", "Role")
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
        for each in role.objects.filter(organisation_id=pk, code=CODE):
            each.permissions = sorted({*each.permissions, *MORE})
            each.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_representatives_at_the_door")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
