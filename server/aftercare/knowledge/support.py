"""Support profiles: what a seller knows about the support of one product, kept in a file that a person can read."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from tinydb import Query, TinyDB
from tinydb.queries import QueryInstance
from tinydb.table import Table

from aftercare.errors import InputError, StoreError
from aftercare.knowledge.storage import AtomicStorage, locked
from aftercare.rules import RuleModel

Programme = Literal[
    "live_support",
    "self_service_workflows",
    "self_service_videos",
    "manufacturer_support",
    "oem_repair",
    "parts_replacement",
]
Unit = Literal["days", "years"]

_ASIN = re.compile(r"[A-Z0-9]{10}")
_TABLE = "profiles"


class Override(RuleModel):
    """What a seller says of one programme against the general table: another window, or that it is not offered."""

    offered: bool = True
    amount: int | None = Field(default=None, ge=1, le=36_500)
    unit: Unit | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.amount is None) != (self.unit is None):
            raise ValueError("a window needs both an amount and a unit")
        if self.offered and self.amount is None:
            raise ValueError("give a window, or say that the programme is not offered")
        if not self.offered and self.amount is not None:
            raise ValueError("a programme that is not offered has no window")
        if self.unit == "years" and self.amount is not None and self.amount > 100:
            raise ValueError("a window of more than 100 years is a mistake")
        return self


class SupportProfile(RuleModel):
    """What is known of one product.

    oem_enrolled: whether its maker is enrolled in Amazon's support programmes; programmes: the seller's own windows;
    contacts: how the maker is reached, in the seller's words (for the seller's eyes: no message may carry it);
    notes: anything else.
    """

    asin: str
    oem_enrolled: bool = False
    programmes: dict[Programme, Override] = Field(default_factory=dict)
    contacts: str = Field(default="", max_length=2000)
    notes: str = Field(default="", max_length=10_000)

    @field_validator("asin")
    @classmethod
    def _is_asin(cls, value: str) -> str:
        cleaned = value.strip().upper()
        if not _ASIN.fullmatch(cleaned):
            raise ValueError("an ASIN has ten capital letters and digits")
        return cleaned

    def to_json(self) -> dict[str, Any]:
        """The profile as it is stored and as the API gives it."""
        return self.model_dump(mode="json", exclude_none=True)

    @classmethod
    def from_json(cls, value: object) -> SupportProfile:
        """Reads one profile. Raises InputError naming the field that is wrong."""
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            place, why = _first(error)
            raise InputError(
                f"The support profile is wrong at {place}: {why}.",
                code="bad_profile",
                next="Correct that field and save again.",
                field=place,
            ) from error


class SupportProfiles:
    """The profiles of all products, one per ASIN, in one TinyDB file.

    Each call reads the file anew and each change is on the disk when the call returns, so that the server, the command
    line and a person's text editor can share it. Raises StoreError as the storage does, and `bad_profile` where a
    profile in the file was edited into something else.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()

    def get(self, asin: str) -> SupportProfile | None:
        """The profile of one ASIN, in any case; None where none was written."""
        with self._table() as table:
            found = table.get(_of(asin.strip().upper()))
        return self._read(found) if isinstance(found, dict) else None

    def set(self, profile: SupportProfile) -> SupportProfile:
        """Writes a profile in place of the one its ASIN had."""
        value = profile.to_json()

        def becomes(document: MutableMapping[Any, Any]) -> None:
            # An upsert would merge, and so keep what the new profile leaves out.
            document.clear()
            document.update(value)

        with locked(self._path), self._table() as table:
            if not table.update(becomes, _of(profile.asin)):
                table.insert(value)
        return profile

    def remove(self, asin: str) -> bool:
        """Forgets the profile of one ASIN; tells whether there was one."""
        with locked(self._path), self._table() as table:
            return bool(table.remove(_of(asin.strip().upper())))

    def list(self) -> tuple[SupportProfile, ...]:
        """All profiles, by ASIN."""
        with self._table() as table:
            documents = table.all()
        return tuple(sorted((self._read(each) for each in documents), key=lambda profile: profile.asin))

    @contextmanager
    def _table(self) -> Iterator[Table]:
        # A TinyDB remembers what it read; a new one per call sees what another process wrote since.
        with self._lock, TinyDB(self._path, storage=AtomicStorage) as database:
            yield database.table(_TABLE, cache_size=0)

    def _read(self, document: dict[str, Any]) -> SupportProfile:
        try:
            return SupportProfile.model_validate(document)
        except ValidationError as error:
            place, why = _first(error)
            asin = str(document.get("asin", "?"))[:10]
            raise StoreError(
                f"In {self._path.name}, the profile of {asin} is wrong at {place}: {why}.",
                code="bad_profile",
                next="Correct that place in the file, or write the profile anew.",
                path=str(self._path),
                asin=asin,
                field=place,
            ) from error


def _of(asin: str) -> QueryInstance:
    # A person may have written the ASIN in small letters.
    return Query().asin.test(lambda value: isinstance(value, str) and value.strip().upper() == asin)


def _first(error: ValidationError) -> tuple[str, str]:
    first = error.errors()[0]
    why = first["msg"].removeprefix("Value error, ")
    return "/".join(str(part) for part in first["loc"]) or "its top", why[:1].lower() + why[1:]
