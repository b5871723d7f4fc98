/** A table of the report as a file on the reader's own disk. */
import { Problem, problem } from "../http/problem.ts";
import { proven } from "../security/proving.ts";
import { t } from "../words/words.ts";
import { type Period, pathOf, type Sheet } from "./report.ts";
import "../words/more/bias.ts";

/** Save it; the sentence that says why that could not be. */
export async function saved(period: Period, sheet: Sheet): Promise<string | undefined> {
  try {
    const file = await proven(() => fetched(pathOf(period, sheet)));
    keep(file, `bias-watch-${sheet}-${period.first}-${period.last}.csv`);
    return undefined;
  } catch (error) {
    return error instanceof Problem ? error.detail : t("bias.unreached");
  }
}

async function fetched(path: string): Promise<Blob> {
  const response = await fetch(path);
  if (!response.ok) throw await problem(response);
  return response.blob();
}

function keep(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
