import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type RawAmi, connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { describeEachCallSite } from '../../testkit/calls/each-call-site.ts';
import { createCallList } from '../../testkit/calls/listed-calls.ts';
import { playStory } from '../../testkit/calls/play-story.ts';

await describeEachCallSite((pbx, stories) => {
  let ami: RawAmi;
  beforeAll(async () => {
    ami = await connectRawAmi({ port: pbx().amiPort, ...pbx().users.control });
  });
  afterAll(() => ami?.close());
  afterEach(() => pbx().site.clear());

  for (const story of stories) {
    const ids = [...new Set(story.scenes.map(({ id }) => id))].join(' ');
    it(`[CM12] ${story.name}: ${ids}, by the list of channels`, async () => {
      const list = createCallList();
      await expect(playStory(story, pbx().site, () => list.read(ami))).resolves.toBeUndefined();
    });
  }
});
