/** What the popup and the options share: words, asking the worker, and the state of the connection in words. */

export const say = (key, ...values) => chrome.i18n.getMessage(key, values.map(String)) || key;

/** Fills every element that names its text, and tells the page's language and direction. */
export const speak = () => {
  document.documentElement.lang = chrome.i18n.getUILanguage();
  document.documentElement.dir = say('@@bidi_dir');
  for (const each of document.querySelectorAll('[data-say]')) each.textContent = say(each.dataset.say);
};

/** Asks the worker; throws its error object (`code`, and for the server's own also `message` and `next`). */
export const ask = async (name, params = {}) => {
  const answer = await chrome.runtime.sendMessage({ask: name, params});
  if (answer && 'result' in answer) return answer.result;
  throw answer?.error ?? {code: 'bad_answer'};
};

/** `[sentence, next step]` of an error. */
export const explain = ({code, message, next}) =>
  message ? [message, next ?? ''] : [say(`error_${code}`), say(`error_${code}_next`)];

/** Shows sentences in a place that screen readers hear; the first one stands out. */
export const tell = (place, [title, ...more], wrong = false) => {
  place.classList.toggle('wrong', wrong);
  const strong = document.createElement('strong');
  strong.textContent = title;
  place.replaceChildren(strong, ...more.filter(Boolean).flatMap(text => {
    const p = document.createElement('p');
    p.className = 'quiet';
    p.textContent = text;
    return p;
  }));
};

/** Asks who answers, and shows it. */
export const showConnection = async place => {
  tell(place, [say('checking')]);
  try {
    const found = await ask('check');
    if (!found.paired) throw {code: 'not_paired'};
    tell(place, [say('connected'), say('serverVersion', found.version)]);
  } catch (error) {
    tell(place, explain(error), true);
  }
};
