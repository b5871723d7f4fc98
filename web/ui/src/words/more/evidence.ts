import levels from "../../../../../realtime/rooms/evidence/levels.json";
import evidence from "../en/evidence.json";
import { bring } from "../words.ts";

const asked = Object.entries<Record<string, string>>(levels.questions);
const named = asked.flatMap(([question, of]) =>
  Object.entries(of).map(([level, words]) => [`is_${question}_${level}`, words] as const),
);

bring({ evidence: { ...evidence, ...Object.fromEntries(named) } });
