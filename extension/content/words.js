/** The words for what the server's codes mean, shared by badge and card. */
(() => {
  const {aftercare} = globalThis;
  const {say} = aftercare;

  const URGENCIES = new Set(['critical', 'high', 'normal', 'none']);

  /** The urgency that decides color and shape; an unknown one is shown as normal, never as nothing. */
  const urgency = complaint => (URGENCIES.has(complaint.urgency) ? complaint.urgency : 'normal');

  /** A code's text in `_locales`, or the code with its underscores opened, so that a newer server still reads well. */
  const named = (kind, code) => say.maybe(`${kind}_${code}`) || String(code ?? '').replaceAll('_', ' ');

  const list = codes => codes.map(([kind, code]) => named(kind, code)).join(' · ');

  /** "Service complaint · critical"; a quiet complaint is its type alone. */
  const complaintLine = complaint => {
    const level = urgency(complaint);
    const type = named('type', complaint.type);
    return level === 'critical' || level === 'high' ? `${type} · ${named('urgency', level)}` : type;
  };

  Object.assign(aftercare, {words: {urgency, named, list, complaintLine}});
})();
