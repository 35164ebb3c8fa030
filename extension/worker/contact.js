/**
 * The way to a contact page: opens it after a person's click, and keeps for that one tab which message belongs to it.
 * The page's script learns the message only from the tab it was opened in and at an address of the order it is for.
 */
import {call, CallError} from './client.js';

const key = tabId => `contact:${tabId}`;
const kept = async tabId => (await chrome.storage.session.get(key(tabId)))[key(tabId)] ?? null;
const keep = (tabId, contact) => chrome.storage.session.set({[key(tabId)]: contact});

/** Hosts of Seller Central, from the manifest, which is the one list of them. */
const hosts = () => new Set(chrome.runtime.getManifest().content_scripts[1].matches.map(match => new URL(match.replace(/\*$/, '')).host));

// A message goes to the contact page or a thread; a return is answered where it is listed.
const PLACES = ['/messaging/', '/gp/returns/'];

/** The address if it is such a page of Seller Central; the server is trusted with words, not with where to go. */
const known = address => {
  const url = URL.canParse(address) ? new URL(address) : null;
  const good = url?.protocol === 'https:' && hosts().has(url.host) && PLACES.some(place => url.pathname.startsWith(place))
    && !url.username && !url.port;
  if (!good) throw new CallError({code: 'bad_answer'});
  return url.href;
};

/** Asks for a permit for this very text and opens the official page beside the tab it was asked from. */
export const openContact = async ({case: id, text, route, lang, reasons}, {tab}) => {
  const {permit, url} = await call(`/cases/${Number(id)}/contact`, {text, route, lang, reasons});
  const address = known(url);
  await chrome.storage.session.set({opening: true});
  try {
    const opened = await chrome.tabs.create({url: address, openerTabId: tab.id, index: tab.index + 1});
    await keep(opened.id, {permit, case: id, kind: route === 'answer_thread' ? 'reply' : 'proactive'});
  } finally {
    await chrome.storage.session.remove('opening');
  }
  return {};
};

/** The message for the tab that asks, or null. A permit is used once; after that the tab's own memory answers a reload. */
export const message = async (_, {tab, url}) => {
  await settled();
  const contact = await kept(tab.id);
  if (!contact) return null;
  if (!contact.text) {
    Object.assign(contact, await call('/contacts/redeem', {permit: contact.permit, url}));
    await keep(tab.id, contact);
  } else if (!url.includes(contact.order_id)) {
    return null; // The person went on to another order in this tab.
  }
  const {text, order_id, lang} = contact;
  return {text, order_id, lang};
};

/** Judges a text on the contact page with everything the tab's own case knows. */
export const judge = async ({text}, {tab}) => {
  const contact = await own(tab);
  return call(`/cases/${contact.case}/lint`, {text: String(text), lang: contact.lang ?? undefined, kind: contact.kind});
};

/** Writes into the record what happened on the page. */
export const event = async ({event: name, detail}, {tab}) => {
  const contact = await own(tab);
  return call(`/cases/${contact.case}/events`, {event: name, detail});
};

/** A page may be there before it is written down which tab was opened for it; then its script waits a moment. */
const settled = async () => {
  for (let n = 0; n < 40 && (await chrome.storage.session.get('opening')).opening; n++) {
    await new Promise(done => setTimeout(done, 50));
  }
};

const own = async tab => {
  const contact = await kept(tab.id);
  if (!contact?.text) throw new CallError({code: 'not_allowed'});
  return contact;
};

export const forgetTab = tabId => chrome.storage.session.remove(key(tabId));
