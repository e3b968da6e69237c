// Wagtail's autosave makes a new page; a form that is sent meanwhile, on a slow line, would make it a second time and be
// refused for its slug. So what is pressed while an autosave is under way waits for it, and then goes to the page it made.
document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const autosave = window.wagtail?.app.getControllerForElementAndIdentifier(form, "w-autosave");
    if (!autosave?.activeValue) return;
    autosave.activeValue = false;
    if (!autosave.submitPromise) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await autosave.submitPromise;
    // Not the button itself: Wagtail disables a pressed one, and what is disabled is not sent.
    const { name, value } = event.submitter ?? {};
    if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.requestSubmit();
  },
  { capture: true },
);
