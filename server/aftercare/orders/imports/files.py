"""Imports files: recognises each from its content, reads it in one transaction, and says what came of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from aftercare.errors import AftercareError, InputError
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import channels, helpdesks, mail, sp_api
from aftercare.orders.imports.all_orders import all_orders
from aftercare.orders.imports.content import Content, contents
from aftercare.orders.imports.date_range import DateRange
from aftercare.orders.imports.documents import Document, DocumentSetting, refused_as_unknown
from aftercare.orders.imports.encoding import Survey, decoded, survey
from aftercare.orders.imports.end_user_data import DOCUMENTS as END_USER_DATA
from aftercare.orders.imports.fbm_orders import fbm_orders, unshipped_orders
from aftercare.orders.imports.fulfilled_shipments import fulfilled_shipments
from aftercare.orders.imports.lines import hinted
from aftercare.orders.imports.mail.maildir import is_maildir, maildir, maildirs_in
from aftercare.orders.imports.recognize import HEADER_WITHIN, header_in, near_miss
from aftercare.orders.imports.reimbursements import Reimbursements
from aftercare.orders.imports.replacements import FbaReplacements
from aftercare.orders.imports.result import ImportResult
from aftercare.orders.imports.returns import FbaReturns, MfnReturns
from aftercare.orders.imports.rows import Batch, lines_of, rows_of
from aftercare.orders.imports.sale_report import sale_report
from aftercare.orders.imports.seller_feedback import SellerFeedback
from aftercare.orders.imports.setting import Importer, Setting
from aftercare.orders.imports.settlement import Settlement
from aftercare.orders.imports.short_days import settled_days
from aftercare.orders.store import Connection

Progress = Callable[[int, int], None]
"""Takes the bytes read so far and the bytes of the file."""


IMPORTERS: dict[str, Callable[[Setting], Importer]] = {
    "all_orders": all_orders,
    "fulfilled_shipments": fulfilled_shipments,
    "fbm_orders": fbm_orders,
    "unshipped_orders": unshipped_orders,
    "fba_returns": settled_days(FbaReturns),
    "mfn_returns": settled_days(MfnReturns),
    "fba_replacements": settled_days(FbaReplacements),
    "settlement": settled_days(Settlement),
    "seller_feedback": SellerFeedback,
    "date_range": settled_days(DateRange),
    "sale_report": sale_report,
    "fba_reimbursements": settled_days(Reimbursements),
    **helpdesks.TABLES,
    **channels.TABLES,
    **sp_api.TABLES,
}
"""One for each kind in `shared_rules/reports/`."""

DOCUMENTS = (*mail.DOCUMENTS, *helpdesks.DOCUMENTS, *channels.DOCUMENTS, *sp_api.DOCUMENTS, *END_USER_DATA)
"""The kinds of files that are no tables; where several take a file for their own, the first reads it."""

_ROWS_AT_ONCE = 10_000


def import_paths(
    book: OrderBook,
    paths: Iterable[str | Path],
    *,
    marketplace: str | None = None,
    progress: Progress | None = None,
    today: date | None = None,
) -> Iterator[ImportResult]:
    """Imports files, the files in folders (hidden ones left out) and the files in zips, one result each.

    What is wrong with one file is said in its result and costs no other. Raises StoreError where the book itself cannot
    be written, and InputError (`unknown_marketplace`).
    """
    for path in paths:
        for each in _files_in(Path(path)):
            try:
                found = [maildir(each)] if is_maildir(each) else contents(each)
            except InputError as error:
                yield _failed(_shown(each), error)
                continue
            if not found:
                yield ImportResult(
                    _shown(each), reason=f"{each.name} is a zip with no file in it.", next="Download it again."
                )
            for content in found:
                yield _import(book, content, marketplace, progress, today)


def import_file(
    book: OrderBook,
    path: str | Path,
    *,
    marketplace: str | None = None,
    progress: Progress | None = None,
    today: date | None = None,
) -> ImportResult:
    """Imports one file (or a zip with one file in it); see `import_paths`.

    marketplace: two letters, for files that do not tell their own. today: days that lie after it are refused.
    """
    path = Path(path)
    try:
        found = [maildir(path)] if is_maildir(path) else contents(path)
    except InputError as error:
        return _failed(_shown(path), error)
    if len(found) != 1:
        held = f"holds {len(found)} files" if found else "holds no file"
        return ImportResult(
            str(path), reason=f"{path.name} {held}.", next="Import the folder, or the files one by one."
        )
    return _import(book, found[0], marketplace, progress, today)


def _files_in(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    # A mail folder holds thousands of small files and is read as one.
    folders = maildirs_in(path)
    yield from folders
    for each in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
        if not hidden and each.is_file() and not set(folders).intersection(each.parents):
            yield each


def _shown(path: Path) -> str:
    """The path as text that can be stored and written, whatever bytes its name holds."""
    return str(path).encode("utf-8", "replace").decode()


def _failed(path: str, error: AftercareError) -> ImportResult:
    return ImportResult(path, reason=error.message, next=error.next)


def _import(
    book: OrderBook, content: Content, marketplace: str | None, progress: Progress | None, today: date | None
) -> ImportResult:
    hint = hinted(marketplace)
    shown = _shown(content.path) + (f"/{content.member}" if content.member else "")
    result = ImportResult(shown)
    try:
        with _without_collector():
            _read(book, content, result, hint, progress, today or date.today())
    except InputError as error:
        return _failed(shown, error)
    return result


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rows are lists of texts and form no cycles; looking for some among them would take a sixth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(
    book: OrderBook, content: Content, result: ImportResult, hint: str | None, progress: Progress | None, today: date
) -> None:
    about = survey(block for block, _ in content.blocks())
    if not about.length:
        if content.path.is_dir():
            raise InputError(f"{content.name} is a mail folder without mails.", next="Name another one.")
        raise InputError(f"{content.name} is empty.", next="Download the report again; it may have had no data.")
    if about.binary:
        raise InputError(
            f"{content.name} is not a text file.",
            next="Download the report from Seller Central as text (.txt or .csv), not as a spreadsheet or a page.",
        )
    if about.doubtful:
        result.note(1, "the file does not tell its encoding; accented letters in it may be wrong")

    document = Document(content, about.encoding)
    kind = next((each for each in DOCUMENTS if each.recognizes(document)), None)
    if kind:
        result.kind, result.encoding = kind.kind, about.encoding
        with book.write(importing=True) as connection:
            file = _listed(connection, content, about, kind.kind)
            kind.read(DocumentSetting(connection, file, document.content, result, today, hint))
            result.rows = result.new + result.changed + result.unchanged + result.skipped + result.refused_count
        return
    if document.is_json:
        raise refused_as_unknown(document)

    def told() -> Iterator[bytes]:
        for block, read in content.blocks():
            yield block
            if progress:
                progress(read, content.size)

    blocks = lines_of(decoded(told(), about.encoding), result.refuse)
    head: list[tuple[int, list[str], bool]] = []
    for block in blocks:
        head.append(block)
        if sum(len(lines) for _, lines, _ in head) >= HEADER_WITHIN:
            break
    top = [line for _, lines, _ in head for line in lines]
    header = header_in(top)
    if header is None:
        raise InputError(
            f"{content.name} {near_miss(top) or 'is no report that Aftercare knows by its column names'}.",
            next="Import a report as downloaded from Seller Central, with its header line.",
        )
    result.kind, result.encoding = header.report.kind, about.encoding
    with book.write(importing=True) as connection:
        file = _listed(connection, content, about, result.kind)
        importer = IMPORTERS[result.kind](Setting(connection, file, header, result, today, hint))
        for batch in _gathered(rows_of(_below(chain(head, blocks), header.line), header.layout, result.refuse)):
            result.rows += len(batch.rows)
            importer.take(batch)
        importer.finish()
        result.rows = result.new + result.changed + result.unchanged + result.skipped + result.refused_count


def _listed(connection: Connection, content: Content, about: Survey, kind: str) -> int:
    """The file's row in the book's list of files."""
    row = connection.execute(
        "INSERT INTO file (name, digest, kind, encoding, imported) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (digest) DO UPDATE SET kind = excluded.kind RETURNING id",
        (content.name, about.digest, kind, about.encoding, datetime.now(UTC).isoformat(timespec="seconds")),
    ).fetchone()
    return int(row[0])


def _below(blocks: Iterable[tuple[int, list[str], bool]], header: int) -> Iterator[tuple[int, list[str], bool]]:
    """The lines below the header."""
    for number, lines, cut_off in blocks:
        skip = max(0, header + 1 - number)
        if skip < len(lines):
            yield number + skip, lines[skip:], cut_off


def _gathered(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Larger batches out of small ones, so that each statement on the book has enough to do."""
    held = Batch()
    for batch in batches:
        held.numbers += batch.numbers
        held.rows += batch.rows
        if len(held.rows) >= _ROWS_AT_ONCE:
            yield held
            held = Batch()
    yield held
