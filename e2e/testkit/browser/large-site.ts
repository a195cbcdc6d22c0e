import { startDemoLoad } from '../pbx/demo-load.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from '../gateway/start-gateway.ts';

const GIVEN_NAMES =
  'Ada Bruno Chloé Dmitri Elif Femi Greta Hugo Inês Jonas Kaveh Lena Mateo Noor Olga Priya Rui'.split(' ');
const FAMILY_NAMES =
  'Abe Bauer Chen Dubois Eze Fischer García Haddad Ivanov Jansen Köhler Lindqvist Moreno Nguyễn Okafor Rossi Şahin Tanaka Zieliński'.split(
    ' ',
  );
const DEPARTMENTS =
  'Accounts Logistics Management Marketing Purchasing Reception Sales Support Workshop'.split(' ');
const FIRST_NUMBER = 10_000;

interface LargeSite {
  readonly gateway: RunningGateway;
  stop(): Promise<void>;
}

/** Starts a large site with a directory entry for each extension; with calls if there are any. */
export async function startLargeSite({
  extensions,
  rate = 0,
  calls = 0,
}: {
  extensions: number;
  rate?: number;
  calls?: number;
}): Promise<LargeSite> {
  const pbx = await startDemoLoad({ extensions, rate, calls });
  const env = { LAMPBOARD_CALLS: calls > 0 ? 'show' : 'off' };
  return startSite([pbx], { amiPort: pbx.amiPort, directory: directoryOf(extensions), env });
}

/** Starts two PBXs on one board, with half of the extensions each; their numbers are the same. */
export async function startTwoLargePbxs({ extensions }: { extensions: number }): Promise<LargeSite> {
  const load = { extensions: extensions / 2, rate: 0 };
  const [berlin, paris] = await Promise.all([startDemoLoad(load), startDemoLoad(load)]);
  return startSite([berlin, paris], { pbxs: { berlin, paris }, directory: directoryOf(load.extensions) });
}

async function startSite(
  pbxs: readonly Awaited<ReturnType<typeof startDemoLoad>>[],
  options: GatewayOptions,
): Promise<LargeSite> {
  const gateway = await startGateway(options);
  return {
    gateway,
    async stop() {
      await gateway.stop();
      await Promise.all(pbxs.map((pbx) => pbx.stop()));
    },
  };
}

/** Returns a directory file with a name for each of so many extensions. */
export function directoryOf(extensions: number, firstNumber = FIRST_NUMBER): string {
  const rows = Array.from({ length: extensions }, (_, index) => {
    // Neighbouring numbers are not neighbours in the alphabet.
    const mixed = (index * 7919) % 1_000_003;
    const givenName = GIVEN_NAMES[mixed % GIVEN_NAMES.length] ?? '';
    const familyName = FAMILY_NAMES[(mixed >> 3) % FAMILY_NAMES.length] ?? '';
    const email = `${givenName}.${familyName}.${index}@example.org`.toLowerCase();
    const mobile = `+49 17${mixed % 10} ${1_000_000 + ((mixed * 6151) % 9_000_000)}`;
    return `${firstNumber + index},${givenName} ${familyName},${DEPARTMENTS[(mixed >> 5) % DEPARTMENTS.length]},${email},${mobile}`;
  });
  return ['extension,name,department,email,mobile', ...rows].join('\n');
}
