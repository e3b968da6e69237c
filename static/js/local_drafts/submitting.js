// A form leaves only when the server can take it: else the browser's error page or the page to sign in would replace it.
(() => {
  const { config, store, connection, watching } = window.localDrafts;
  const WORKFLOW = ["action-workflow-action", "workflow-action-name", "workflow-action-extra-data"];
  const passing = new WeakSet();
  const waiting = new WeakSet();

  function autosaveOf(form) {
    return window.wagtail?.app.getControllerForElementAndIdentifier(form, "w-autosave");
  }

  function stay(form) {
    for (const name of WORKFLOW) form.querySelector(`input[type=hidden][name=${name}]`)?.remove();
    // Wagtail sets it in a timer of the click, which may still be to come.
    setTimeout(() => {
      for (const button of document.querySelectorAll("[data-w-progress-loading-value=true]")) button.dataset.wProgressLoadingValue = "false";
    });
    document.querySelector(".draft-status")?.scrollIntoView({ block: "nearest" });
  }

  function send(form, submitter) {
    const { name, value } = submitter ?? {};
    // Not the button itself: Wagtail disables a pressed one, and what is disabled is not sent.
    if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    passing.add(form);
    form.requestSubmit();
  }

  // Wagtail's autosave makes a new page; a form that is sent meanwhile, on a slow line, would make it a second time and be
  // refused for its slug. So what is pressed while an autosave is under way waits for it, and then goes to the page it made.
  async function check(form) {
    const autosave = autosaveOf(form);
    const wasActive = autosave?.activeValue;
    if (autosave) autosave.activeValue = false;
    await autosave?.submitPromise;
    await watching.watched.get(form).keep();
    const ready = (await connection.check()) === "ready";
    if (!ready && autosave) autosave.activeValue = wasActive;
    return ready;
  }

  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (!watching.watched.has(form) || passing.has(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (waiting.has(form)) return;
      waiting.add(form);
      if (await check(form)) send(form, event.submitter);
      else stay(form);
      waiting.delete(form);
    },
    { capture: true },
  );

  // What is kept goes with its user; whatever is not saved yet, only when they say so.
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (new URL(form.action, location.href).pathname !== config.signOutUrl || passing.has(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const drafts = await store.list().catch(() => []);
      if (drafts.length && !confirm(config.texts.signOut.replace("%s", drafts.map((draft) => `• ${draft.title}`).join("\n")))) return;
      watching.stop();
      await store.removeAll().catch(() => {});
      send(form, null);
    },
    { capture: true },
  );
})();
