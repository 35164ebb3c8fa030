"""The Amazon Sale Report of sellers in India: an order list in other columns than All Orders, with short dates.

It says what All Orders says, so its rows are readings of that report: whichever tells of a newer day holds.
"""

from __future__ import annotations

from dataclasses import replace

from aftercare.orders.imports.all_orders import all_orders
from aftercare.orders.imports.setting import Importer, Setting

_SAME_AS = "all_orders"


def sale_report(setting: Setting) -> Importer:
    """The importer of one Sale Report."""
    report = setting.header.report.model_copy(update={"kind": _SAME_AS})
    return all_orders(replace(setting, header=replace(setting.header, report=report)))
