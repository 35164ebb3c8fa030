"""Badges in real Chromium, beside the time of the server's own answer to the same request."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benches.common import Figure, milliseconds

REVIEWS = 10
# Takes the page's reviews out, waits until their badges are gone, puts ten in under new ids, and counts until ten
# badges are there. Layout shifts and long tasks are watched meanwhile, in the page itself.
MEASURE = r"""(async () => {
  const list = document.querySelector('#localTopReviewsList');
  const items = [...list.children];
  const ten = Array.from({length: COUNT}, (_, index) => {
    const item = items[index % items.length].cloneNode(true);
    item.querySelectorAll('aftercare-badge').forEach(badge => badge.remove());
    const old = item.querySelector('[data-hook=review]').id, id = `RBENCH${String(index).padStart(7, '0')}`;
    item.innerHTML = item.innerHTML.replaceAll(old, id);
    // Words that were never seen, so that nothing is remembered from the run before.
    item.querySelector('[data-hook=reviewRichContentContainer]').append(` Bought for house number ${Math.random()}.`);
    return item;
  });
  list.replaceChildren();
  const gone = () => !list.querySelector('aftercare-badge');
  while (!gone()) await new Promise(done => setTimeout(done, 5));
  await new Promise(done => setTimeout(done, 400));
  let shift = 0, longest = 0;
  const watch = (type, seen) => new PerformanceObserver(found => found.getEntries().forEach(seen)).observe({type});
  watch('layout-shift', each => { shift += each.value; });
  watch('longtask', each => { longest = Math.max(longest, each.duration); });
  const start = performance.now();
  list.replaceChildren(...ten);
  // Adding ten reviews moves what is below them; only what happens after that is ours.
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  shift = 0;
  while (list.querySelectorAll('aftercare-badge').length < COUNT) {
    if (performance.now() - start > 10000) throw new Error('no badges');
    await new Promise(done => setTimeout(done, 1));
  }
  const taken = performance.now() - start;
  await new Promise(done => setTimeout(done, 300));
  return {taken, shift, longest};
})()""".replace("COUNT", str(REVIEWS))


def measure() -> Iterator[Figure]:
    """From ten reviews being in the page to their ten badges; layout shift; the longest task in the page."""
    from browser import hands
    from support.browser import extension_browser
    from support.server import running_server

    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "home") as server:
        with extension_browser(Path(folder) / "profile") as browser:
            browser.pair(server)
            browser.store({"showPraise": True, "showOpinion": True})
            tab = browser.open(hands.PRODUCT)
            tab.wait("document.querySelectorAll('aftercare-badge').length >= 8")
            runs = [tab.inside(MEASURE) for _ in range(7)]
            snippets = tab.inside("[...document.querySelectorAll('[data-hook=review]')].map(each => each.outerHTML)")
        token = server.pair()
        body = {"url": hands.PRODUCT, "asin": "B0DKQ7V1M2", "snippets": snippets}
        floor = milliseconds(lambda: server.call("POST", "/read", body, token=token).result)
    taken = sorted(run["taken"] for run in runs)[len(runs) // 2]
    yield Figure(f"badges for {REVIEWS} reviews", taken, "ms", "the server's answer alone", floor, 150.0)
    yield Figure("layout shift while they appear", max(run["shift"] for run in runs), "CLS", goal=0.0)
    yield Figure("longest task in the page", max(run["longest"] for run in runs), "ms", goal=50.0)
