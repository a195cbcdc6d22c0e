/** How much a section is to do. */
export interface Scale {
  /** Only as much as shows that it works: its figures mean nothing. */
  readonly isSmoke: boolean;
  /** Minutes of load for what is measured over a time. */
  readonly minutes: number;
}
