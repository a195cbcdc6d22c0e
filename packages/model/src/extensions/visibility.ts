import {
  type Extension,
  type Limits,
  NO_LIMITS,
  type Person,
  type Role,
  extensionId,
  isLimiting,
  isOfPbx,
  pbxIdOfExtension,
} from '@lampboard/protocol';
import type { Board } from '../sync/board.ts';

/** An account, as far as it decides what is visible to it. */
export interface Viewer {
  readonly role: Role;
  readonly extensions: readonly string[];
  readonly limits?: Limits | undefined;
}

/** Returns null where everything is visible, as to every administrator. */
export function limitsOf({ role, limits = NO_LIMITS }: Pick<Viewer, 'role' | 'limits'>): Limits | null {
  return role !== 'admin' && isLimiting(limits) ? limits : null;
}

const allows = (list: readonly string[], text: string) => list.length === 0 || list.includes(text);

export const isPbxWithinLimits = ({ pbxs }: Limits, pbxId: string) => allows(pbxs, pbxId);

/** True for the PBX of an assigned extension, whose link is visible whatever the limits. */
export const isAssignedPbx = (assigned: readonly string[], pbxId: string) =>
  assigned.some((id) => isOfPbx(id, pbxId));

/** Returns the ids of all numbers of an entry. */
export const numbersOf = ({ id, aliases = [] }: Pick<Extension, 'id' | 'aliases'>) => [id, ...aliases];

export const isAssigned = (assigned: readonly string[], { id, aliases }: Pick<Extension, 'id' | 'aliases'>) =>
  assigned.includes(id) || aliases?.some((alias) => assigned.includes(alias)) === true;

interface VisibilityOptions {
  readonly limits: Limits;
  readonly assigned: readonly string[];
}

/**
 * Returns an extension with only its visible numbers, known by the first of them; null if it has none. Visible are those
 * within the limits, and those assigned to the account.
 */
export function visibleForm(extension: Extension, options: VisibilityOptions): Extension | null {
  const { limits, assigned } = options;
  const pbxId = pbxIdOfExtension(extension);
  const isWithin =
    isPbxWithinLimits(limits, pbxId) && allows(limits.departments, extension.person.department);
  const numbers = numbersOf(extension);
  const visible = numbers.filter(
    (number) => assigned.includes(number) || (isWithin && allows(limits.contexts, contextOf(number))),
  );
  const [id, ...aliases] = visible;
  if (id === undefined) return null;
  const person = visiblePerson(extension.person, limits);
  if (visible.length === numbers.length)
    return person === extension.person ? extension : { ...extension, person };
  const { aliases: _, ...rest } = extension;
  const exten = id.slice(extensionId('', '', pbxId).length - 1, id.lastIndexOf('@'));
  return { ...rest, person, id, exten, context: contextOf(id), ...(aliases.length > 0 && { aliases }) };
}

/** Returns a person without a deputy that may not be visible: the id of a deputy does not tell the department. */
function visiblePerson(person: Person, { pbxs, contexts, departments }: Limits): Person {
  const { deputy, ...others } = person;
  if (deputy === undefined) return person;
  const isOfVisiblePbx = pbxs.length === 0 || pbxs.some((pbxId) => isOfPbx(deputy, pbxId));
  const isVisible = departments.length === 0 && isOfVisiblePbx && allows(contexts, contextOf(deputy));
  return isVisible ? person : others;
}

/** Returns the context of a number's id: it follows the last `@`. */
export const contextOf = (id: string) => id.slice(id.lastIndexOf('@') + 1);

/** What an account with limits sees of a board. */
export interface Sight {
  /** Ids on the board, by the ids of all visible numbers. */
  readonly boardIds: ReadonlyMap<string, string>;
  /** Ids by which the account knows the extensions, by those of all their numbers, visible or not. */
  readonly visibleIds: ReadonlyMap<string, string>;
}

export const NO_SIGHT: Sight = { boardIds: new Map(), visibleIds: new Map() };

/** Returns null for an account that sees everything. */
export function sightOf({ extensions }: Pick<Board, 'extensions'>, viewer: Viewer): Sight | null {
  const limits = limitsOf(viewer);
  if (limits === null) return null;
  const boardIds = new Map<string, string>();
  const visibleIds = new Map<string, string>();
  for (const extension of extensions.values()) {
    const form = visibleForm(extension, { limits, assigned: viewer.extensions });
    if (form === null) continue;
    for (const number of numbersOf(extension)) visibleIds.set(number, form.id);
    for (const number of numbersOf(form)) boardIds.set(number, extension.id);
  }
  return { boardIds, visibleIds };
}
