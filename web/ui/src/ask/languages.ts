import { language } from "../words/format.ts";
import { sorted } from "./options.ts";
import type { Option } from "./picking.ts";

const LANGUAGES =
  "am ar az bg bn bs ca cs da de el en es et fa fi fil fr gu ha he hi hr hu hy id ig is it ja ka kk km kn ko ku ky lo lt lv " +
  "mg mk ml mn mr ms my nb ne nl om or pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te tg th ti tk tr uk ur uz vi wo xh yo zh zu";

/** The languages that can be picked, by their names in the reader's language. */
export const LANGUAGE_OPTIONS: readonly Option[] = sorted(
  LANGUAGES.split(" ").map((tag) => ({ value: tag, label: language(tag), also: tag })),
);
