/** The one way from a page to the worker. Answers come back whole, errors as Faults; a lost extension is one of them. */
(() => {
  const {aftercare} = globalThis;

  /**
   * Asks the worker. Names, parameters, and answers are listed in `types/messages.d.ts`.
   * Throws a Fault; `extension_updated` where this page's script has outlived its extension.
   */
  aftercare.ask = async (name, params = {}) => {
    const {Fault} = aftercare;
    if (!chrome.runtime?.id) throw new Fault({code: 'extension_updated'});
    let answer;
    try {
      answer = await chrome.runtime.sendMessage({ask: name, params});
    } catch {
      throw new Fault({code: chrome.runtime?.id ? 'bad_answer' : 'extension_updated'});
    }
    if (answer && 'result' in answer) return answer.result;
    throw new Fault(answer?.error ?? {code: 'bad_answer'});
  };
})();
