/**
 * What may be asked, and by whom. Each tier is a table of its own: a page's script can never reach what is meant for our
 * own pages, and a script on one kind of page not what is meant for another. `types/messages.d.ts` lists them all.
 */
import {call, CallError, hello} from './client.js';
import {event, judge, message, openContact} from './contact.js';
import {all, change, forget, forPage, remember} from './settings.js';

const kase = id => `/cases/${Number(id)}`;

const fromAnyPage = {
  settings: (_, {host}) => forPage(host),
  options: async () => (await chrome.runtime.openOptionsPage(), {}),
};

const fromReviewPages = {
  read: ({url, asin, snippets}) => call('/read', {url, asin, snippets}),
  investigate: ({url, asin, snippet}) => call('/investigate', {url, asin, snippet}),
  confirm: ({case: id, choice}) => call(`${kase(id)}/confirm`, choice),
  draft: ({case: id, route, lang}) => call(`${kase(id)}/draft`, {route, lang}),
  lint: ({case: id, text, lang, kind}) => call(`${kase(id)}/lint`, {text, lang, kind}),
  note: ({case: id, text}) => call(`${kase(id)}/notes`, {text}),
  contact: openContact,
  copied: ({case: id}) => call(`${kase(id)}/events`, {event: 'copied'}),
};

const fromContactPages = {message, judge, event};

const fromOwnPages = {
  state: async () => {
    const {token, agent, port, server} = await all();
    return {settings: {...(await forPage('')), port, server, paired: Boolean(token), agent}, version: chrome.runtime.getManifest().version};
  },
  check: () => hello(),
  pair: async ({code, browser}) => {
    await hello();
    const paired = await call('/pair', {code: String(code).trim().toUpperCase(), browser: String(browser).slice(0, 80)});
    if (typeof paired.token !== 'string') throw new CallError({code: 'bad_answer'});
    await remember(paired);
    return {agent: paired.agent};
  },
  forget: async () => (await forget(), {}),
  set: async wanted => (await change(wanted), forPage('')),
};

/** The tables that a sender may ask from, and what is known of the sender. Nothing about it is taken from the message. */
const tiersOf = ({id, url, frameId, tab}) => {
  if (id !== chrome.runtime.id || !url) return [];
  if (url.startsWith(chrome.runtime.getURL(''))) return [fromOwnPages];
  if (frameId !== 0 || !tab) return [];
  const {protocol, pathname} = new URL(url);
  if (protocol !== 'https:') return [];
  return [fromAnyPage, pathname.startsWith('/messaging/') ? fromContactPages : fromReviewPages];
};

/** Answers `{result}` or `{error}`; errors keep their code, sentence, and next step on the way. */
const respond = async ({ask, params}, sender) => {
  const table = tiersOf(sender).find(each => Object.hasOwn(each, ask));
  if (!table) return {error: {code: 'not_allowed'}};
  const host = new URL(sender.url).hostname;
  try {
    // A page that has not heard of the switch yet gets no further than the settings.
    if (table === fromReviewPages || table === fromContactPages) {
      if (!(await forPage(host)).on) return {error: {code: 'off'}};
    }
    return {result: await table[ask](params ?? {}, {host, tab: sender.tab, url: sender.url})};
  } catch (error) {
    return {error: error instanceof CallError ? error.error : error?.code ? error : {code: 'bad_answer'}};
  }
};

export const answer = (asked, sender, send) => {
  if (typeof asked?.ask !== 'string') return false;
  respond(asked, sender).then(send);
  return true; // Keeps the channel open for the answer.
};
