import { expect, test } from "vitest";
import { type Claim, claimIn } from "../../../src/room/evidence/claims.ts";
import type { PostKind } from "../../../src/room/fold/post.ts";
import { vectors } from "../../vectors.ts";

interface Vector {
  readonly text: string;
  readonly kind: PostKind;
  readonly claim: Claim | null;
}

test.each(vectors<Vector>("claims"))("as the server finds it: $kind, $text", ({ text, kind, claim }) => {
  expect(claimIn(text, kind)).toBe(claim);
});
