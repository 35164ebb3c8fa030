/** How one finding of the linter reads: its words where they are a part of the text, and why they are found. */
(() => {
  const {aftercare} = globalThis;
  const {say} = aftercare;
  const LONG = 80; // Code points of the found words that are repeated beside the reason.

  /** Whether a finding is about the text as a whole, in which nothing is to be underlined. */
  const isWhole = ({start, end}, text) => end <= start || (start === 0 && end >= Array.from(text.trimEnd()).length);

  /** The found words in quotes, as nodes; nothing where the finding is about the whole text. */
  const quote = (found, text) => {
    if (isWhole(found, text) || !found.text?.trim()) return [];
    const points = Array.from(found.text);
    return ['“', aftercare.quoted(points.length > LONG ? `${points.slice(0, LONG).join('')}…` : found.text), '” '];
  };

  /** Why: in the person's language, or in the server's words where the rule is new. */
  const reason = found => say.maybe(`finding_${found.rule}`) || found.reason;

  Object.assign(aftercare, {finding: {isWhole, quote, reason}});
})();
