from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("credits", "0004_imported_credit"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="issuerkey",
            name="one_issuer_key_per_number",
        ),
        migrations.AddField(
            model_name="issuerkey",
            name="kind",
            field=models.CharField(
                choices=[
                    ("proof", "Inside the badge (Ed25519)"),
                    ("token", "Around the badge, as a JWT (RSA)"),
                ],
                default="proof",
                max_length=5,
            ),
        ),
        migrations.AlterField(
            model_name="issuerkey",
            name="public_key",
            field=models.TextField(),
        ),
        migrations.AddConstraint(
            model_name="issuerkey",
            constraint=models.UniqueConstraint(
                fields=("organisation_id", "kind", "number"),
                name="one_issuer_key_per_number",
            ),
        ),
    ]
