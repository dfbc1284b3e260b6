from symposia.attendance.actions.marks import mark_present
from symposia.attendance.actions.scans import Scan, Verdict, record_scan, undo_scan
from symposia.attendance.actions.walk_ins import admit_walk_in, let_in_walk_in

__all__ = [
    "Scan",
    "Verdict",
    "admit_walk_in",
    "let_in_walk_in",
    "mark_present",
    "record_scan",
    "undo_scan",
]
