import * as z from 'zod/mini';
import { LAMPS } from '../extensions/extension.ts';
import { PRESENCE_STATES } from '../presence/states.ts';

export const MAX_GROUPS = 40;
export const MAX_GROUP_MEMBERS = 200;
/** Characters of all member ids together. */
const MAX_MEMBERS_LENGTH = 10_000;
export const MAX_GROUP_NAME_LENGTH = 60;

/** Id of the group that every account has. */
export const FAVOURITES = 'favourites';

export const groupId = z.string().check(z.minLength(1), z.maxLength(40));

/** `members` are extension ids in the user's order, existing or not. */
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
export const FILTER_PRESETS = ['reachable', 'on-the-phone', 'overdue', 'mismatch'] as const;
export type FilterPreset = (typeof FILTER_PRESETS)[number];
const SORT_COLUMNS = ['lamp', 'number', 'name', 'department', 'presence', 'since', 'return-time'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** Matches any of `lamps` and any of `presences` and the preset; empty lists and null match everything. */
const boardFilter = z.readonly(
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
  /** Ids of extensions to alert on when they become reachable. */
  watchedExtensions: z.readonly(z.array(z.string()).check(z.maxLength(50))),
  alertSound: z.boolean(),
  singleKeyShortcuts: z.boolean(),
});

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

/** Groups are in the user's order, favourites first. */
export const userSettings = z.readonly(z.object({ preferences, groups: z.readonly(z.array(userGroup)) }));
export type UserSettings = z.infer<typeof userSettings>;
