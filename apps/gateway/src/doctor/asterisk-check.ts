import { setTimeout as sleep } from 'node:timers/promises';
import type { AmiEndpoint, AmiEvent, AmiFailure, AmiResult } from '@lampboard/ami';
import type { HintState } from '@lampboard/model';
import type { LinkReason } from '@lampboard/protocol';
import { getvar } from '../asterisk/getvar.ts';
import { AMI_WITHOUT_TLS, LINK_PROBLEMS } from '../asterisk/link-problems.ts';
import { parseHintState } from '../asterisk/translate.ts';
import type { Directory } from '../directory/directory-csv.ts';
import { hostAndPort, isLoopback } from '../platform/network.ts';
import { type AmiSession, openAmiSession } from './ami-session.ts';
import { amiCertificateEnd, checkExpiry, trustErrorText } from './certificate-check.ts';
import { checkAsteriskClock } from './clock-check.ts';
import { type StateLists, changedKinds, checkEvents, checkFilter } from './events-check.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import { checkHints } from './hints-check.ts';
import { checkRights } from './rights-check.ts';

/** Events of what a list shows may arrive after it. */
const GRACE_MS = 500;
const LIST_INTERVAL_MS = 1000;

export interface CheckedPbx {
  readonly info: { readonly id: string };
  readonly endpoint: AmiEndpoint;
  readonly contexts: readonly string[] | null;
  readonly directory: Directory;
}

interface AsteriskCheckOptions {
  /** Time in which events are expected. */
  readonly waitMs: number;
  readonly now: () => number;
}

/** Checks one PBX over one AMI session, beside a gateway, and changes nothing there. */
export async function* checkAsterisk(
  pbx: CheckedPbx,
  { waitMs, now }: AsteriskCheckOptions,
): AsyncGenerator<Finding> {
  const { info, endpoint, contexts, directory } = pbx;
  const opened = await openAmiSession(endpoint);
  if (!opened.ok) return yield linkProblem(opened.reason, endpoint, opened.code);
  const session = opened.value;
  try {
    const startedAt = now();
    const before = await readLists(session);
    if (!session.hasBootEvent) {
      await sleep(waitMs);
      if (session.eventCount('FullyBooted') > 0) return yield linkProblem('booting', endpoint);
    }
    yield await describeAsterisk(session, endpoint);
    yield* await checkTls(endpoint, now());
    const rights = await checkRights(session);
    yield* rights;
    if (rights.some(({ level }) => level === 'problem')) return;
    if (!before.ok) return yield linkProblem(listFailureReason(before, session), endpoint);
    yield* await checkHints({ pbxId: info.id, hints: before.value.all, contexts, directory, session });
    yield* await checkAsteriskClock(session, now);
    const changed = await watchLists(session, before.value, startedAt + waitMs, now);
    if (!changed.ok) return yield linkProblem(listFailureReason(changed, session), endpoint);
    const seconds = Math.round((now() - startedAt) / 1000);
    yield checkEvents(session, { changed: changed.value, seconds });
    yield checkFilter(session, seconds);
  } finally {
    session.close();
  }
}

/** Returns the sentence of README's table, with what is known here. */
function linkProblem(reason: LinkReason, { host, port }: AmiEndpoint, code: string | null = null): Finding {
  if (reason === 'connecting' || reason === 'syncing')
    return problem('asterisk', 'the AMI session is not ready');
  const { title, cause, remedy } = LINK_PROBLEMS[reason];
  const details = [
    hostAndPort(host, port),
    code ?? [],
    code !== null && reason === 'tls-error' ? trustErrorText(code) : [],
  ];
  return problem('asterisk', `${title}: ${cause} (${details.flat().join(', ')})`, remedy);
}

async function describeAsterisk(session: AmiSession, { host, port }: AmiEndpoint): Promise<Finding> {
  const version = await getvar(session, 'VERSION()');
  const release = version.ok ? (/^[\w.]+/.exec(version.value)?.[0] ?? '') : '';
  return ok(
    'asterisk',
    `Asterisk ${release} at ${hostAndPort(host, port)} accepts the login`.replace('  ', ' '),
  );
}

async function checkTls(endpoint: AmiEndpoint, now: number): Promise<Finding[]> {
  const { host, tls } = endpoint;
  if (tls === undefined)
    return isLoopback(host) ? [] : [warning('asterisk', AMI_WITHOUT_TLS, 'set LAMPBOARD_AMI_TLS')];
  const end = await amiCertificateEnd(endpoint);
  return end === null ? [] : [checkExpiry('asterisk', 'its certificate', end, now)];
}

type Lists = StateLists & { readonly all: readonly HintState[] };

async function readLists(session: AmiSession): Promise<AmiResult<Lists>> {
  const [hints, presences, devices] = await Promise.all([
    session.list({ Action: 'ExtensionStateList' }),
    session.list({ Action: 'PresenceStateList' }),
    session.list({ Action: 'DeviceStateList' }),
  ]);
  if (!hints.ok) return hints;
  if (!presences.ok) return presences;
  if (!devices.ok) return devices;
  const value = {
    all: hints.value.map(parseHintState).filter((hint) => hint !== null),
    hints: stateMap(hints.value, ['exten', 'context'], ['status']),
    presences: stateMap(presences.value, ['presentity'], ['status', 'subtype', 'message']),
    devices: stateMap(devices.value.filter(isFollowedDevice), ['device'], ['state']),
  };
  return { ok: true, value };
}

/** Devices whose events README's filter lets through. */
const isFollowedDevice = ({ fields }: AmiEvent) =>
  /^(?:(?:PJSIP|SIP|IAX2)\/|Custom:)/i.test(fields['device'] ?? '');

/** Lists at least once, and again every second until then; resolves to what changed, once its events had time to arrive. */
async function watchLists(
  session: AmiSession,
  first: Lists,
  until: number,
  now: () => number,
): Promise<AmiResult<ReadonlySet<keyof StateLists>>> {
  const changed = new Set<keyof StateLists>();
  let latest = first;
  do {
    await sleep(Math.max(0, Math.min(LIST_INTERVAL_MS, until - now())));
    const next = await readLists(session);
    if (!next.ok) return next;
    for (const kind of changedKinds(latest, next.value)) changed.add(kind);
    latest = next.value;
  } while (now() < until);
  await sleep(GRACE_MS);
  return { ok: true, value: changed };
}

function stateMap(items: readonly AmiEvent[], key: readonly string[], state: readonly string[]) {
  const textOf = ({ fields }: AmiEvent, names: readonly string[]) =>
    JSON.stringify(names.map((name) => fields[name] ?? ''));
  return new Map(items.map((item) => [textOf(item, key), textOf(item, state)]));
}

function listFailureReason({ code }: AmiFailure, { isOverrun }: Pick<AmiSession, 'isOverrun'>): LinkReason {
  if (isOverrun()) return 'overrun';
  if (code === 'timeout') return 'unresponsive';
  return code === 'connection-lost' || code === 'not-connected' ? 'unreachable' : 'permission-denied';
}
