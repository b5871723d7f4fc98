"""The texts of a page that did not come from its message files."""

from typing import Final

from playwright.async_api import Page

# What the pseudo-locale leaves as it is: letters without an accent of their own, and the words that `Intl` makes.
_PLAIN: Final = """() => {
  const plain = /[acdeghijklnorstuwyz]{2}/;
  const others = ".said, bdi, time, kbd, code, option, .person-standing, script, style, noscript, textarea";
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const languages = new Intl.DisplayNames("en", { type: "language" });
  const month = (at, form) => new Date(2026, at, 1).toLocaleDateString("en", { month: form });
  const weekday = (at, form) => new Date(2026, 0, at).toLocaleDateString("en", { weekday: form });
  const made = new Set(["and", ...["long", "short"].flatMap((form) => [
      ...Array.from({ length: 12 }, (_, at) => month(at, form)),
      ...Array.from({ length: 7 }, (_, at) => weekday(at, form))]),
    ...letters.flatMap((one) => letters.flatMap((two) => languages.of(one + two).split(" ")))]);
  const ours = (text) => text.split(/[^\\p{L}\\p{M}\\p{N}]+/u).some((word) =>
    plain.test(word) && !made.has(word) && !/^[0-9a-f]{16,}$/.test(word));
  const attributes = ["aria-label", "title", "placeholder"];
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: of } = texts.currentNode;
    if (ours(data) && !of.closest(others)) found.push(data);
  }
  for (const at of document.body.querySelectorAll("[aria-label], [title], [placeholder]"))
    for (const name of attributes) if (ours(at.getAttribute(name) ?? "") && !at.closest(others))
      found.push(`${name}: ${at.getAttribute(name)}`);
  return found;
}"""


async def assert_translated(page: Page, where: str) -> None:
    """Raise `AssertionError` where plain English stands that nobody on the case or the server has written."""
    found: list[str] = await page.evaluate(_PLAIN)
    assert not found, "\n".join([where, *found])
