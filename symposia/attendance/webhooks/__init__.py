"""What the vendors of online meetings tell while they go on: one adapter for each, one port."""

from collections.abc import Mapping

from symposia.attendance.models import Vendor
from symposia.attendance.webhooks.port import Adapter
from symposia.attendance.webhooks.teams import Teams
from symposia.attendance.webhooks.webex import Webex
from symposia.attendance.webhooks.zoom import Zoom

ADAPTERS: Mapping[str, Adapter] = {
    Vendor.ZOOM: Zoom(),
    Vendor.TEAMS: Teams(),
    Vendor.WEBEX: Webex(),
}
