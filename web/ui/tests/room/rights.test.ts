import { expect, test } from "vitest";
import { rightsOf } from "../../src/room/rights.ts";
import type { SeatState } from "../../src/room/store/store.ts";
import type { Me } from "../../src/wire/frames.ts";

const ana: Me = { person: "p-ana", handle: "ana", role: "physician", specialty: "cardiology", tier: 3 };
const cleo: Me = { person: "p-cleo", handle: "cleo", role: "clinician", specialty: "general_practice", tier: 1 };
const mo: Me = { person: "p-mo", handle: "mo", role: "moderator", specialty: "", tier: 3 };
const open = { status: "open", presenter: cleo.person, lead: null } as const;
const seat = (as: "contribute" | "follow" | "observe"): SeatState => ({ is: "live", as, role: "" });

test("a verified physician writes and judges", () => {
  expect(rightsOf(seat("contribute"), open, ana)).toEqual({
    writes: true,
    judges: true,
    pins: false,
    plans: false,
    opines: true,
    reveals: false,
    hands_over: false,
    moderates: false,
    flags: true,
    warns: true,
    reports: true,
  });
});

test("a physician who is not verified does not judge", () => {
  expect(rightsOf(seat("contribute"), open, { ...ana, tier: 1 }).judges).toBe(false);
});

test("the presenter pins", () => {
  expect(rightsOf(seat("contribute"), open, cleo)).toMatchObject({ pins: true, judges: false });
});

test("the presenter keeps the plan and hands the case over", () => {
  expect(rightsOf(seat("contribute"), open, cleo)).toMatchObject({ plans: true, hands_over: true });
});

test("physicians and the presenter say what they think it is, and the presenter shows it to all", () => {
  expect(rightsOf(seat("contribute"), open, ana)).toMatchObject({ opines: true, reveals: false });
  expect(rightsOf(seat("contribute"), open, cleo)).toMatchObject({ opines: true, reveals: true });
  expect(rightsOf(seat("contribute"), open, { ...ana, tier: 1 }).opines).toBe(false);
  expect(rightsOf(seat("contribute"), open, mo)).toMatchObject({ opines: false, reveals: false });
});

test("who leads keeps the plan and pins, and hands nothing over", () => {
  const led = { ...open, lead: ana.person };
  expect(rightsOf(seat("contribute"), led, ana)).toMatchObject({ plans: true, pins: true, hands_over: false });
});

test("a moderator hands over, and does not keep the plan", () => {
  expect(rightsOf(seat("contribute"), open, mo)).toMatchObject({ plans: false, hands_over: true });
});

test("a moderator pins and takes back, and does not judge", () => {
  expect(rightsOf(seat("contribute"), open, mo)).toMatchObject({ pins: true, moderates: true, judges: false });
});

test("whom the room believes warns it", () => {
  expect(rightsOf(seat("contribute"), open, mo).warns).toBe(true);
  expect(rightsOf(seat("contribute"), open, cleo)).toMatchObject({ flags: true, warns: false });
  expect(rightsOf(seat("contribute"), open, { ...ana, tier: 1 }).warns).toBe(false);
});

const only = (rights: object) => Object.entries(rights).flatMap(([name, has]) => (has ? [name] : []));

test.each(["follow", "observe"] as const)("who is there to %s may flag, and nothing else", (as) => {
  expect(only(rightsOf(seat(as), open, mo))).toEqual(["flags"]);
});

test("in a closed room a contributor may flag and report, and nothing else", () => {
  expect(only(rightsOf(seat("contribute"), { ...open, status: "closed" }, mo))).toEqual(["flags", "reports"]);
});

test("who is muted may do nothing", () => {
  expect(only(rightsOf(seat("contribute"), open, ana, true))).toEqual([]);
});

test("without a seat one may do nothing", () => {
  expect(only(rightsOf({ is: "joining" }, open, ana))).toEqual([]);
});

test("who lost the line writes on: it goes out later", () => {
  expect(rightsOf({ is: "away", as: "contribute", role: "" }, open, ana).writes).toBe(true);
});
