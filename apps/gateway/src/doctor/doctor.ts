import { type PbxEndpoint, pbxSources } from '../asterisk/pbx-endpoint.ts';
import { LINK_PROBLEMS, remedyInFile } from '../asterisk/link-problems.ts';
import type { Config } from '../config/config.ts';
import { isDemoConfig } from '../config/pbxs.ts';
import { DOT_ENV } from '../config/load-config.ts';
import type { Directory } from '../directory/directory-csv.ts';
import { errorName } from '../platform/failure.ts';
import { type CheckedPbx, checkAsterisk } from './asterisk-check.ts';
import { checkCalls } from './calls-check.ts';
import { checkLocalClock } from './clock-check.ts';
import { type CheckName, type Finding, ok, problem } from './finding.ts';
import { probeLampboard } from './http-probe.ts';
import { checkPort } from './port-check.ts';
import { checkPublicUrl } from './public-url-check.ts';
import { checkServing, checkSettings } from './settings-check.ts';
import { checkStore } from './store-check.ts';

interface DoctorOptions {
  /** Time in which events of Asterisk are expected. */
  readonly waitMs: number;
  readonly now: () => number;
}

/** Checks an installation, beside a running gateway or without one, and changes nothing. */
export async function* examine({ waitMs, now }: DoctorOptions): AsyncGenerator<Finding> {
  const { config, directory, findings } = checkSettings(now());
  yield* findings;
  if (config === null) return;
  const isDemo = isDemoConfig(config);
  if (isDemo)
    yield ok(
      'settings',
      `no LAMPBOARD_AMI_HOST is set, in the environment or in ${DOT_ENV}: what is checked is the embedded demo PBX, not a real one`,
    );
  const store = checkStore({ folder: config.dataDir, isDemo }, config.pbxs);
  yield* store.findings;
  yield* checkServing(config, isDemo || store.hasAccounts || config.oidc !== null);
  const running = await probeLampboard(config.http);
  yield await checkPort(config.http, running);
  if (config.redis !== null) yield* guarded('redis', checkRedis(config.redis));
  yield* guarded('asterisk', checkPbxs(config, directory, { waitMs, now }));
  yield* guarded('clock', checkClock(store.lastRunAt, now()));
  yield* guarded('public URL', checkUrl());

  async function* checkUrl() {
    if (config !== null) yield* await checkPublicUrl({ http: config.http, running, now: now() });
  }
}

async function* checkPbxs(
  config: Config,
  siteDirectory: Directory,
  options: DoctorOptions,
): AsyncGenerator<Finding> {
  const pbxs = await Promise.all(
    pbxSources(config).map(async ({ directory, open }) => ({ ...(await open()), builtIn: directory })),
  );
  const file = config.pbxFile?.path ?? null;
  const { waitMs } = options;

  async function* checkPbx(pbx: CheckedPbx & Pick<PbxEndpoint, 'calls'>) {
    const calls = pbx.calls && checkCalls({ endpoint: pbx.calls, mode: config.calls, waitMs });
    yield* checkAsterisk(pbx, options);
    if (calls !== null) yield* await calls;
  }

  try {
    for (const { builtIn, ...pbx } of pbxs) {
      const directory = new Map([...builtIn, ...siteDirectory]);
      for await (const finding of checkPbx({ ...pbx, directory }))
        yield {
          ...finding,
          pbx: pbxs.length > 1 ? pbx.info.id : null,
          remedy:
            file === null || finding.remedy === null ? finding.remedy : remedyInFile(finding.remedy, file),
        };
    }
  } finally {
    for (const pbx of pbxs) await pbx.stop();
  }
}

async function* checkRedis(url: URL): AsyncGenerator<Finding> {
  const { pingRedis } = await import('../cluster/redis.ts');
  const code = await pingRedis(url);
  const { title, cause, remedy } = LINK_PROBLEMS['redis-unreachable'];
  yield code === null
    ? ok('redis', 'Redis answers')
    : problem('redis', `${title}: ${cause} (${code})`, remedy);
}

async function* checkClock(lastRunAt: number | null, now: number): AsyncGenerator<Finding> {
  yield await checkLocalClock({ now, lastRunAt });
}

/** Reports a check that fails itself; its message may hold texts of users. */
async function* guarded(check: CheckName, findings: AsyncIterable<Finding>): AsyncGenerator<Finding> {
  try {
    yield* findings;
  } catch (error) {
    yield problem(check, `this check could not be made: ${errorName(error)}`);
  }
}
