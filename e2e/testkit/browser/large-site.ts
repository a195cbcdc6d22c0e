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

/** Starts a large site with a directory entry for each extension. */
export async function startLargeSite({
  extensions,
  rate = 0,
}: {
  extensions: number;
  rate?: number;
}): Promise<{ readonly gateway: RunningGateway; stop(): Promise<void> }> {
  const pbx = await startDemoLoad({ extensions, rate });
  const gateway = await startGateway({ amiPort: pbx.amiPort, directory: directoryOf(extensions) });
  return {
    gateway,
    async stop() {
      await gateway.stop();
      await pbx.stop();
    },
  };
}

function directoryOf(extensions: number): string {
  const rows = Array.from({ length: extensions }, (_, index) => {
    // Neighbouring numbers are not neighbours in the alphabet.
    const mixed = (index * 7919) % 1_000_003;
    const givenName = GIVEN_NAMES[mixed % GIVEN_NAMES.length] ?? '';
    const familyName = FAMILY_NAMES[(mixed >> 3) % FAMILY_NAMES.length] ?? '';
    const email = `${givenName}.${familyName}.${index}@example.org`.toLowerCase();
    const mobile = `+49 17${mixed % 10} ${1_000_000 + ((mixed * 6151) % 9_000_000)}`;
    return `${FIRST_NUMBER + index},${givenName} ${familyName},${DEPARTMENTS[(mixed >> 5) % DEPARTMENTS.length]},${email},${mobile}`;
  });
  return ['extension,name,department,email,mobile', ...rows].join('\n');
}
