"""What axe-core finds wrong with a page as somebody with an impairment meets it."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

_SOURCE: Final = Path(__file__).parents[2] / "web" / "ui" / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 AA with the rules that axe leaves off unless asked, and its own best practices.
_RUN: Final = """async (only) => {
  const all = { rules: { "target-size": { enabled: true } } };
  const which = only.length ? { runOnly: { type: "rule", values: only } } : all;
  const found = await axe.run(document, { ...which, resultTypes: ["violations"] });
  const place = ({ html, any }) => `${html} (${any.map(({ message }) => message)})`;
  return found.violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(place) }));
}"""


async def assert_accessible(page: Page, where: str, *only: str) -> None:
    """Raise `AssertionError` with all violations on the page, which `where` names: of all rules, or of `only` these."""
    if not await page.evaluate("() => typeof axe === 'object'"):
        await page.evaluate(_source())
    found: list[dict[str, Any]] = await page.evaluate(_RUN, only)
    assert not found, "\n".join([where, *(f"{one['id']}: {one['help']}: {one['where'][:3]}" for one in found)])


@cache
def _source() -> str:
    return _SOURCE.read_text()
