/**
 * Every message that crosses between page, worker, and extension pages. `tests/extension/test_messages.py` compares this
 * table with the worker's handlers and with what content scripts and pages ask for.
 */

export interface Settings {
  /** Whether Aftercare works on the asking page at all: the switch is on and the site is not switched off. */
  on: boolean;
  enabled: boolean;
  showPraise: boolean;
  showOpinion: boolean;
  sitesOff: string[];
  /** A number that changes with the pairing; never the token itself. */
  token: number;
}

export interface Fault {code: string; message?: string; next?: string; detail?: Record<string, unknown>}
export type Answer<Result> = {result: Result} | {error: Fault};

type Json = Record<string, unknown>;
/** The Investigation, Verdict, and Draft of `docs/protocol.md`. */
type Investigation = Json;
type Verdict = Json;
type Draft = Json;

/** Any of our content scripts may ask: `{ask: name, params}`. */
export interface FromAnyPage {
  settings: {params: {}; result: Settings};
  options: {params: {}; result: {}};
}

/** Content scripts on pages with reviews may ask. */
export interface FromReviewPages {
  read: {params: {url: string; asin: string | null; snippets: string[]}; result: {reviews: Json[]}};
  investigate: {params: {url: string; asin: string | null; snippet: string}; result: Investigation};
  confirm: {params: {case: number; choice: {order_id: string; sku?: string; line?: number} | {none: true} | {undo: true}}; result: Investigation};
  draft: {params: {case: number; route: string; lang: string}; result: Draft};
  lint: {params: {case: number; text: string; lang?: string; kind?: string}; result: Verdict};
  note: {params: {case: number; text: string}; result: {notes: Json[]}};
  contact: {params: {case: number; text: string; route: string; reasons: Record<string, string>}; result: {}};
  copied: {params: {case: number}; result: {}};
}

/** Content scripts on a contact page may ask, about the one message that belongs to their tab. */
export interface FromContactPages {
  message: {params: {}; result: {text: string; order_id: string; lang: string} | null};
  judge: {params: {text: string}; result: Verdict};
  event: {params: {event: 'opened' | 'filled' | 'edited' | 'send_held' | 'sent_seen' | 'copied'; detail?: Json}; result: {}};
}

/** Only the extension's own pages may ask. */
export interface FromOwnPages {
  state: {params: {}; result: {settings: Settings & {port: number; server: string; paired: boolean; agent: string | null}; version: string}};
  check: {params: {}; result: {server: string; version: string; api: number; instance: string; paired: boolean}};
  pair: {params: {code: string; browser: string}; result: {agent: string}};
  forget: {params: {}; result: {}};
  set: {params: Partial<{enabled: boolean; showPraise: boolean; showOpinion: boolean; sitesOff: string[]; port: number; server: string}>; result: Settings};
}

/** The worker tells content scripts: `{tell: name, ...params}`. */
export interface ToPages {
  settings: {settings: Settings};
  investigate: {};
  site: {};
}
