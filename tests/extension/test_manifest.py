"""The manifest against the disk, and the house rules of the page side."""

from __future__ import annotations

import base64
import fnmatch
import hashlib
import json
import re
from pathlib import Path

import pytest

from aftercare.config import EXTENSION_ID
from aftercare.rules.marketplaces import marketplaces

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text())
STORES, BRAND, CONTACT = MANIFEST["content_scripts"]
CONTENT = sorted(str(path.relative_to(EXTENSION)) for path in (EXTENSION / "content").rglob("*.js"))
SCRIPTS = sorted(str(path.relative_to(EXTENSION)) for path in EXTENSION.rglob("*.js"))
STORE_HOSTS = [host for each in marketplaces().values() for host in (each.store, f"www.{each.store}")]
DESK_HOSTS = sorted({host for each in marketplaces().values() for host in each.seller_central})


def runs_on(script: dict, address: str) -> bool:
    """Match patterns and globs as Chromium reads them, as far as ours use them."""
    matched = any(fnmatch.fnmatchcase(address, pattern.replace("?", "[?]")) for pattern in script["matches"])
    globs = script.get("include_globs")
    return matched and (globs is None or any(fnmatch.fnmatchcase(address, glob) for glob in globs))


def code(path: str) -> str:
    """A file's code without its comments."""
    text = (EXTENSION / path).read_text()
    return re.sub(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*", "", text, flags=re.DOTALL)


def test_every_file_the_manifest_names_exists():
    named = [
        *STORES["js"], *BRAND["js"], *CONTACT["js"],
        MANIFEST["background"]["service_worker"], MANIFEST["action"]["default_popup"], MANIFEST["options_ui"]["page"],
        *MANIFEST["icons"].values(), *MANIFEST["action"]["default_icon"].values(),
    ]  # fmt: skip
    assert [name for name in named if not (EXTENSION / name).is_file()] == []


def test_every_content_file_is_in_the_manifest():
    assert sorted({*STORES["js"], *CONTACT["js"]}) == CONTENT


def test_stores_and_brand_page_run_the_same_scripts():
    assert STORES["js"] == BRAND["js"]


def test_each_content_file_comes_after_those_it_uses():
    for script in (STORES, CONTACT):
        known: set[str] = set()
        for name in script["js"]:
            text = code(name)
            # What is taken out while the file is read must be there by then; functions run later.
            taken = re.findall(r"^ {2}const \{([^}]+)\} = aftercare;", text, re.M)
            used = {each.strip().split(":")[0] for found in taken for each in found.split(",")}
            assert used <= known, f"{name} uses {used - known} before it is there"
            known |= set(re.findall(r"aftercare\.(\w+) \?{0,2}=(?!=)", text))
            for group in re.findall(r"Object\.assign\(aftercare, \{(.*?)\}\);", text, re.S):
                flat = re.sub(r"\{[^{}]*\}", "", group)
                known |= {each.split(":")[0].strip() for each in flat.split(",")}


def test_the_key_gives_the_id_that_the_server_expects():
    digest = hashlib.sha256(base64.b64decode(MANIFEST["key"])).hexdigest()[:32]
    assert digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop")) == EXTENSION_ID


def test_nothing_is_open_to_web_pages():
    assert not MANIFEST.keys() & {"web_accessible_resources", "externally_connectable"}


def test_a_teams_server_is_reached_only_after_the_person_allowed_it():
    assert MANIFEST["optional_host_permissions"] == ["https://*/*"]
    assert MANIFEST["host_permissions"] == ["http://127.0.0.1/*"]


def test_permissions_are_the_few_that_the_readme_explains():
    assert MANIFEST["permissions"] == ["storage", "contextMenus"]
    assert MANIFEST["host_permissions"] == ["http://127.0.0.1/*"]
    readme = (EXTENSION / "README.md").read_text()
    for name in (*MANIFEST["permissions"], *MANIFEST["host_permissions"]):
        assert f"`{name}`" in readme


@pytest.mark.parametrize("host", STORE_HOSTS)
@pytest.mark.parametrize(
    "path",
    [
        "/dp/B0DKQ7V1M2",
        "/Fennory-Vortex/dp/B0DKQ7V1M2/ref=sr_1_1?th=1",
        "/-/de/dp/B0DKQ7V1M2",
        "/gp/product/B0DKQ7V1M2",
        "/product-reviews/B0DKQ7V1M2?pageNumber=2",
        "/Fennory-Vortex/product-reviews/B0DKQ7V1M2",
        "/gp/customer-reviews/R1QK7V2ROSAX9D",
        "/portal/customer-reviews/B0DKQ7V1M2/ref=x?filterByStar=one_star",
        "/portal/customer-reviews/srp/-/R1QK7V2ROSAX9D/",
    ],
)
def test_review_pages_of_every_store_are_matched(host: str, path: str):
    assert runs_on(STORES, f"https://{host}{path}")


@pytest.mark.parametrize("host", DESK_HOSTS)
def test_the_pages_of_every_seller_central_are_matched(host: str):
    assert runs_on(BRAND, f"https://{host}/brand-customer-reviews/ref=xx?stars=1,2,3")
    assert runs_on(BRAND, f"https://{host}/brand-customer-reviews")
    assert runs_on(CONTACT, f"https://{host}/messaging/contact?orderID=1&marketplaceID=A")
    assert runs_on(CONTACT, f"https://{host}/messaging/inbox-v3?fi=search&ss=1")


@pytest.mark.parametrize(
    "address",
    [
        "https://www.amazon.com/",
        "https://www.amazon.com/s?k=blender",
        "https://www.amazon.com/gp/cart/view.html",
        "http://www.amazon.com/dp/B0DKQ7V1M2",
        "https://www.amazon.com.evil.example/dp/B0DKQ7V1M2",
        "https://evil.example/www.amazon.com/dp/B0DKQ7V1M2",
        "https://sellercentral.amazon.com/orders-v3",
    ],
)
def test_other_pages_are_left_alone(address: str):
    assert not any(runs_on(script, address) for script in MANIFEST["content_scripts"])


@pytest.mark.parametrize("name", CONTENT)
def test_a_content_file_is_one_function_that_declares_nothing_outside(name: str):
    lines = [line for line in code(name).splitlines() if line.strip() and not line.startswith(" ")]
    assert lines == ["(() => {", "})();"]


@pytest.mark.parametrize("name", CONTENT)
def test_a_content_file_fetches_nothing_and_builds_no_markup_from_strings(name: str):
    forbidden = (
        r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|\bimport\(|\beval\(|new Function|\.click\(\)"
        r"|innerHTML|insertAdjacentHTML|document\.write"
    )
    # A copy's `outerHTML` is read for the server; nothing is ever written to it.
    assert re.findall(forbidden + r"|outerHTML\s*=", code(name)) == []


@pytest.mark.parametrize("name", [each for each in SCRIPTS if each != "worker/client.js"])
def test_only_the_client_speaks_to_the_server(name: str):
    assert "fetch(" not in code(name)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_file_says_its_purpose_first_and_stays_small(name: str):
    text = (EXTENSION / name).read_text()
    assert text.startswith("/**")
    assert text.count("\n") <= 220
