import { readFileSync } from 'node:fs';
import { documentedLines, replaceIn } from '../proxies/documented-lines.ts';
import { repoPath } from '../processes/repo-path.ts';
import { type Hint, type AmiUser, USERS } from '../pbx/pbx-under-test.ts';
import { CALLS_FILES, callsDialplan, trunkConf } from './calls-config.ts';

/** An outside line and what a company does with calls: queue, menu, voicemail, parking (calls-config.ts). */
export interface CallsSetup {
  trunkPort: number;
}

/** Dialled to set the caller's own presence to `dnd, Focus, From the phone`. */
export const DND_CODE = '*30';
/** Answers whoever dials it. */
export const ANSWERING_CODE = '*32';
/** Dialled to set the caller's own presence to `available` without subtype and message. */
export const AVAILABLE_CODE = '*31';

/** extensions.conf: the hints, 1101–1120 that ring a phone for a minute, and the presence codes. */
export function extensionsConf(hints: readonly Hint[], calls: CallsSetup | undefined): string {
  const plan = calls ? callsDialplan() : { numbers: PLAIN_CALLS, contexts: '' };
  const numbers = plan.numbers + PRESENCE_CODES;
  const contexts = new Set(['default', ...hints.map(({ context }) => context)]);
  const sections = [...contexts].map((context) => {
    const contextHints = hints.filter((hint) => hint.context === context);
    const lines = contextHints.map(hintLine);
    // As FreePBX's from-internal does, from which its phones subscribe.
    const included = contexts.has('ext-local') ? 'include => ext-local\n' : '';
    return `[${context}]\n${context === 'default' ? numbers + included : ''}${lines.join('\n')}\n`;
  });
  return `[general]\nstatic=yes\nwriteprotect=yes\n\n${sections.join('\n')}\n${plan.contexts}`;
}

function hintLine({ exten, hint, name }: Hint): string {
  return `exten => ${exten},hint,${hint}${name === undefined ? '' : `(${name})`}`;
}

const CALLER_PRESENCE = 'PRESENCE_STATE(CustomPresence:${CALLERID(num)})';

const PLAIN_CALLS = `exten => _11XX,1,Dial(PJSIP/\${EXTEN},60,Tt)
 same => n,Hangup()
`;

const PRESENCE_CODES = `exten => ${DND_CODE},1,Set(${CALLER_PRESENCE}=dnd,Focus,From the phone)
 same => n,Hangup()
exten => ${AVAILABLE_CODE},1,Set(${CALLER_PRESENCE}=available)
 same => n,Hangup()
exten => ${ANSWERING_CODE},1,Answer()
 same => n,Wait(60)
`;

/** Modules that no test needs: Asterisk boots faster without them, with a shorter log. */
const UNUSED_MODULES =
  /^(app_(adsiprog|agent_pool|alarm|amd|dictate|festival|followme|getcpeid|ices|jack|minivm|mp3|nbscat|page|sla|sms|stasis|voicemail)|cdr_|cel_|chan_(alsa|audiosocket|console|iax2|mgcp|mobile|motif|oss|phone|sip|skinny|unistim|websocket)\.|codec_(amr|codec2|opus)|format_(amr|h26|vp8|ogg)|func_(aes|curl|odbc)|pbx_(ael|dundi|lua|realtime)|res_(adsi|ael|ari|calendar|clialiases|config|corosync|crypto|fax|geolocation|hep|http_|musiconhold|odbc|phoneprov|pjsip_(config_wizard|geolocation|notify|phoneprov|stir|transport_websocket)|prometheus|resolver_unbound|smdi|snmp|stasis|statsd|stir_shaken|stun|tonedetect|websocket|xmpp|aeap|speech_aeap|cdrel))/;

/** The one of {@link UNUSED_MODULES} that calls need. */
const VOICEMAIL = /^app_voicemail\.so$/;

