/** What went wrong, in words: the extension's own states from `_locales`, the server's own errors as it sent them. */
(() => {
  const {aftercare} = globalThis;

  /** An error that crossed a wire, with its code, sentence, next step, and detail. */
  class Fault extends Error {
    constructor({code, message = '', next = '', detail = {}}) {
      super(message || code);
      Object.assign(this, {code, words: message, next, detail});
    }
  }

  /** The states in which nothing works until a person or the server does something; they are told in one place. */
  const STATES = new Set([
    'server_down', 'other_program', 'server_older', 'extension_older', 'not_paired', 'no_permission', 'extension_updated',
    'bad_answer', 'timeout', 'team_server_down',
  ]);

  /** `{title, next}` of a fault, in the person's language where the extension knows the state. */
  const explain = fault => {
    const {say} = aftercare;
    const code = fault?.code ?? 'bad_answer';
    if (STATES.has(code)) return {title: say(`error_${code}`), next: say(`error_${code}_next`)};
    return {title: fault.words || say('error_other'), next: fault.next || ''};
  };

  Object.assign(aftercare, {Fault, explain, isState: fault => STATES.has(fault?.code)});
})();
