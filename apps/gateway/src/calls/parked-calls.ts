import type { AmiBlock, AmiClient } from '@lampboard/ami';
import type { Channel, ParkedChannel } from '@lampboard/model';
import type { Clock } from '../platform/clock.ts';
import { valuesOf } from './channel-list.ts';

/** Headers of an item of `ParkedCalls`, in Asterisk's order. */
const HEADERS = (
  'Event ParkeeChannel ParkeeChannelState ParkeeChannelStateDesc ParkeeCallerIDNum ParkeeCallerIDName ' +
  'ParkeeConnectedLineNum ParkeeConnectedLineName ParkeeLanguage ParkeeAccountCode ParkeeContext ParkeeExten ' +
  'ParkeePriority ParkeeUniqueid ParkeeLinkedid ParkerDialString Parkinglot ParkingSpace ParkingTimeout ' +
  'ParkingDuration ActionID'
)
  .split(' ')
  .map((name) => `${name}: `);
const SECOND_MS = 1000;
/** Asterisk reports whole seconds. */
const MAX_TIME_ERROR_MS = 2500;

type ParkedCalls = ReadonlyMap<string, ParkedChannel>;

/** Reads the parking lots (`ParkedCalls`, class `call`); none where the account may not, or Asterisk has no parking. */
export function createParkedCalls({ ami, now }: { ami: Pick<AmiClient, 'listBlocks'>; now: Clock['now'] }) {
  let parked: ParkedCalls = new Map();
  let bridges = '';
  /** Read again since the bridges changed. */
  let isSettled = true;
  let isDenied = false;

  return {
    /** Asks Asterisk only after a bridge has changed, and once more for the next list: no call is parked without. */
    async update(channels: readonly Channel[]): Promise<ParkedCalls> {
      const bridged = channels.filter(({ bridgeId }) => bridgeId !== '');
      const current = bridged.map(({ uniqueid, bridgeId }) => `${uniqueid} ${bridgeId}`).join('\n');
      if (current === bridges && isSettled) return parked;
      isSettled = current === bridges;
      bridges = current;
      if (isDenied || bridged.length === 0) return (parked = new Map());
      const listed = await ami.listBlocks({ Action: 'ParkedCalls' });
      if (!listed.ok) {
        isDenied = listed.code === 'permission-denied' || listed.code === 'rejected';
        isSettled = false;
        return parked;
      }
      const uniqueids = new Map(channels.map(({ name, uniqueid }) => [name, uniqueid]));
      const found = listed.value.blocks
        .map((block) => parseParked(block, now()))
        .filter((item) => item !== null)
        // The Uniqueid comes after what a caller types, the name before it.
        .filter(({ name, call }) => uniqueids.get(name) === call.uniqueid);
      return (parked = new Map(found.map(({ call }) => [call.uniqueid, steady(call, parked)])));
    },
    /** As read last, by Uniqueid. */
    current: () => parked,
    /** Forgets what an earlier session has read. */
    clear() {
      parked = new Map();
      bridges = '';
      isDenied = false;
    },
  };
}

/** Keeps times that differ by the rounding of Asterisk's seconds alone. */
function steady(call: ParkedChannel, before: ParkedCalls): ParkedChannel {
  const known = before.get(call.uniqueid);
  const isSame = known?.lot === call.lot && known.slot === call.slot;
  return isSame && Math.abs(known.parkedAt - call.parkedAt) < MAX_TIME_ERROR_MS ? known : call;
}

function parseParked(block: AmiBlock, now: number): { name: string; call: ParkedChannel } | null {
  const values = valuesOf(block, HEADERS);
  if (values === null || values[0] !== 'ParkedCall') return null;
  const [uniqueid = '', , parkerDevice = '', lot = '', slot = '', timeout, duration] = values.slice(13);
  const left = Number(timeout);
  const parkedAt = now - Number(duration) * SECOND_MS;
  if (!Number.isFinite(left) || !Number.isFinite(parkedAt)) return null;
  const returnsAt = left > 0 ? now + left * SECOND_MS : null;
  return { name: values[1] ?? '', call: { uniqueid, lot, slot, parkerDevice, parkedAt, returnsAt } };
}
