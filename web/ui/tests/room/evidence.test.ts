import { expect, test } from "vitest";
import { addressOf } from "../../src/room/post/evidence.ts";
import type { Evidence } from "../../src/wire/frames.ts";

const at = (type: Evidence["type"], ref: string) => addressOf({ type, ref });

test("each kind of reference leads to where it is found", () => {
  expect(at("pmid", "32032273")).toBe("https://pubmed.ncbi.nlm.nih.gov/32032273");
  expect(at("pmid", "PMID: 32032273")).toBe("https://pubmed.ncbi.nlm.nih.gov/32032273");
  expect(at("pmcid", "PMC7616890")).toBe("https://pmc.ncbi.nlm.nih.gov/articles/PMC7616890");
  expect(at("doi", "10.1097/PCC.0000000000002198")).toBe("https://doi.org/10.1097/PCC.0000000000002198");
  expect(at("nct", "NCT04280705")).toBe("https://clinicaltrials.gov/study/NCT04280705");
  expect(at("guideline", "https://www.who.int/a")).toBe("https://www.who.int/a");
});

test("what is not written as such a reference is no link", () => {
  expect(at("pmid", "0123")).toBeNull();
  expect(at("nct", "NCT1")).toBeNull();
  expect(at("doi", "11.1/x")).toBeNull();
  expect(at("guideline", "WHO 2023, section 4")).toBeNull();
  expect(at("experience", "https://example.org")).toBeNull();
});

test("only web addresses are links", () => {
  expect(at("url", "javascript:alert(1)")).toBeNull();
  expect(at("url", "data:text/html,x")).toBeNull();
  expect(at("url", "//example.org")).toBeNull();
});

test("a DOI cannot lead out of the place where DOIs are found", () => {
  expect(at("doi", "10.1000/a?b#c")).toBe("https://doi.org/10.1000/a%3Fb%23c");
});

test("a kind that this page does not know is no link", () => {
  expect(addressOf({ type: "isbn", ref: "1" } as unknown as Evidence)).toBeNull();
});
