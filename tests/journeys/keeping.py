"""What the browser keeps of an unsaved form, and what a crash leaves of a tab."""

import time

from playwright.sync_api import Page

from tests.journeys.conftest import PATIENCE
from tests.journeys.editing import Editor

KEPT = ".kept-draft"
STATUS = ".draft-status"
STORED = """async (text) => {
  const drafts = window.localDrafts ? await window.localDrafts.store.list() : [];
  return drafts.some((draft) => JSON.stringify(draft.data).includes(text));
}"""
RECORDS = """() => new Promise((resolve) => {
  const request = indexedDB.open("local-drafts");
  request.onsuccess = () => {
    const all = request.result.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => resolve(all.result.map(
      (record) => [JSON.stringify(record), new TextDecoder("latin1").decode(record.sealed)].join()));
  };
})"""


def wait_until_kept(page: Page, text: str, kept: bool = True) -> None:
    """Playwright's own waiting takes an answer that is still to come for a true one."""
    until = time.monotonic() + PATIENCE / 1000
    while page.evaluate(STORED, text) != kept:
        assert time.monotonic() < until, f"{text!r} is {'not ' if kept else 'still '}kept in the browser"
        page.wait_for_timeout(100)


def is_kept(page: Page, text: str) -> None:
    wait_until_kept(page, text)


def is_not_kept(page: Page, text: str) -> None:
    wait_until_kept(page, text, kept=False)


def kill(author: Editor) -> Page:
    """Close the tab as a crash does; out: a new one."""
    context = author.page.context
    author.page.close(run_before_unload=False)
    author.page = context.new_page()
    return author.page
