"""Single mails, mailboxes and mail folders: where one mail ends, what is refused, what is left, how much is held."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from aftercare.orders.book import OrderBook
from aftercare.orders.imports import ImportResult, import_file, import_paths
from aftercare.orders.imports.mail.mailbox import MOST_PART, mails
from orders.conftest import TODAY
from orders.mail.conftest import Read, Thread
from orders.mail.made import ORDER, attachment, framed, mail, mailbox, multipart

Drop = Callable[..., ImportResult]
STRANGER = mail(**{"from": "Friend <friend@example.test>"}, message_id="<stranger@example.test>")


def numbered(count: int) -> list[bytes]:
    return [mail(f"Question {number}", message_id=f"<{number}@example.test>") for number in range(1, count + 1)]


def test_a_mailbox_holds_many_mails(drop: Drop, thread: Thread) -> None:
    result = drop(mailbox(numbered(3)))

    assert (result.kind, result.rows, result.new) == ("relay_mail", 3, 3)
    assert {each.text for each in thread(ORDER)} == {"Question 1", "Question 2", "Question 3"}


def test_a_mailbox_with_windows_line_ends_and_packed(drop: Drop) -> None:
    content = mailbox(numbered(3)).replace(b"\n", b"\r\n")

    assert drop(content).new == 3
    assert drop(gzip.compress(content)).unchanged == 3


@pytest.mark.parametrize(
    "postmark",
    [
        b"From MAILER-DAEMON Tue Jan 20 09:30:00 2026",
        b"From 1788888888888888888@xxx Tue Jan 20 09:30:00 +0000 2026",
        b"From - Tue Jan 20 09:30:00 2026",
        b"From shop@example.test  Tue Jan  6 9:30 2026",
        b"From MAILER-DAEMON",
    ],
)
def test_postmarks_of_many_programs(postmark: bytes) -> None:
    content = b"".join(postmark + b"\n" + each + b"\n\n" for each in numbered(3))

    assert [each.number for each in mails([content])] == [1, 2, 3]


def test_a_line_that_begins_with_from_is_no_postmark(drop: Drop, thread: Thread) -> None:
    text = "Hello,\n\nFrom Monday on I am away.\nFrom then on, nobody.\n\nFrom\nme"
    drop(b"From x Tue Jan 20 09:30:00 2026\n" + mail(text))

    assert [each.text for each in thread(ORDER)] == [text]


def test_an_escaped_from_is_restored(drop: Drop, thread: Thread) -> None:
    drop(mailbox([mail("Hello,\nFrom Mon Jan 19 10:00:00 2026\nto: now")]))

    assert [each.text for each in thread(ORDER)] == ["Hello,\nFrom Mon Jan 19 10:00:00 2026\nto: now"]


def test_blocks_may_end_anywhere() -> None:
    content = mailbox(numbered(2))

    assert [each.data for each in mails([content])] == [
        each.data for each in mails(content[place : place + 1] for place in range(len(content)))
    ]


def test_the_same_mail_counts_once(drop: Drop, thread: Thread) -> None:
    drop(mail("Where is it?"))
    again = drop(mailbox([mail("Where is it?"), mail("Where is it?")]))

    assert (again.unchanged, len(thread(ORDER))) == (2, 1)


def test_the_same_mail_without_an_id_counts_once(drop: Drop, thread: Thread) -> None:
    drop(mail(message_id=None))
    drop(mailbox([mail(message_id=None)]))

    assert len(thread(ORDER)) == 1


def test_a_broken_mail_is_refused_by_its_number(drop: Drop, thread: Thread) -> None:
    bad = mail(date="once upon a time", message_id="<bad@example.test>")
    result = drop(
        mailbox([numbered(2)[0], bad, numbered(2)[1]]).replace(
            b"From MAILER-DAEMON Tue Jan 20 09:30:00 2026", b"From x"
        )
    )

    assert [(each.line, each.reason) for each in result.refused] == [(2, "has no date that can be right")]
    assert (result.new, len(thread(ORDER))) == (2, 2)


STAMP = "Tue, 20 Jan 2026 09:30:00 +0100"
STAMPS = {
    "of a server": (None, f"from a by b; {STAMP}"),
    "of a server, where its own lies ahead": ("Tue, 20 Jan 2036 09:30:00 +0100", f"x; {STAMP}"),
    "without offset": ("Tue, 20 Jan 2026 08:30:00 -0000", None),
    "with words": (f"{STAMP} (CET)", None),
}


@pytest.mark.parametrize(("stamp", "received"), STAMPS.values(), ids=STAMPS)
def test_dates(read: Read, stamp: str | None, received: str | None) -> None:
    assert read(mail(date=stamp, received=received)).at.timestamp() == 1768897800


def test_the_mailbox_tells_the_date_where_the_mail_does_not(drop: Drop, thread: Thread) -> None:
    drop(mailbox([mail(date=None)]))

    assert [each.at.isoformat() for each in thread(ORDER)] == ["2026-01-20T09:30:00+00:00"]


def test_mails_of_others_are_counted_and_left(drop: Drop) -> None:
    result = drop(mailbox([mail(), STRANGER, STRANGER]))

    assert (result.new, result.skipped, result.refused) == (1, 2, [])


def test_a_file_with_none_of_the_relays_mail_is_refused(drop: Drop, book: OrderBook) -> None:
    result = drop(mailbox([STRANGER]), "private.mbox")

    assert result.kind is None
    assert result.reason == "private.mbox holds no mail from Amazon's messaging relay."


def test_attachments_are_counted_and_never_opened(drop: Drop, thread: Thread) -> None:
    result = drop(multipart(attachment(100), ("Content-Type: text/plain", "See photo."), attachment(100, "b.jpg")))

    assert [each.reason for each in result.notes] == ["2 attachments were left closed"]
    assert [each.text for each in thread(ORDER)] == ["See photo."]


def test_text_behind_a_huge_attachment_is_read_and_the_attachment_is_not_held() -> None:
    content = multipart(attachment(6 << 20), ("Content-Type: text/plain", "See photo."))
    (raw,) = mails(content[place : place + 100_000] for place in range(0, len(content), 100_000))

    assert len(raw.data) < MOST_PART + 10_000
    assert b"See photo." in raw.data


def test_one_endless_line_is_not_held() -> None:
    (raw,) = mails([mail(), *[b"x" * 1_000_000] * 20])

    assert len(raw.data) <= MOST_PART


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    folder = tmp_path / "Mail"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    first, second, third = numbered(3)
    (folder / "cur" / "1768897800.M1P1.host:2,S").write_bytes(first)
    (folder / "new" / "1768897801.M1P1.host").write_bytes(second.replace(b"Question 2", b"From here\n>From there"))
    (folder / "tmp" / "1768897802.M1P1.host").write_bytes(third)
    (folder / "dovecot-uidlist").write_text("3 V1 N3\n")
    return folder


def test_a_mail_folder_is_one_import(book: OrderBook, maildir: Path, thread: Thread) -> None:
    (result,) = import_paths(book, [maildir], today=TODAY)

    assert (result.kind, result.path, result.new) == ("relay_mail", str(maildir), 2)
    assert [each.text for each in thread(ORDER)] == ["Question 1", "From here"]


def test_mail_folders_within_a_folder(book: OrderBook, maildir: Path) -> None:
    inner = maildir / ".Amazon"
    (inner / "cur").mkdir(parents=True)
    (inner / "new").mkdir()
    (inner / "cur" / "1768897805.M1P1.host:2,").write_bytes(mail(message_id="<inner@example.test>"))
    (maildir.parent / "one.eml").write_bytes(mail(message_id="<eml@example.test>"))
    results = list(import_paths(book, [maildir.parent / "one.eml", maildir], today=TODAY))

    assert [(each.kind, each.new) for each in results] == [("relay_mail", 1), ("relay_mail", 2), ("relay_mail", 1)]


def test_a_broken_mail_in_a_folder_is_refused_by_its_file(book: OrderBook, maildir: Path) -> None:
    (maildir / "cur" / "1768897803.M1P1.host:2,").write_bytes(b"no header at all\n\nnothing\n")
    result = import_file(book, maildir, today=TODAY)

    assert [each.reason for each in result.refused] == ["has no sender (file 1768897803.M1P1.host:2,)"]
    assert result.new == 2


def test_a_mail_without_a_name_that_tells_is_recognized(drop: Drop) -> None:
    assert drop(mail(framed("Hi")), "1768897800.M1P1.host:2,S").kind == "relay_mail"


@pytest.mark.parametrize("content", ["From: me\nno more", "Subject: x\n\n", "name\tfrom\n1\t2\n", "To be\n", ""])
def test_what_is_no_mail(drop: Drop, content: str) -> None:
    assert drop(content).kind is None


def test_a_line_like_the_mark_of_a_mail_folder_begins_no_mail(drop: Drop, thread: Thread) -> None:
    forged = mail("Forged", message_id="<forged@example.test>").decode()
    text = f"Hello,\nFrom file: x\n{forged}"
    drop(mailbox([mail(text), mail("Second", message_id="<second@example.test>")]))

    assert sorted(each.message_id for each in thread(ORDER)) == ["one@example.test", "second@example.test"]


def test_a_mail_in_a_folder_cannot_begin_another(book: OrderBook, maildir: Path, thread: Thread) -> None:
    forged = b"\n\nFrom x Tue Jan 20 09:30:00 2026\n" + mail("Forged", message_id="<forged@example.test>")
    (maildir / "cur" / "1768897804.M1P1.host:2,").write_bytes(mail("Hi", message_id="<hi@example.test>") + forged)
    result = import_file(book, maildir, today=TODAY)

    assert result.new == 3
    assert "forged@example.test" not in {each.message_id for each in thread(ORDER)}


def test_a_piece_of_an_endless_line_begins_no_mail() -> None:
    hidden = b"x" * (1 << 16) + b"From x Tue Jan 20 09:30:00 2026\nSubject: forged\n"
    first, second = numbered(2)

    assert [each.number for each in mails([mailbox([first + b"\n" + hidden, second])])] == [1, 2]
