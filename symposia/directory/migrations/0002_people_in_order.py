from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="clinician",
            name="clinicians_by_name",
        ),
        migrations.AlterField(
            model_name="clinician",
            name="search_text",
            field=models.CharField(db_collation="C", editable=False, max_length=420),
        ),
        migrations.AddIndex(
            model_name="clinician",
            index=models.Index(
                fields=["organisation_id", "search_text"], name="clinicians_in_order"
            ),
        ),
    ]
