"""Takes in what a mail server sent back: one returned message, as it comes through a pipe.

An alias of the mail server ends here, `| symposia mail-report CODE`: a failed delivery or a
complaint marks its message and, where the address is no good, the address. Any other mail is
refused with 1.
"""

import argparse
import sys

from symposia.accounts.queries import organisation_by_code
from symposia.notifications.actions.reports import take_reports
from symposia.notifications.reports import LARGEST
from symposia.shared.actors import job_actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in

NAME = "mail-report"
HELP = "take in a report of a mail server from standard input"
BY = job_actor("mail reports")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("organisation", help="the short code of the organisation that sent it")


def run(options: argparse.Namespace) -> int:
    organisation = organisation_by_code(options.organisation)
    if organisation is None:
        sys.stderr.write(f"No organisation has the code {options.organisation}.\n")
        return 2
    raw = sys.stdin.buffer.read(LARGEST)
    try:
        with acting_in(organisation.pk):
            reports = take_reports(raw, by=BY)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    for report in reports:
        print(f"{report.kind} {report.address} {report.diagnostic}")
    return 0
