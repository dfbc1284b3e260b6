"""Shipped packs become reference rows when the owner migrates; a loaded version never changes."""

from pathlib import Path
from typing import Any

from django.db import connections

from symposia.compliance.judging import prove
from symposia.compliance.models import RulePack
from symposia.compliance.packfile import PackRefused, read_pack, sha256_of

SHIPPED = Path(__file__).resolve().parent / "packs"


def load_packs(folder: Path = SHIPPED, *, using: str = "default") -> list[RulePack]:
    """Read, prove and keep each file's pack; one already kept must be the same to the byte."""
    return [
        _keep(path.read_text(encoding="utf-8"), path.name, using)
        for path in sorted(folder.glob("*.json"))
    ]


def load_shipped(using: str = "default", **_: Any) -> None:
    """After migrating: bring the shipped packs into the reference table."""
    if RulePack._meta.db_table in connections[using].introspection.table_names():
        load_packs(using=using)


def _keep(text: str, name: str, using: str) -> RulePack:
    try:
        pack = read_pack(text)
        prove(pack)
    except PackRefused as wrong:
        raise PackRefused(f"{name}: {wrong}") from wrong
    sha256 = sha256_of(text)
    kept, _is_new = RulePack.objects.using(using).get_or_create(
        code=pack.code,
        version=pack.version,
        defaults={
            "title": pack.title,
            "body": pack.body,
            "effective_from": pack.effective_from,
            "effective_until": pack.effective_until,
            "citation": pack.citation,
            "confidence": pack.confidence,
            "source": text,
            "sha256": sha256,
        },
    )
    if kept.sha256 != sha256:
        raise PackRefused(
            f"{name}: {pack.code} {pack.version} was loaded with other content; "
            f"a changed rule is a new version"
        )
    return kept
