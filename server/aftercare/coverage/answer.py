"""The answer of a coverage question: the six programmes of one purchase, and until when it can be returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from aftercare.knowledge import Programme, Unit

State = Literal["running", "ended", "not_offered", "not_started"]
Basis = Literal["purchase", "delivery", "purchase_at_least", "holiday", "override", "override_off", "not_offered"]


@dataclass(frozen=True, slots=True)
class ProgrammeCoverage:
    """One programme for one purchase.

    starts: day 0 of the window; until: the last day that is covered, that day included; days_left: until minus today,
    0 on the last day and below 0 afterwards. basis: what it rests on, as a code; rests_on: the same in words.
    at_least: the day of delivery is not known, so `until` is the earliest day on which the window can end.
    """

    programme: Programme
    state: State
    basis: Basis
    rests_on: str
    source: str
    checked: date | None
    starts: date | None = None
    until: date | None = None
    days_left: int | None = None
    amount: int | None = None
    unit: Unit | None = None
    at_least: bool = False

    @property
    def offered(self) -> bool:
        return self.state != "not_offered"

    def to_json(self) -> dict[str, Any]:
        return {
            "programme": self.programme,
            "offered": self.offered,
            "state": self.state,
            "starts": self.starts.isoformat() if self.starts else None,
            "until": self.until.isoformat() if self.until else None,
            "at_least": self.at_least,
            "days_left": self.days_left,
            "window": {"amount": self.amount, "unit": self.unit} if self.amount else None,
            "basis": self.basis,
            "rests_on": self.rests_on,
            "source": self.source,
            "checked": self.checked.isoformat() if self.checked else None,
        }


@dataclass(frozen=True, slots=True)
class Returnable:
    """Until when most items of this purchase can be returned; `status` says who says so (see `returns.json`)."""

    days: int
    until: date
    at_least: bool
    holiday: bool
    electronics_days: int | None
    status: str
    source: str
    note: str

    def to_json(self) -> dict[str, Any]:
        return {
            "days": self.days,
            "until": self.until.isoformat(),
            "at_least": self.at_least,
            "holiday": self.holiday,
            "electronics_days": self.electronics_days,
            "status": self.status,
            "source": self.source,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """The six programmes for one purchase, in showing order, as seen on `today`."""

    marketplace: str
    purchased: date
    delivered: date | None
    oem_enrolled: bool
    today: date
    asin: str | None
    programmes: tuple[ProgrammeCoverage, ...]
    returns: Returnable | None

    def running(self, programme: str) -> ProgrammeCoverage | None:
        """The programme, where it covers this purchase today."""
        return next((each for each in self.programmes if each.programme == programme and each.state == "running"), None)

    def to_json(self) -> dict[str, Any]:
        """The object of `aftercare coverage --json` and of the API."""
        return {
            "marketplace": self.marketplace,
            "purchased": self.purchased.isoformat(),
            "delivered": self.delivered.isoformat() if self.delivered else None,
            "oem_enrolled": self.oem_enrolled,
            "today": self.today.isoformat(),
            "asin": self.asin,
            "programmes": [each.to_json() for each in self.programmes],
            "returns": self.returns.to_json() if self.returns else None,
        }
