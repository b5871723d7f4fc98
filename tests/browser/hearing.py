"""What a screen reader is told without asking: every text that comes into a live region, in order."""

from typing import Final

from playwright.async_api import BrowserContext, Page

_LISTEN: Final = """() => {
  const live = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
  const heard = (window.heard = []);
  const tell = (node) => {
    const at = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const region = at?.closest("[aria-live], [role=status], [role=alert], [role=log], [role=timer]");
    const text = region?.matches(`${live}, [role=log]`) && !at.closest("[aria-live=off]") ? at.textContent.trim() : "";
    if (text && heard.at(-1) !== text) heard.push(text);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) for (const node of addedNodes.length ? addedNodes : [target]) {
      tell(node);
      if (node.nodeType === Node.ELEMENT_NODE) for (const inner of node.querySelectorAll(live)) tell(inner);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}"""


async def listen(context: BrowserContext) -> None:
    """Write down what is told on every page of `context` that opens from now on."""
    await context.add_init_script(f"({_LISTEN})()")


async def heard(page: Page) -> list[str]:
    """All that was told on this page."""
    texts: list[str] = await page.evaluate("() => window.heard")
    return texts


async def hears(page: Page, words: str) -> None:
    """Return once something with these words was told."""
    await page.wait_for_function("(words) => window.heard.some((text) => text.includes(words))", arg=words)
