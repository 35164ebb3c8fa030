/**
 * Where reviews are in a page, and nothing about what is in them: that is read on the server, from the node's own
 * markup. Each alternative says which layout needs it; the sample pages in `tests/fixtures/site` hold one of each.
 */
(() => {
  const {aftercare} = globalThis;

  const REVIEW = [
    '[data-hook="review"]', // Every store layout: div until 2024, li since then, div again in 2026.
    '[data-testid^="review-R"]', // Seller Central, Brand Customer Reviews.
  ].join();

  // In the 2026 layout the box around the review holds the variant's ASIN and the marketplace.
  const BOX = '[data-hook="reviewContainer"]';

  const DROPPED = 'script, style, noscript, iframe, template, aftercare-badge';
  const ID = /^R[A-Z0-9]{8,}$/;
  const ASIN = /^[A-Z0-9]{10}$/;

  /** The review's id, or null where the node has none, as while a slot is being filled. */
  const idOf = node => {
    const id = node.id || (node.getAttribute('data-testid') ?? '').slice('review-'.length);
    return ID.test(id) ? id : null;
  };

  /** `[{id, node}]` of all reviews in the page, in its order; an id that is shown twice comes once. */
  const reviews = () => {
    const found = new Map();
    for (const node of document.querySelectorAll(REVIEW)) {
      const id = idOf(node);
      if (id && !found.has(id)) found.set(id, {id, node});
    }
    return [...found.values()];
  };

  /** The review node that an element or text lies in, or null. */
  const around = target => {
    const element = target?.nodeType === Node.ELEMENT_NODE ? target : target?.parentElement;
    return element?.closest?.(REVIEW) ?? null;
  };

  /** The node's own HTML for the server: a copy, without scripts, styles, and our own badge. */
  const snippet = node => {
    const copy = (node.closest(BOX) ?? node).cloneNode(true);
    for (const each of copy.querySelectorAll(DROPPED)) each.remove();
    return copy.outerHTML;
  };

  /** The ASIN of the product page, or null; a canonical link is not asked, since it may name a sibling. */
  const asin = () => {
    const named = [
      document.querySelector('input#ASIN')?.value, // Product pages of all generations.
      document.querySelector('#averageCustomerReviews')?.dataset.asin,
      stateAsin(), // List pages.
      /\/(?:dp|gp\/product|gp\/aw\/d|product-reviews|customer-reviews)\/([A-Z0-9]{10})(?=[/?]|$)/.exec(location.pathname)?.[1],
    ];
    return named.find(each => ASIN.test(each ?? '')) ?? null;
  };

  const stateAsin = () => {
    try {
      return JSON.parse(document.querySelector('#cr-state-object')?.dataset.state ?? '{}').asin;
    } catch {
      return null;
    }
  };

  /** A number that changes with the node's words, so that a re-used slot is read again. */
  const print = node => {
    let hash = 0;
    for (const char of node.textContent) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
    return hash;
  };

  Object.assign(aftercare, {find: {reviews, around, idOf, snippet, asin, print}});
})();
