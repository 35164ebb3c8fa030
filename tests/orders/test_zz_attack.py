import csv, io, tempfile
from pathlib import Path
from hypothesis import given, settings, strategies as st, HealthCheck
from aftercare.orders.book import OrderBook
from aftercare.orders.imports import import_file
from orders.reports import KINDS, number
from orders.conftest import TODAY
cell = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\r\x1c\x1d\x1e\x85\u2028"), max_size=12).map(lambda s: s.strip() or "x")
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cell, min_size=1, max_size=6), st.sampled_from([",", ";"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n","\r\n"]), st.sampled_from(["utf-8","utf-8-sig","utf-16"]))
def test_csv(titles, delim, quoting, end, enc):
    out = io.StringIO(); w = csv.writer(out, delimiter=delim, quoting=quoting, lineterminator=end)
    base = KINDS["all_orders"]; w.writerow(base)
    for n, t in enumerate(titles): w.writerow((base | {"amazon-order-id": number(n), "product-name": t}).values())
    with tempfile.TemporaryDirectory() as f, OrderBook.open(Path(f)/"b.db") as b:
        p = Path(f)/"r.csv"; p.write_bytes(out.getvalue().encode(enc))
        r = import_file(b, p, today=TODAY)
        assert r.new == len(titles), (r, out.getvalue())
        got = [b.order(number(n)).lines[0].title for n in range(len(titles))]
        want = [t for t in titles]
        for g, w_ in zip(got, want):
            assert g == w_ or '"' in w_, (g, w_)
comment = st.text(st.sampled_from("ab \n\"'12,;"), max_size=14)
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(comment, min_size=1, max_size=6), st.sampled_from(["\n","\r\n"]))
def test_tab_comments(comments, end):
    base = KINDS["seller_feedback"]
    text = "\t".join(base)+end + "".join("\t".join((base|{"Order ID":number(n),"Comments":c,"Date":"2026-01-20"}).values())+end for n,c in enumerate(comments))
    with tempfile.TemporaryDirectory() as f, OrderBook.open(Path(f)/"b.db") as b:
        p = Path(f)/"r.txt"; p.write_text(text, encoding="utf-8", newline="")
        r = import_file(b, p, today=TODAY)
        assert r.new == len(comments), (r, text)
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(comment, min_size=1, max_size=6), st.sampled_from(["\n","\r\n"]))
def test_tab_last(comments, end):
    base = KINDS["fba_returns"]
    text = "\t".join(base)+end + "".join("\t".join((base|{"order-id":number(n),"customer-comments":c}).values())+end for n,c in enumerate(comments))
    with tempfile.TemporaryDirectory() as f, OrderBook.open(Path(f)/"b.db") as b:
        p = Path(f)/"r.txt"; p.write_text(text, encoding="utf-8", newline="")
        r = import_file(b, p, today=TODAY)
        assert r.new == len(comments), (r, text)
