import * as z from 'zod/mini';
import { LAMPS, PRESENCE_STATES } from '../extensions/states.ts';

/** Own groups of an account, extensions of one group, and characters of all their ids together, at most. */
export const MAX_GROUPS = 40;
export const MAX_GROUP_MEMBERS = 200;
const MAX_MEMBERS_LENGTH = 10_000;
export const MAX_GROUP_NAME_LENGTH = 60;

/** The group of an account's favourites, which is always there. */
export const FAVOURITES = 'favourites';

export const groupId = z.string().check(z.minLength(1), z.maxLength(40));

/** A group of an account's own; `members` are extensions in the order that was chosen, whether there are such or not. */
export const userGroup = z.readonly(
  z.object({
    id: groupId,
    name: z.string().check(z.trim(), z.maxLength(MAX_GROUP_NAME_LENGTH)),
    members: z
      .readonly(z.array(z.string()))
      .check(
        z.refine(
          (ids) =>
            ids.length <= MAX_GROUP_MEMBERS &&
            new Set(ids).size === ids.length &&
            ids.join('').length <= MAX_MEMBERS_LENGTH,
        ),
      ),
  }),
);
export type UserGroup = z.infer<typeof userGroup>;

export const VIEWS = ['tiles', 'table'] as const;
export type View = (typeof VIEWS)[number];
export const DENSITIES = ['roomy', 'regular', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];
/** What the board can be narrowed to, beside single lamps and presences. */
export const FILTER_PRESETS = ['reachable', 'on-the-phone', 'overdue', 'mismatch'] as const;
export type FilterPreset = (typeof FILTER_PRESETS)[number];
export const SORT_COLUMNS = [
  'lamp',
  'number',
  'name',
  'department',
  'presence',
  'since',
  'return-time',
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** Of lamps, and of presences, any; of `show`, lamps and presences, all. Empty lists and null ask for nothing. */
export const boardFilter = z.readonly(
  z.object({
    preset: z.nullable(z.enum(FILTER_PRESETS)),
    lamps: z.readonly(z.array(z.enum(LAMPS)).check(z.maxLength(LAMPS.length))),
    presences: z.readonly(z.array(z.enum(PRESENCE_STATES)).check(z.maxLength(PRESENCE_STATES.length))),
  }),
);
export type BoardFilter = z.infer<typeof boardFilter>;
export const NO_FILTER: BoardFilter = { preset: null, lamps: [], presences: [] };

const preferenceFields = z.object({
  view: z.enum(VIEWS),
  density: z.enum(DENSITIES),
  sort: z.readonly(z.object({ column: z.enum(SORT_COLUMNS), descending: z.boolean() })),
  filter: boardFilter,
  /** Extensions of which it wants to be told when they can be reached. */
  watchedExtensions: z.readonly(z.array(z.string()).check(z.maxLength(50))),
  alertSound: z.boolean(),
  /** Whether a single character is a shortcut. */
  singleKeyShortcuts: z.boolean(),
});

/** How an account wants its board, at every computer. */
export const preferences = z.readonly(preferenceFields);
export type Preferences = z.infer<typeof preferences>;
export const preferencesPatch = z.partial(preferenceFields);
export type PreferencesPatch = z.infer<typeof preferencesPatch>;

export const DEFAULT_PREFERENCES: Preferences = {
  view: 'tiles',
  density: 'regular',
  sort: { column: 'number', descending: false },
  filter: NO_FILTER,
  watchedExtensions: [],
  alertSound: true,
  singleKeyShortcuts: true,
};

/** What an account has made of its board: how it looks, and its groups in their order, favourites first. */
export const userSettings = z.readonly(z.object({ preferences, groups: z.readonly(z.array(userGroup)) }));
export type UserSettings = z.infer<typeof userSettings>;
