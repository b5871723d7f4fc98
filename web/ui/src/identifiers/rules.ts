/** All rules that what people write is looked over by, in one script. */
export { found } from "./finding.ts";
export { inWords } from "./references.ts";
