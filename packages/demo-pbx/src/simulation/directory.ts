import type { DemoHint } from '../pbx/hint-registry.ts';
import { FEATURE_EXTENSIONS, functionHints, personHint } from './functions.ts';

/** Rooms have no email. */
interface DirectoryEntry {
  extension: string;
  name: string;
  department: string;
  email: string;
  kind: 'room' | null;
}

const FIRST_EXTENSION = 1101;

const DEPARTMENT_BY_NAME: Readonly<Record<string, string>> = {
  'Rita Moreno': 'Reception',
  'Josh Okafor': 'Support',
  'Marta Lindqvist': 'Sales',
  'Alice Chen': 'Sales',
  'Tomasz Zieliński': 'Accounts',
  'Priya Raman': 'Support',
  'Josh Bellamy': 'Sales',
  'Yuki Tanaka': 'Sales',
  'Omar Haddad': 'Support',
  'Workshop hall': 'Workshop',
  'Bruce Wayne': 'Management',
  'Selina Kyle': 'Management',
  'Noor de Vries': 'Support',
  'Lena Fischer': 'Accounts',
  'Mateo Rossi': 'Workshop',
  'Ada Novak': 'Support',
  'Henrik Aas': 'Workshop',
  'Chioma Eze': 'Management',
  'Sam Porter': 'Support',
  'Reception 2': 'Reception',
  'Beatriz Almeida': 'Sales',
  'Kwame Mensah': 'Support',
  'Siobhán O’Neill': 'Reception',
  'Đặng Thị Mai': 'Accounts',
  'Jürgen Köhler': 'Workshop',
  'Fatima Zahra Idrissi': 'Support',
  'Lars Østergaard': 'Sales',
  'Aylin Yılmaz': 'Accounts',
  'Loading bay': 'Workshop',
  'Giulia Conti': 'Support',
  'Ravi Subramaniam': 'Support',
  'Emma Lefèvre': 'Sales',
  'Nikolaos Papadopoulos': 'Workshop',
  'Zoë Janssen': 'Support',
  'Ivan Horvat': 'Workshop',
  'Mei-Ling Wu': 'Sales',
  'Diego Hernández': 'Support',
  'Hannah Goldberg': 'Accounts',
  'Olumide Adeyemi': 'Sales',
  'Katarzyna Wójcik': 'Support',
  Boardroom: 'Management',
  'Thabo Nkosi': 'Workshop',
  'Ingrid Sæther': 'Sales',
  'Samir Khoury': 'Support',
  'Ana Kovačević': 'Reception',
  'Pedro Marques': 'Workshop',
  'Saoirse Byrne': 'Accounts',
  '田中 さくら': 'Sales',
};

/** Rooms have a lamp but no presence. */
const ROOMS = new Set(['Workshop hall', 'Loading bay', 'Boardroom']);

/** `first.last@example.com`, without accents. */
function emailAddress(name: string): string {
  const unaccented = name
    .normalize('NFD')
    .replace(/[Đđ]/g, 'd')
    .replace(/[Øøł]/g, 'o')
    .replace(/æ/g, 'ae')
    .replace(/ı/g, 'i');
  const nameParts = unaccented
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .split(' ')
    .filter(Boolean);
  return `${nameParts.join('.') || 'sakura.tanaka'}@example.com`;
}

/** 48 entries in six departments; three are rooms. */
export const officeDirectory: readonly DirectoryEntry[] = Object.entries(DEPARTMENT_BY_NAME).map(
  ([name, department], index) => ({
    extension: String(FIRST_EXTENSION + index),
    name,
    department,
    email: ROOMS.has(name) ? '' : emailAddress(name),
    kind: ROOMS.has(name) ? 'room' : null,
  }),
);

/** FreePBX writes no names into hints; AstDB has them. */
function officeHint({ extension, name }: DirectoryEntry): DemoHint {
  const phone = `PJSIP/${extension}`;
  const person = FEATURE_EXTENSIONS.includes(extension)
    ? personHint(extension)
    : `${phone},CustomPresence:${extension}`;
  return { exten: extension, context: 'default', hint: ROOMS.has(name) ? phone : person };
}

/** The hints of the directory, then those of functions and codes. */
export const officeHints: readonly DemoHint[] = [...officeDirectory.map(officeHint), ...functionHints];

export const extensionsWithPresence: readonly string[] = officeDirectory
  .filter(({ name }) => !ROOMS.has(name))
  .map(({ extension }) => extension);
