/** The options: pairing with the server, its port or a team's address, which badges to show, and sites on which Aftercare is off. */
import {ask, explain, say, showConnection, speak, tell} from './common.js';

const at = id => document.getElementById(id);
const SWITCHES = ['enabled', 'showPraise', 'showOpinion'];

const show = async () => {
  const {settings} = await ask('state');
  for (const name of SWITCHES) at(name).checked = settings[name];
  at('port').value = settings.port;
  at('address').value = settings.server;
  at('forgetting').hidden = !settings.paired;
  if (settings.paired) tell(at('pairing'), [say('pairedAs', settings.agent)]);
  else at('pairing').replaceChildren();
  at('nosites').hidden = settings.sitesOff.length > 0;
  at('sites').replaceChildren(...settings.sitesOff.map(host => {
    const item = document.createElement('li');
    const name = document.createElement('bdi');
    name.textContent = host;
    const on = document.createElement('button');
    on.type = 'button';
    on.textContent = say('siteOnAgain');
    on.setAttribute('aria-label', `${say('siteOnAgain')}: ${host}`);
    on.addEventListener('click', () => set({sitesOff: settings.sitesOff.filter(each => each !== host)}));
    item.append(name, on);
    return item;
  }));
};

const set = async wanted => {
  await ask('set', wanted);
  await show();
};

at('pair').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await ask('pair', {code: at('code').value, browser: at('browser').value});
    at('code').value = '';
    await show();
    await showConnection(at('connection'));
  } catch (error) {
    tell(at('pairing'), explain(error), true);
  }
});

at('forget').addEventListener('click', async () => {
  await ask('forget');
  await show();
  await showConnection(at('connection'));
});

/** The origin of a team's address, after the person let the extension reach it; '' for this machine. */
const allowed = async address => {
  if (!address) return '';
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:') throw {code: 'team_address'};
  // Chrome asks the person; it must happen in the click itself, so nothing may be awaited before it.
  if (!(await chrome.permissions.request({origins: [`${url.origin}/*`]}))) throw {code: 'no_team_permission'};
  return url.origin;
};

at('server').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    const server = await allowed(at('address').value.trim());
    await set({port: Number(at('port').value), server});
    await showConnection(at('connection'));
  } catch (error) {
    tell(at('connection'), explain(error), true);
  }
});

for (const name of SWITCHES) at(name).addEventListener('change', event => set({[name]: event.target.checked}));

speak();
at('browser').value = say('browserName', navigator.userAgentData?.platform ?? '');
await show();
await showConnection(at('connection'));
