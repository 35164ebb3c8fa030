"""A backup that is not as it was written is refused before anything is touched."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aftercare.config import Home
from aftercare.keeping.archive import MANIFEST
from aftercare.keeping.backup import backup
from safety.backups import WORDS, refused
from safety.keyrings import Memory

pytestmark = pytest.mark.usefixtures("quick")


def rewritten(target: Path, change: Callable[[dict[str, bytes]], None], **options: object) -> None:
    """Writes the backup anew with other contents."""
    with zipfile.ZipFile(target) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(target, "w", **options) as archive:  # type: ignore[arg-type]
        for name, data in files.items():
            archive.writestr(name, data)


def in_manifest(files: dict[str, bytes], /, **changes: object) -> None:
    files[MANIFEST] = json.dumps({**json.loads(files[MANIFEST]), **changes}).encode()


def in_member(files: dict[str, bytes], name: str, place: int) -> None:
    data = bytearray(files[name])
    data[place] ^= 1
    files[name] = bytes(data)


def claimed(files: dict[str, bytes], name: str) -> None:
    told = json.loads(files[MANIFEST])
    told["files"][name] = {"size": 1, "sha256": "00" * 32}
    files[MANIFEST] = json.dumps(told).encode()
    files[name] = b"x"


DAMAGES: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "one bit of the book": (lambda files: in_member(files, "book.sqlite3", 5000), "backup_damaged"),
    "one bit of the audit key": (lambda files: in_member(files, "audit.key", 20), "backup_damaged"),
    "a file more": (lambda files: files.update({"more.txt": b"x"}), "backup_damaged"),
    "a file less": (lambda files: files.pop("desk.sqlite3"), "backup_damaged"),
    "a path out of the folder": (lambda files: files.update({"../../evil": b"x"}), "backup_damaged"),
    "a path that the manifest claims": (lambda files: claimed(files, "../../evil"), "backup_damaged"),
    "an absolute path that the manifest claims": (lambda files: claimed(files, "/tmp/evil"), "backup_damaged"),
    "a shorter book": (lambda files: files.update({"book.sqlite3": files["book.sqlite3"][:4096]}), "backup_damaged"),
    "another date": (lambda files: in_manifest(files, at="2020-01-01T00:00:00Z"), "backup_damaged"),
    "no files": (lambda files: in_manifest(files, files={}), "backup_damaged"),
    "a dear key": (lambda files: in_manifest(files, key={"kdf": "scrypt", "n": 2**40, "r": 8, "p": 1, "salt": "00",
                                                         "nonce": "00", "key": "00"}), "backup_damaged"),
    "a key that is no object": (lambda files: in_manifest(files, key="x"), "backup_damaged"),
    "a key dear in memory": (lambda files: in_manifest(files, key={"kdf": "scrypt", "n": 2**18, "r": 8, "p": 1,
                                                                    "salt": "00", "nonce": "00", "key": "00"}),
                             "backup_damaged"),
    "a seal that is no text": (lambda files: in_manifest(files, seal="\ud800"), "backup_damaged"),
    "a newer form": (lambda files: in_manifest(files, version=2), "backup_newer"),
    "another program's": (lambda files: in_manifest(files, format="zip"), "backup_foreign"),
    "no manifest": (lambda files: files.pop(MANIFEST), "backup_foreign"),
    "a manifest that is no JSON": (lambda files: files.update({MANIFEST: b"{"}), "backup_damaged"),
    "a manifest without end": (lambda files: files.update({MANIFEST: b" " * (2 << 20)}), "backup_damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_not_as_it_was_written_is_refused(filled: Home, target: Path, name: str, tmp_path: Path) -> None:
    change, code = DAMAGES[name]
    backup(filled, target, WORDS)
    rewritten(target, change)

    assert refused(filled, target) == code
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_nothing_packed_is_unpacked_since_it_may_be_a_bomb(
    filled: Home, target: Path, packing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(filled, target, WORDS)
    rewritten(target, lambda files: None, compression=packing)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was read"))

    assert refused(filled, target) == "backup_damaged"


@pytest.mark.parametrize("keep", [0, 10, 1000, -1, -30])
def test_a_backup_that_was_cut_off_is_refused(filled: Home, target: Path, keep: int) -> None:
    backup(filled, target, WORDS)
    target.write_bytes(target.read_bytes()[:keep])

    assert refused(filled, target) in ("backup_foreign", "backup_damaged")


def test_a_restore_that_is_refused_leaves_no_key_in_the_keyring(
    filled: Home, other: Home, target: Path, ring: Memory
) -> None:
    backup(filled, target, WORDS)
    rewritten(target, lambda files: in_member(files, "book.sqlite3", 5000))

    assert refused(other, target) == "backup_damaged"
    assert ring.kept == {}
