/** Which language the page is in. Kept for this device; `?lang=` sets it. */
const KEY = "curbside.lang";
export const LOCALES = ["en", "en-XA", "ar-XB"] as const;
export type Locale = (typeof LOCALES)[number];

export const locale: Locale = chosen();
/** The tag for Intl: the reader's own variant of the language (en-GB, en-IN) where there is one. */
export const intl: string = region(locale);
/** `ar-XB` is a pseudo-locale: English from right to left, to find what cannot be mirrored. */
export const direction: "ltr" | "rtl" = locale === "ar-XB" ? "rtl" : "ltr";

function chosen(): Locale {
  if (typeof location === "undefined") return "en";
  const asked = new URLSearchParams(location.search).get("lang");
  if (isLocale(asked)) remember(asked);
  return kept() ?? "en";
}

function isLocale(tag: string | null): tag is Locale {
  return LOCALES.some((locale) => locale === tag);
}

function kept(): Locale | undefined {
  try {
    const tag = localStorage.getItem(KEY);
    return isLocale(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}

function remember(tag: Locale): void {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // Without storage the choice lasts for this page.
  }
}

function region(tag: Locale): string {
  if (tag !== "en" || typeof navigator === "undefined") return tag === "ar-XB" ? "ar-EG-u-nu-latn" : "en";
  return navigator.languages.find((own) => own.startsWith("en")) ?? "en";
}
