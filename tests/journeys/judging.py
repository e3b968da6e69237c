"""What can be said against a page without reading it."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Request, ViewportSize

from tests.journeys.serving import Portal

NARROWEST: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
# All that axe is sure of, what it calls best practice included.
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
AXE = "async (options) => (await axe.run(document, options)).violations"
# Words that are broken without a hyphen although they are short enough for any column; what is cut within URLs aside.
BROKEN_WORDS = """() => {
  const broken = [], whole = /(?<![\\p{L}\\p{N}])\\p{L}{2,16}(?![\\p{L}\\p{N}])/gu;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement;
    if (!element.checkVisibility() || element.closest(".unseen, svg") || getComputedStyle(element).hyphens === "auto") continue;
    for (const part of text.data.matchAll(/[^\\s/@]+(?![^\\s]*[/@])/gu)) for (const word of part[0].matchAll(whole)) {
      const range = document.createRange(), start = part.index + word.index;
      range.setStart(text, start);
      range.setEnd(text, start + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top)));
      if (lines.size > 1) broken.push(`broken: ${word[0]} in ${element.outerHTML.slice(0, 150)}`);
    }
  }
  return broken;
}"""
# Marks what can take the focus with its look at rest, then what had it and whether it looked otherwise.
REMEMBER_LOOKS = """() => {
  window.lookOf = (element) => [element, ...element.querySelectorAll("*")].map((part) => {
    const style = getComputedStyle(part);
    const outline = style.outlineStyle === "none" ? "" : style.outline;
    return [outline, style.boxShadow, style.stroke, style.strokeWidth, style.backgroundColor].join();
  }).join();
  window.atRest = new Map();
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']"))
    if (element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0)
      atRest.set(element, lookOf(element));
  return atRest.size;
}"""
NOTE_FOCUS = """() => {
  const element = document.activeElement;
  if (!atRest.has(element)) return;
  element.dataset.reached = atRest.get(element) === lookOf(element) ? "unmarked" : "marked";
}"""
NOT_MARKED = """() => [...atRest.keys()].filter((element) => element.dataset.reached !== "marked").map(
  (element) => `${element.dataset.reached ?? "not reached"}: ${element.outerHTML.slice(0, 150)}`)"""


class Watch:
    """Collects what the browser complains of, and requests that leave the portal; `status` is the page's own."""

    def __init__(self, page: Page, portal: Portal, *, status: int = 200) -> None:
        self.complaints: list[str] = []
        self.expected = f"status of {status}"
        page.on("console", lambda said: self.hear(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.hear(str(error)))
        page.on("requestfailed", self.note_failure)
        page.on("request", lambda request: self.ask(request.url, portal.address))

    def note_failure(self, request: Request) -> None:
        """What the browser gives up itself when its page is left has not failed."""
        if request.failure != "net::ERR_ABORTED":
            self.hear(f"failed: {request.url}")

    def hear(self, complaint: str) -> None:
        if self.expected not in complaint:
            self.complaints.append(complaint)

    def ask(self, url: str, address: str) -> None:
        if not url.startswith((f"{address}/", "data:")):
            self.complaints.append(f"another host: {url}")


def faults(page: Page) -> list[str]:
    """At a desk and on a phone: all rules by day, those about colours by night too."""
    found = []
    page.emulate_media(color_scheme="light", reduced_motion="reduce")  # no colour half-way between two
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found += [f"{size['width']}: {fault}" for fault in judged(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{size['width']}, dark: {fault}" for fault in violations(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROWEST)
    return [*found, *too_wide(page)]


def judged(page: Page) -> list[str]:
    """What is wrong at the present size of the window."""
    return [*too_wide(page), *page.evaluate(BROKEN_WORDS), *violations(page)]


def violations(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    """What axe finds on the page as it is now."""
    # Once a page, and only what is wrong comes back: the script and all that axe says are megabytes.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE, options)
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """Whether one would have to scroll sideways."""
    root = "document.documentElement"
    width, screen = page.evaluate(f"[{root}.scrollWidth, {root}.clientWidth]")
    return [f"{width} wide on a screen of {screen}"] if width > screen else []


def out_of_reach(page: Page) -> list[str]:
    """What Tab does not come to, or comes to without a mark that one could see."""
    page.emulate_media(reduced_motion="reduce")
    number = page.evaluate(REMEMBER_LOOKS)
    for _ in range(number + 1):
        page.keyboard.press("Tab")
        page.evaluate(NOTE_FOCUS)
    return list(page.evaluate(NOT_MARKED))
