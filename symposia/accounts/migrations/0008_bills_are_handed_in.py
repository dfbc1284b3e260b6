from django.db import migrations

SEES, HANDS_IN = "view_bills", "hand_in_bills"
AGENCY = "agency"


def give(apps, schema_editor):
    """Roles of organisations that are older than bills: whoever sees money sees its bills, whoever
    plans or posts it hands them in, and agencies hand in their own."""
    role = apps.get_model("accounts", "Role")
    for pk in apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('symposia.organisation', %s, true)", [str(pk)])
        for each in role.objects.filter(organisation_id=pk):
            held = set(each.permissions)
            more = {SEES} if "view_money" in held or each.code == AGENCY else set()
            if held & {"plan_money", "post_money"} or each.code == AGENCY:
                more.add(HANDS_IN)
            if more - held:
                each.permissions = sorted(held | more)
                each.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_administrators_may_look_as_others")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
