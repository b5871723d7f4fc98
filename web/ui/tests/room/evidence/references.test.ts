import { expect, test } from "vitest";
import { addressOf, normal, recognised } from "../../../src/room/evidence/references.ts";
import type { Evidence } from "../../../src/wire/frames.ts";
import { vectors } from "../../vectors.ts";

interface Vector {
  readonly type: Evidence["type"];
  readonly ref: string;
  readonly kept: string | null;
}

test.each(vectors<Vector>("evidence"))("as the server keeps it: $type $ref", ({ type, ref, kept }) => {
  expect(normal(type, ref)).toBe(kept);
});

test.each([
  ["https://pubmed.ncbi.nlm.nih.gov/38147337/", "pmid", "38147337"],
  ["PMID: 38147337.", "pmid", "38147337"],
  ["38147337", "pmid", "38147337"],
  ["<https://doi.org/10.1056/NEJMoa2212663>", "doi", "10.1056/NEJMoa2212663"],
  ["https://www.nejm.org/doi/full/10.1056/NEJMoa2212663", "doi", "10.1056/NEJMoa2212663"],
  ["https://journals.example/article/10.1186/s13054-020-02993-5.pdf", "doi", "10.1186/s13054-020-02993-5"],
  ["https://www.thelancet.com/10.1016/S0140-6736(20)30183-5/fulltext", "doi", "10.1016/S0140-6736(20)30183-5"],
  ["PMC7616890", "pmcid", "PMC7616890"],
  ["https://clinicaltrials.gov/study/NCT04280705", "nct", "NCT04280705"],
  ["https://www.nice.org.uk/guidance/ng51", "url", "https://www.nice.org.uk/guidance/ng51"],
])("%s is recognised", (text, type, ref) => {
  expect(recognised(text)).toEqual({ type, ref });
});

test.each(["", "2016", "WHO 2016", "40 bites", "Hansen et al."])("%j is not taken for a reference", (text) => {
  expect(recognised(text)).toBeNull();
});

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
  expect(at("doi", "10.1000/a?b#c")).toBeNull();
});

test("a kind that this page does not know is no link", () => {
  expect(addressOf({ type: "isbn", ref: "1" } as unknown as Evidence)).toBeNull();
});
