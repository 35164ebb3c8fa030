/** Words, numbers, and days in the person's language. Every text a person reads comes from `_locales` through here. */
(() => {
  const {aftercare} = globalThis;
  const language = chrome.i18n.getUILanguage();
  const plural = new Intl.PluralRules(language);
  const percent = new Intl.NumberFormat(language, {style: 'percent', maximumFractionDigits: 0});
  const bits = new Intl.NumberFormat(language, {minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'always'});
  const short = new Intl.DateTimeFormat(language, {day: 'numeric', month: 'short', timeZone: 'UTC'});
  const long = new Intl.DateTimeFormat(language, {day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC'});

  // What must still be said when the extension is gone and took its texts along.
  const last = Object.fromEntries(['name', 'close', 'reload', 'error_extension_updated', 'error_extension_updated_next']
    .map(key => [key, chrome.i18n.getMessage(key)]));

  /** The text of a key, or an empty string where there is none. */
  const maybe = (key, ...values) =>
    (chrome.runtime?.id ? chrome.i18n.getMessage(key, values.map(String)) : last[key]) ?? '';

  const say = (key, ...values) => maybe(key, ...values) || key;

  /** The text of `<key>_one` or `<key>_other`, as the language counts; `n` is its first value. */
  say.count = (key, n, ...values) =>
    maybe(`${key}_${plural.select(n) === 'one' ? 'one' : 'other'}`, n, ...values) || say(`${key}_other`, n, ...values);

  say.maybe = maybe;
  say.direction = maybe('@@bidi_dir') || 'ltr';
  say.language = language;

  /** 0.864 as "86 %"; what is neither nothing nor all never reads as nothing or all. */
  say.percent = share => {
    if (share > 0 && share < 0.01) return `<${percent.format(0.01)}`;
    if (share < 1 && share > 0.99) return `>${percent.format(0.99)}`;
    return percent.format(share);
  };

  say.bits = value => bits.format(value);

  /** "2026-10-28" as "Oct 28", with the year where it is not this one. */
  say.day = day => {
    if (!day) return '';
    const date = new Date(`${String(day).slice(0, 10)}T00:00:00Z`);
    if (Number.isNaN(date.valueOf())) return String(day);
    return (date.getUTCFullYear() === new Date().getUTCFullYear() ? short : long).format(date);
  };

  /** An amount with its currency, as the person writes it. */
  say.money = (amount, currency) => {
    try {
      return new Intl.NumberFormat(language, {style: 'currency', currency}).format(Number(amount));
    } catch {
      return `${amount} ${currency ?? ''}`.trim();
    }
  };

  /** The name of a language ("fr") in the person's own. */
  say.languageName = code => {
    try {
      const name = new Intl.DisplayNames([language], {type: 'language'}).of(code);
      return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
    } catch {
      return code;
    }
  };

  aftercare.say = say;
})();
