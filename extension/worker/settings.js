/** What the person set and who this browser is paired with. Pages' scripts get what they need of it by message, never the token. */
import {place} from './menu.js';

export const DEFAULT_PORT = 9317;

const DEFAULTS = {
  enabled: true, showPraise: false, showOpinion: false, sitesOff: [], port: DEFAULT_PORT, server: '',
  token: null, agent: null, instance: null, pairings: 0,
};

/** Keeps storage from content scripts, which run beside code that is not ours. */
export const lock = () => chrome.storage.local.setAccessLevel({accessLevel: 'TRUSTED_CONTEXTS'});

/** Everything that is set, with defaults; for the worker alone, since it holds the token. */
export const all = () => chrome.storage.local.get(DEFAULTS);

/** What a page's script may know; `host` decides whether the site is switched off. */
export const forPage = async host => {
  const {enabled, showPraise, showOpinion, sitesOff, pairings} = await all();
  return {on: enabled && !sitesOff.includes(host), enabled, showPraise, showOpinion, sitesOff, token: pairings};
};

/** Whether this is the address of a team's server: https, a name, perhaps a port, and nothing else. */
const isServer = value => typeof value === 'string' && URL.canParse(value)
  && new URL(value).protocol === 'https:' && new URL(value).origin === value;

const KINDS = {
  enabled: value => typeof value === 'boolean',
  showPraise: value => typeof value === 'boolean',
  showOpinion: value => typeof value === 'boolean',
  sitesOff: value => Array.isArray(value) && value.every(host => typeof host === 'string'),
  port: value => Number.isInteger(value) && value > 0 && value < 65536,
  server: value => value === '' || isServer(value),
};

/** Writes what a person changed on our own pages; a value of the wrong kind is refused whole. */
export const change = async wanted => {
  for (const [name, value] of Object.entries(wanted)) {
    if (!KINDS[name]?.(value)) throw {code: 'bad_setting', message: chrome.i18n.getMessage('error_setting', [name])};
  }
  if ('port' in wanted || 'server' in wanted) await chrome.storage.session.remove('hello');
  const {server} = await all();
  await chrome.storage.local.set(wanted);
  // A token is shown to the server that gave it, and to no other.
  if ('server' in wanted && wanted.server !== server) await forget();
};

export const remember = async ({token, agent, instance}) => {
  const {pairings} = await all();
  await chrome.storage.local.set({token, agent, instance, pairings: pairings + 1});
};

export const forget = async () => {
  const {pairings} = await all();
  await chrome.storage.local.set({token: null, agent: null, instance: null, pairings: pairings + 1});
};

/** Tells every open page what changed; pages without our script do not answer, which is as it should be. */
export const broadcast = async (changes, area) => {
  if (area !== 'local') return;
  if ('enabled' in changes) place();
  for (const {id} of await chrome.tabs.query({})) {
    chrome.tabs.sendMessage(id, {tell: 'site'}, {frameId: 0}).then(
      async site => site && chrome.tabs.sendMessage(id, {tell: 'settings', settings: await forPage(site.host)}, {frameId: 0}),
    ).catch(() => {});
  }
};
