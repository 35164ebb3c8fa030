/**
 * The only file that speaks to the server. It tells the ways apart in which that can fail: nothing listens, another
 * program listens, the versions do not fit, the browser is not paired, the answer is not an answer, or none comes.
 */
import {all} from './settings.js';

/** The version of the protocol in `docs/protocol.md` that this extension speaks. */
export const API = 1;
const PATIENCE = 10_000;

/** Where the server is: a team's address if one is set, else this machine. */
const baseOf = ({server, port}) => server || `http://127.0.0.1:${port}`;
const originsOf = base => ({origins: [base.startsWith('https:') ? `${base}/*` : 'http://127.0.0.1/*']});

/** An error of a call: `code`, and for the server's own errors also `message`, `next`, `detail`. */
export class CallError extends Error {
  constructor(error) {
    super(error.code);
    this.error = error;
  }
}

/**
 * One call. `body` makes it a POST. Gives the `result` member of the answer; throws CallError.
 * Calls other than `/hello` and `/pair` need the token.
 */
export const call = async (path, body, {patience = PATIENCE} = {}) => {
  const set = await all();
  const {token} = set;
  const open = path === '/hello' || path === '/pair';
  if (!open && !token) throw new CallError({code: 'not_paired'});
  if (!open) await sameLanguage(patience);
  return request(baseOf(set), token, path, body, patience);
};

/** Who answers there; asked for once, until the server's version or its address changes. */
export const hello = async (patience = PATIENCE) => {
  const set = await all();
  const base = baseOf(set);
  const found = await request(base, set.token, '/hello', undefined, patience);
  if (!Number.isInteger(found?.api)) throw new CallError({code: 'bad_answer'});
  if (found.api < API) throw new CallError({code: 'server_older'});
  if (found.api > API) throw new CallError({code: 'extension_older'});
  await chrome.storage.session.set({hello: {version: found.version, base}});
  return found;
};

const sameLanguage = async patience => {
  const base = baseOf(await all());
  const {hello: known} = await chrome.storage.session.get('hello');
  if (known?.base !== base) await hello(patience);
};

const request = async (base, token, path, body, patience) => {
  const post = body !== undefined;
  let response, text;
  try {
    response = await fetch(`${base}${path}`, {
      method: post ? 'POST' : 'GET',
      headers: {
        'X-Aftercare-Client': `extension/${chrome.runtime.getManifest().version}`,
        ...(token ? {Authorization: `Bearer ${token}`} : {}),
        ...(post ? {'Content-Type': 'application/json'} : {}),
      },
      body: post ? JSON.stringify(body) : undefined,
      cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(patience),
    });
    text = await response.text();
  } catch (error) {
    if (error.name === 'TimeoutError') throw new CallError({code: 'timeout'});
    throw new CallError({code: (await chrome.permissions.contains(originsOf(base))) ? (base.startsWith('https:') ? 'team_server_down' : 'server_down') : 'no_permission'});
  }
  return meaning(response, text);
};

const meaning = async (response, text) => {
  const version = response.headers.get('X-Aftercare');
  if (!version) throw new CallError({code: 'other_program'});
  await forgetOther(version);
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new CallError({code: 'bad_answer'});
  }
  if (response.status === 401) throw new CallError({code: 'not_paired'});
  if (answer?.error?.code) throw new CallError(answer.error);
  if (!response.ok || !answer || !('result' in answer)) throw new CallError({code: 'bad_answer'});
  return answer.result;
};

/** Another version answers than the one that said hello: the next call asks again who is there. */
const forgetOther = async version => {
  const {hello: known} = await chrome.storage.session.get('hello');
  if (known && known.version !== version) await chrome.storage.session.remove('hello');
};