/** Files of etc/asterisk except extensions.conf, for an instance on 127.0.0.1. */
export function asteriskConfig(options: {
  /** Folder of the instance as Asterisk sees it. */
  home: string;
  moduleFolder: string;
  modules: readonly string[];
  amiPort: number;
  amiTlsPort: number;
  httpPort: number;
  sipPort: number;
  staticPhones: readonly string[];
  calls: CallsSetup | undefined;
}): Record<string, string> {
  const { home, moduleFolder, modules, httpPort, sipPort, calls } = options;
  const noload = modules
    .filter((name) => UNUSED_MODULES.test(name) && !(calls && VOICEMAIL.test(name)))
    .map((name) => `noload => ${name}\n`);
  return {
    'asterisk.conf': asteriskConf({ home, moduleFolder }),
    'modules.conf': `[modules]\nautoload=yes\n${noload.join('')}`,
    'logger.conf': '[general]\n[logfiles]\nmessages => notice,warning,error\n',
    'manager.conf': `${managerGeneral(options)}\n${managerUsers()}`,
    'pjsip.conf': pjsipConf({ sipPort, calls }) + options.staticPhones.map(staticPhone).join(''),
    // These TCP ports are free as UDP ports.
    'sip.conf': `[general]\nudpbindaddr=127.0.0.1:${options.amiPort}\n${peer('1130', '"Sid Sipson" <1130>')}`,
    'iax.conf': `[general]\nbindaddr=127.0.0.1\nbindport=${options.amiTlsPort}\n${peer('1131', '"Ivy Iaxley" <1131>')}`,
    'rtp.conf': '[general]\nrtpstart=10000\nrtpend=19998\n',
    'http.conf': `[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport=${httpPort}\nsessionlimit=1000\n`,
    'res_parking.conf': '[general]\n[default]\ncontext=parkedcalls\nparkpos=71-78\n',
    'confbridge.conf': '[general]\n[default_user]\ntype=user\n[default_bridge]\ntype=bridge\n',
    'queues.conf': '[general]\n[600]\nstrategy=ringall\n',
    'features.conf': '[general]\n[featuremap]\n',
    'cdr.conf': '[general]\nenable=yes\n',
    'udptl.conf': '[general]\n',
    ...(calls ? CALLS_FILES : {}),
  };
}

function asteriskConf(options: { home: string; moduleFolder: string }): string {
  const { home, moduleFolder } = options;
  return `[directories]
astetcdir => ${home}/etc
astmoddir => ${moduleFolder}
astvarlibdir => ${home}/lib
astdbdir => ${home}/db
astkeydir => ${home}/lib
astdatadir => /usr/share/asterisk
astagidir => ${home}/lib
astspooldir => ${home}/spool
astrundir => ${home}/run
astlogdir => ${home}/log
astsbindir => /usr/sbin
[options]
`;
}

/** Certificate and key named in manager.conf. */
export const TLS_FILES = { cert: 'ami-cert.pem', key: 'ami-key.pem', ca: 'ami-ca.pem' };

function managerGeneral(options: { home: string; amiPort: number; amiTlsPort: number }): string {
  const { home, amiPort, amiTlsPort } = options;
  return `[general]
enabled=yes
bindaddr=127.0.0.1
port=${amiPort}
tlsenable=yes
tlsbindaddr=127.0.0.1:${amiTlsPort}
tlscertfile=${home}/etc/${TLS_FILES.cert}
tlsprivatekey=${home}/etc/${TLS_FILES.key}
displayconnects=no
webenabled=yes
authlimit=200
`;
}

