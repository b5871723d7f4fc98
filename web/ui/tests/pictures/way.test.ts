import { beforeEach, expect, test } from "vitest";
import { Offline, Problem } from "../../src/http/problem.ts";
import { type Line, type Sending, Way } from "../../src/pictures/way.ts";

/** A server that keeps what it is sent, and says no as often as it is told to. */
class Server implements Line {
  readonly kept: string[] = [];
  readonly confirmed: string[] = [];
  readonly takenBack: string[] = [];
  readonly wrongs: Error[] = [];

  async send(file: Blob): Promise<{ id: string }> {
    return { id: `i${this.kept.push(await file.text())}` };
  }

  async confirm(image: string): Promise<void> {
    const wrong = this.wrongs.shift();
    if (wrong) throw wrong;
    this.confirmed.push(image);
  }

  takeBack = (image: string) => void this.takenBack.push(image);
}

const refused = () => new Problem(422, "invalid", "There is a face on it.");
const picture = (pixels: string) => async () => new Blob([pixels]);

let server: Server;
let states: Sending[];
let done: string[];
let way: Way;

beforeEach(() => {
  [server, states, done] = [new Server(), [], []];
  way = new Way(
    server,
    (state) => states.push(state),
    (image) => done.push(image),
  );
});

test("a picture is sent and confirmed", async () => {
  await way.begin(picture("white"));
  expect([server.kept, server.confirmed, done]).toEqual([["white"], ["i1"], ["i1"]]);
});

test("what was blackened after a refusal is what is confirmed, and the picture before it is taken back", async () => {
  server.wrongs.push(refused());
  await way.begin(picture("white"));
  expect(states.at(-1)).toEqual({ is: "refused", why: "There is a face on it." });
  await way.begin(picture("black"));
  expect(server.kept).toEqual(["white", "black"]);
  expect([server.confirmed, server.takenBack, done]).toEqual([["i2"], ["i1"], ["i2"]]);
});

test("while the line is down the same picture waits, and is not sent twice", async () => {
  server.wrongs.push(new Offline(), new Problem(503, "unavailable", "Later."));
  await way.begin(picture("white"));
  expect(states.at(-1)).toEqual({ is: "waiting", seconds: 2 });
  await way.now();
  expect(states.at(-1)).toEqual({ is: "waiting", seconds: 4 });
  await way.now();
  expect([server.kept, done]).toEqual([["white"], ["i1"]]);
});

test("what is begun anew waits as short as the first time", async () => {
  server.wrongs.push(new Offline(), refused(), new Offline());
  await way.begin(picture("white"));
  await way.now();
  await way.begin(picture("black"));
  expect(states.at(-1)).toEqual({ is: "waiting", seconds: 2 });
});

test("a picture that cannot be made is refused, and can be made again", async () => {
  await way.begin(() => Promise.reject(new Error("this browser makes no picture")));
  expect(states.at(-1)).toMatchObject({ is: "refused", why: expect.stringContaining("could not make the picture") });
  await way.now();
  expect(server.kept).toEqual([]);
  await way.begin(picture("white"));
  expect(done).toEqual(["i1"]);
});

test("nothing can be drawn on a picture while it is made", async () => {
  const making = way.begin(picture("white"));
  expect(states).toEqual([{ is: "leaving", part: 0 }]);
  await making;
});

test("nothing is told once the view is gone", async () => {
  const going = way.begin(picture("white"));
  way.stop();
  await going;
  expect([states.length, done]).toEqual([1, []]);
});
