"""FBA reimbursements: what Amazon paid the seller for lost, damaged, or never returned goods.

This is money between Amazon and the seller. It does not say that the buyer was refunded, when, or how much, and no
message to a buyer may rest on it; so nothing of it becomes a fact of the order. The report is known by name, so that a
folder of downloads can be dropped as it is, and it teaches which SKU is which ASIN.
"""

from __future__ import annotations

from aftercare.orders.imports.events import EventImporter, Row


class Reimbursements(EventImporter):
    """Each row is one reimbursement; most of those for lost stock belong to no order."""

    def row(self, row: Row, number: int) -> None:
        self.day(row, "day", needed=True)
        self.learn(row)