/** Those of README word for word, but for the secrets. */
function managerUsers(): string {
  const { lampboard, calls, callsControl, ...others } = USERS;
  const readme = readFileSync(repoPath('README.md'), 'utf8');
  const ofBoard = documentedLines('ini', '[lampboard]', 'README.md');
  const access = (ofBoard.match(/^(?:secret|deny|permit) = .*\n/gm) ?? []).join('');
  const ofCalls = documentedLines('ini', '[lampboard-calls]', 'README.md') + access;
  const ofControl = replaceIn(ofCalls, [
    [/^\[.*\]$/gm, `[${callsControl.username}]`],
    [/^write = .*$/gm, /(?<=needs `)write = [^`]+/.exec(readme)?.[0] ?? ''],
  ]);
  const documented = [
    [ofBoard, lampboard],
    [ofCalls, calls],
    [ofControl, callsControl],
  ] as const;
  return [
    ...documented.map(([text, { secret }]) => replaceIn(text, [[/0a1b2c…/gu, secret]])),
    ...Object.values(others).map(managerUser),
  ].join('\n');
}

function managerUser({ username, secret, deny, read, write, eventfilter = [] }: AmiUser): string {
  const lines = [
    `secret=${secret}`,
    deny ? 'deny=0.0.0.0/0.0.0.0' : 'permit=127.0.0.1/255.255.255.255',
    `read=${read.join()}`,
    `write=${write.join()}`,
    ...eventfilter.map((filter) => `eventfilter=${filter}`),
  ];
  return `[${username}]\n${lines.join('\n')}\n`;
}

/**
 * With device_state_busy_at=0 a second call to a phone in use shows as in use and ringing, not as busy.
 * `callerIds` overrides those of the accounts by extension; an empty string removes one.
 */
export function pjsipConf(options: {
  sipPort: number;
  callerIds?: Readonly<Record<string, string>>;
  calls: CallsSetup | undefined;
}): string {
  const { sipPort, callerIds = {}, calls } = options;
  const accounts = PHONE_ACCOUNTS.map(
    ({ extension, password, callerId }) => `
[${extension}](phone)
auth=${extension}
aors=${extension}
${callerIdLine(callerIds[extension] ?? callerId)}
[${extension}]
type=auth
auth_type=userpass
username=${extension}
password=${password}
[${extension}]
type=aor
max_contacts=1
remove_existing=yes
`,
  );
  return `[transport]
type=transport
protocol=udp
bind=127.0.0.1:${sipPort}

[phone](!)
type=endpoint
context=default
subscribe_context=default
allow_subscribe=yes
device_state_busy_at=0
disallow=all
allow=ulaw
direct_media=no
media_address=127.0.0.1
bind_rtp_to_media_address=yes
${calls ? trunkConf(calls.trunkPort) : ANONYMOUS}${accounts.join('')}`;
}

const ANONYMOUS = `
; Whoever has no account, as on a trunk.
[anonymous]
type=endpoint
context=default
disallow=all
allow=ulaw
`;

/** A phone whose address is configured, so that it is registered without being there. */
function staticPhone(extension: string): string {
  return `
[${extension}](phone)
aors=${extension}
[${extension}]
type=aor
contact=sip:${extension}@127.0.0.1:9
qualify_frequency=0
`;
}

/** A phone of chan_sip (until Asterisk 20) or chan_iax2, which a test may load. */
function peer(name: string, callerId: string): string {
  return `[${name}]\ntype=friend\nhost=dynamic\ncontext=default\nsecret=${name}-of-the-tests\n${callerIdLine(callerId)}\n`;
}

function callerIdLine(callerId: string): string {
  return callerId === '' ? '' : `callerid=${callerId}`;
}

const NAMES: Record<string, string> = {
  '1101': 'Ada Okafor',
  '1102': 'Bruno Díaz',
  '1103': 'Chloé Martin',
  '1104': 'Alice Chen',
  '1105': 'Zoë "Zed" Young',
  '1106': "Sean O'Brien, Sales",
};

export const phonePassword = (extension: string): string => `pw${extension}`;

/** Accounts 1101–1120; 1101–1106 have a name. */
export const PHONE_ACCOUNTS = Array.from({ length: 20 }, (_, index) => {
  const extension = String(1101 + index);
  const name = NAMES[extension];
  const callerId = name === undefined ? `<${extension}>` : `"${name.replaceAll('"', '\\"')}" <${extension}>`;
  return { extension, password: phonePassword(extension), callerId };
});
