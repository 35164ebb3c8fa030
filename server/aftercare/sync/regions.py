"""Amazon's regions: which marketplaces share an endpoint and a refresh token, and where both are asked.

Source: https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import urlsplit

from aftercare.errors import InputError
from aftercare.rules.marketplaces import marketplace

Region = Literal["na", "eu", "fe"]

_FAR_EAST = ("JP", "AU", "SG")
_NORTH_AMERICA = ("US", "CA", "MX", "BR")
_TOKEN_URL = "https://api.amazon.com/auth/o2/token"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a region's API is, without a slash at its end, and where access tokens are made."""

    api: str
    token: str

    @classmethod
    def of(cls, region: Region) -> Endpoints:
        """Amazon's own; or a stand-in on this machine, as AFTERCARE_SP_API and AFTERCARE_LWA name it in tests.

        Raises InputError (`not_local`) where these name any other machine, which would be handed the account's keys.
        """
        api = os.environ.get("AFTERCARE_SP_API")
        token = os.environ.get("AFTERCARE_LWA")
        for each in filter(None, (api, token)):
            if not is_local(each):
                raise InputError(
                    "AFTERCARE_SP_API and AFTERCARE_LWA may only name this machine.",
                    code="not_local",
                    next="Unset both to reach Amazon.",
                )
        return cls((api or f"https://sellingpartnerapi-{region}.amazon.com").rstrip("/"), token or _TOKEN_URL)


def region_of(code: str) -> Region:
    """The region of a marketplace by its two letters. Raises InputError (`unknown_marketplace`)."""
    known = marketplace(code).code
    return "na" if known in _NORTH_AMERICA else "fe" if known in _FAR_EAST else "eu"


def region_of_all(codes: tuple[str, ...]) -> Region:
    """The region that the marketplaces share. Raises InputError (`several_regions`, `unknown_marketplace`)."""
    regions = {region_of(code) for code in codes}
    if len(regions) != 1:
        raise InputError(
            "These marketplaces belong to different regions of Amazon, each of which has its own refresh token.",
            code="several_regions",
            next="Run the command once for each region.",
        )
    return cast(Region, regions.pop())


def is_local(url: str) -> bool:
    """Whether the address is one of this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
