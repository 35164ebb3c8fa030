"""Mail from Amazon's relay: single mails, mailboxes and mail folders."""

from collections.abc import Callable

from aftercare.orders.imports.documents import DocumentKind
from aftercare.orders.imports.mail.relay_mail import RELAY_MAIL
from aftercare.orders.imports.setting import Importer, Setting

DOCUMENTS: tuple[DocumentKind, ...] = (RELAY_MAIL,)
"""The kinds of files this package reads that are no tables."""

TABLES: dict[str, Callable[[Setting], Importer]] = {}
"""The kinds of tables this package reads, each described in a file of `shared_rules/reports/`."""
