from django.db import migrations

from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.shared.ids import uuid7

CODE = "supporter"


def give(apps, schema_editor):
    """Organisations that are older than the role get it too, each within its own rows."""
    template = next((t for t in ROLE_TEMPLATES if t.code == CODE), None)
    if template is None:
        return
    role = apps.get_model("accounts", "Role")
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
        if not role.objects.filter(organisation_id=pk, code=CODE).exists():
            role.objects.create(
                id=uuid7(),
                organisation_id=pk,
                code=CODE,
                name=template.name,
                description=template.description,
                permissions=sorted(template.permissions),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_an_offered_role_may_end"),
        ("insights", "0002_what_was_seen"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
