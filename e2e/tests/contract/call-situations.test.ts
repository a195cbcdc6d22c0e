import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type RawAmi, connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { describeEachCallSite } from '../../testkit/calls/each-call-site.ts';
import { createCallList } from '../../testkit/calls/listed-calls.ts';
import { playStory, storyTitle } from '../../testkit/calls/play-story.ts';

await describeEachCallSite((pbx, stories) => {
  let ami: RawAmi;
  beforeAll(async () => {
    ami = await connectRawAmi({ port: pbx().amiPort, ...pbx().users.control });
  });
  afterAll(() => ami?.close());
  afterEach(() => pbx().site.clear());

  for (const story of stories) {
    it(`[CM12] by the list of channels: ${storyTitle(story)}`, async () => {
      const list = createCallList();
      await expect(playStory(story, pbx().site, () => list.read(ami))).resolves.toBeUndefined();
    });
  }
});
