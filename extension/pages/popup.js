/** The popup: whether Aftercare is on, here and everywhere, and whether the server answers. */
import {ask, say, showConnection, speak} from './common.js';

const at = id => document.getElementById(id);

/** The host of the page in front, if our script runs there; no permission to read addresses is needed for that. */
const hostInFront = async () => {
  const [tab] = await chrome.tabs.query({active: true, currentWindow: true});
  const site = tab && await chrome.tabs.sendMessage(tab.id, {tell: 'site'}, {frameId: 0}).catch(() => null);
  return site?.host ?? null;
};

speak();
const {settings} = await ask('state');
const host = await hostInFront();
at('enabled').checked = settings.enabled;
at('enabled').addEventListener('change', event => ask('set', {enabled: event.target.checked}));
at('options').addEventListener('click', () => chrome.runtime.openOptionsPage());
if (host) {
  at('here').hidden = false;
  at('sitename').textContent = say('enabledHere', host);
  at('site').checked = !settings.sitesOff.includes(host);
  at('site').addEventListener('change', async event => {
    const {settings: {sitesOff}} = await ask('state');
    const others = sitesOff.filter(each => each !== host);
    await ask('set', {sitesOff: event.target.checked ? others : [...others, host]});
  });
}
await showConnection(at('connection'));
