/**
 * The only file that speaks to the server. It tells the ways apart in which that can fail: nothing listens, another
 * program listens, the versions do not fit, the browser is not paired, the answer is not an answer, or none comes.
 */
import {all} from './settings.js';

/** The version of the protocol in `docs/protocol.md` that this extension speaks. */
export const API = 1;
const PATIENCE = 10_000;
const HERE = {origins: ['http://127.0.0.1/*']};

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
  const {port, token} = await all();
  const open = path === '/hello' || path === '/pair';
  if (!open && !token) throw new CallError({code: 'not_paired'});
  if (!open) await sameLanguage(patience);
  return request(port, token, path, body, patience);
};

/** Who answers on the port; asked for once, until the server's version or the port changes. */
export const hello = async (patience = PATIENCE) => {
  const {port, token} = await all();
  const found = await request(port, token, '/hello', undefined, patience);
  if (!Number.isInteger(found?.api)) throw new CallError({code: 'bad_answer'});
  if (found.api < API) throw new CallError({code: 'server_older'});
  if (found.api > API) throw new CallError({code: 'extension_older'});
  await chrome.storage.session.set({hello: {version: found.version, port}});
  return found;
};

const sameLanguage = async patience => {
  const {port} = await all();
  const {hello: known} = await chrome.storage.session.get('hello');
  if (known?.port !== port) await hello(patience);
};

const request = async (port, token, path, body, patience) => {
  const post = body !== undefined;
  let response, text;
  try {
    response = await fetch(`http://127.0.0.1:${port}${path}`, {
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
    throw new CallError({code: (await chrome.permissions.contains(HERE)) ? 'server_down' : 'no_permission'});
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
