/** Where a text could tell who somebody is: realtime/rooms/identifiers/finding.py, rule for rule. */
import { passes } from "./checks.ts";
import { lexed, plain } from "./lexing.ts";
import { RAW, RULES, type Rule } from "./rulebook.ts";
import type { Span } from "./span.ts";

const NUMBER_BEFORE = /(?:[0-9⑩-⑳∞]|[0-9⑩-⑳∞][-./,:])$/;

/** The places of `text` that look like identifiers, in code points and in order; none overlaps another. */
export function found(text: string): Span[] {
  const all = [...finds(plain(text))].sort((one, other) => one[0] - other[0]);
  const kept: Span[] = [];
  for (const span of all) if (span[0] >= (kept.at(-1)?.[1] ?? 0)) kept.push(span);
  return /[\ud800-\udbff]/.test(text) ? kept.map((span) => inPoints(text, span)) : kept;
}

function* finds(text: string): Iterable<Span> {
  for (const rule of RAW) {
    if (rule.needs.some((need) => text.includes(need))) yield* matches(rule, text, text, (at) => at);
  }
  const { classes, starts } = lexed(text);
  for (const rule of RULES) {
    if (rule.needs.length > 0 && !rule.needs.some((need) => classes.includes(need))) continue;
    yield* matches(rule, classes, text, (at) => starts[at] ?? 0);
  }
}

/** What `rule` finds in `line`. The next is looked for behind the last, or from the next sign on where none was. */
function* matches(rule: Rule, line: string, text: string, place: (at: number) => number): Iterable<Span> {
  let at = 0;
  while (at <= line.length) {
    rule.find.lastIndex = at;
    const indices = rule.find.exec(line)?.indices;
    if (!indices) return;
    const [first, end] = indices[1] ?? indices[0] ?? [0, 0];
    const [start, stop] = [place(first), place(end)];
    if (rule.apart && NUMBER_BEFORE.test(line.slice(Math.max(0, first - 2), first))) at = first + 1;
    else if (passes(rule.check, text.slice(start, stop))) {
      yield [start, stop, rule.rule];
      at = Math.max(end, at + 1);
    } else at = rule.skip ? end : Math.max(first, indices[0]?.[0] ?? 0) + 1;
  }
}

function inPoints(text: string, [start, stop, rule]: Span): Span {
  const before = [...text.slice(0, start)].length;
  return [before, before + [...text.slice(start, stop)].length, rule];
}
