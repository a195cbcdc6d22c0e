import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoLoad } from '../pbx/demo-load.ts';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';

const GIVEN_NAMES =
  'Ada Bruno Chloé Dmitri Elif Femi Greta Hugo Inês Jonas Kaveh Lena Mateo Noor Olga Priya Rui'.split(' ');
const FAMILY_NAMES =
  'Abe Bauer Chen Dubois Eze Fischer García Haddad Ivanov Jansen Köhler Lindqvist Moreno Nguyễn Okafor Rossi Şahin Tanaka Zieliński'.split(
    ' ',
  );
const DEPARTMENTS =
  'Accounts Logistics Management Marketing Purchasing Reception Sales Support Workshop'.split(' ');
const FIRST_NUMBER = 10_000;

/** A large site with a person at each extension, as its directory says: what a page shows, and has to be sent. */
export async function startLargeSite({
  extensions,
  rate = 0,
}: {
  extensions: number;
  /** Changes a second. */
  rate?: number;
}): Promise<{ readonly gateway: RunningGateway; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-directory-'));
  const directory = join(folder, 'directory.csv');
  await writeFile(directory, directoryOf(extensions));
  const pbx = await startDemoLoad({ extensions, rate });
  const gateway = await startGateway({ amiPort: pbx.amiPort, env: { LAMPBOARD_DIRECTORY_FILE: directory } });
  return {
    gateway,
    async stop() {
      await gateway.stop();
      await pbx.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function directoryOf(extensions: number): string {
  const rows = Array.from({ length: extensions }, (_, index) => {
    // Numbers that follow on one another are no neighbours in the alphabet.
    const mixed = (index * 7919) % 1_000_003;
    const givenName = GIVEN_NAMES[mixed % GIVEN_NAMES.length] ?? '';
    const familyName = FAMILY_NAMES[(mixed >> 3) % FAMILY_NAMES.length] ?? '';
    const email = `${givenName}.${familyName}.${index}@example.org`.toLowerCase();
    const mobile = `+49 17${mixed % 10} ${1_000_000 + ((mixed * 6151) % 9_000_000)}`;
    return `${FIRST_NUMBER + index},${givenName} ${familyName},${DEPARTMENTS[(mixed >> 5) % DEPARTMENTS.length]},${email},${mobile}`;
  });
  return ['extension,name,department,email,mobile', ...rows].join('\n');
}
