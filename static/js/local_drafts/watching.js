// Keeps what is typed in a form of the admin until the server has it, and tells Wagtail of what was typed before it looked.
//
// Wagtail takes the form as it is two seconds after its scripts have started for what the server has, and after an autosave
// the form as it is when the answer comes: what is typed meanwhile would be neither saved nor guarded.
window.localDrafts.watching = (() => {
  const { config, store, formState, connection, recovery } = window.localDrafts;
  const LOOK_EVERY = 400;
  const TYPING = ["input", "change", "keydown", "pointerdown", "paste", "drop"];
  const watched = new Map();
  let stopped = false;

  function placeOf(form) {
    const forms = [...document.querySelectorAll("main form")];
    return `${new URL(form.getAttribute("action") || "", location.href).pathname}#${form.id || forms.indexOf(form)}`;
  }

  class Watch {
    constructor(form) {
      this.form = form;
      this.returned = Boolean(config.returned) && !watched.size;
      this.id = this.returned ? config.returned : crypto.randomUUID();
      this.touched = this.returned || formState.differsFromItsSource(form);
      this.known = this.touched ? null : formState.read(form);
      this.idInput = Object.assign(document.createElement("input"), { type: "hidden", name: config.idField, value: this.id });
      form.append(this.idInput);
      // jQuery and Wagtail's workflow scripts submit past every listener.
      form.submit = () => form.requestSubmit();
      if (form.matches("[data-controller~=w-unsaved]")) this.cooperate();
    }

    cooperate() {
      // Started with "force", Wagtail would never look for changes again, and so autosave but once.
      if (this.form.dataset.wUnsavedForceValue === "true") this.touched = true;
      if (this.touched) this.known = null;
      this.form.dataset.wUnsavedForceValue = "false";
      this.form.addEventListener("w-unsaved:watch-edits", () => {
        this.looking = true;
        if (this.isDirty()) this.tellWagtail();
      });
      this.form.addEventListener("w-autosave:save", (event) => {
        this.sent = formState.read(this.form);
        if (connection.state === "signedOut" || connection.state === "otherUser") {
          event.preventDefault();
          this.say(config.texts.seeAbove);
        }
      });
      // After Wagtail's own listeners, which stand on the form.
      document.addEventListener("w-autosave:success", (event) => event.target === this.form && this.acknowledge());
      document.addEventListener("local-drafts:ready", () => this.isDirty() && this.tellWagtail());
    }

    say(text) {
      this.form.dispatchEvent(new CustomEvent("w-autosave:error", { bubbles: true, detail: { text, type: "local_drafts", error: {} } }));
    }

    isDirty() {
      return this.known === null || formState.changed(formState.read(this.form), this.known).length > 0;
    }

    tellWagtail() {
      if (!this.form.matches("[data-controller~=w-unsaved]")) return;
      this.form.dataset.wUnsavedHasEditsValue = "true";
      if (!this.looking) return;
      this.form.dataset.wUnsavedForceValue = "true";
      this.form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
    }

    async acknowledge() {
      this.known = this.sent;
      if (this.returned) recovery.tellSaved();
      if (this.isDirty()) this.tellWagtail();
      else await this.forget();
      await this.keep();
    }

    // Until somebody touches the page all changes are the scripts' own. `isAhead`: the form does not show the touch yet.
    touch(isAhead) {
      if (this.touched) return;
      if (isAhead) this.known = formState.read(this.form);
      this.touched = true;
    }

    async look() {
      if (!this.touched) {
        this.known = formState.read(this.form);
        return;
      }
      if (!this.looking && this.isDirty()) this.tellWagtail();
      await this.keep();
    }

    async forget() {
      if (!this.kept) return;
      this.kept = null;
      await store.remove(this.id);
    }

    async keep() {
      if (stopped) return;
      const data = formState.read(this.form);
      const changed = this.known === null ? formState.changed(data, []) : formState.changed(data, this.known);
      if (!changed.length) return this.forget();
      const content = JSON.stringify(data);
      if (content === this.kept) return;
      this.kept = content;
      this.hold();
      try {
        await store.keep(this.id, this.draft(data, changed));
      } catch {
        this.kept = null;
        connection.storageFailed();
      }
    }

    draft(data, changed) {
      const each = (make) => Object.fromEntries(changed.map((field) => [field, make(field)]));
      return {
        place: placeOf(this.form),
        url: location.pathname + location.search,
        title: document.querySelector("#id_title")?.value || document.title,
        data,
        labels: each((field) => formState.label(this.form, field)),
        words: each((field) => formState.text(this.form, data, field)),
      };
    }

    // Held while this page is open, so that another one does not offer what is still being typed here.
    hold() {
      this.holding ??= navigator.locks.request(`local-draft ${this.id}`, () => new Promise(() => {}));
    }
  }

  function isForPeople(form) {
    if (form.method !== "post" || form.closest("[role=dialog]") || form.matches(".w-editing-sessions")) return false;
    return Boolean(form.querySelector("textarea, select, input:is([type=text], [type=email], [type=url], [type=number], [type=checkbox])"));
  }

  // Without the drafts that the server has: it says so by a cookie with the answer to a form.
  async function forgetSaved() {
    for (const [, id] of document.cookie.matchAll(new RegExp(`${config.savedCookie}([0-9a-f-]{36})=`, "g"))) {
      await store.remove(id);
      document.cookie = `${config.savedCookie}${id}=; path=/admin/; max-age=0; samesite=lax`;
    }
  }

  async function offerKept() {
    await forgetSaved();
    await store.removeOld();
    const { held } = await navigator.locks.query();
    const open = held.map((lock) => lock.name);
    const own = [...watched.values()].map((watch) => watch.id);
    const drafts = (await store.list()).filter(({ id }) => !own.includes(id) && !open.includes(`local-draft ${id}`));
    if (location.pathname === config.homeUrl && drafts.length) recovery.remind(drafts);
    for (const [form, watch] of watched) {
      const kept = drafts.filter((draft) => draft.place === placeOf(form));
      await recovery.offer(form, kept, watch.known !== null);
    }
    window.localDrafts.offered = true;
  }

  function start() {
    for (const form of document.querySelectorAll("main form")) if (isForPeople(form)) watched.set(form, new Watch(form));
    for (const kind of TYPING) document.addEventListener(kind, touch, { capture: true });
    setInterval(() => watched.forEach((watch) => watch.look()), LOOK_EVERY);
    if (!navigator.onLine) connection.check();
    // Once widgets have drawn what the server sent: only then does the form hold all of it.
    window.addEventListener("load", () => setTimeout(() => offerKept().catch(connection.storageFailed)));
  }

  // Extensions that type for a person send events of their own.
  function touch(event) {
    if (!event.isTrusted && event.type !== "input") return;
    watched.forEach((watch) => watch.touch(!["input", "change"].includes(event.type)));
  }

  function tellNewerVersion(detail) {
    const over = detail.response?.review_over; // accounts.late_reviews
    if (!over) detail.text = config.texts.newerVersion;
    const dialog = document.querySelector("[data-newer-version]");
    if (over && dialog) dialog.textContent = over;
  }

  // An autosave that got something else than its answer: find out what before Wagtail calls it a server error.
  window.addEventListener(
    "w-autosave:error",
    async (event) => {
      const { type } = event.detail;
      // Wagtail calls it "will overwrite", which saving does not.
      if (type === "invalid_revision") tellNewerVersion(event.detail);
      if (type !== "server_error" && type !== "network_error") return;
      if (event.detail.checked) return;
      event.stopImmediatePropagation();
      await connection.check();
      // Said once: what stands above the form is in sight wherever one is.
      const text = connection.state !== "ready" ? config.texts.seeAbove : event.detail.text;
      event.target.dispatchEvent(new CustomEvent(event.type, { bubbles: true, detail: { ...event.detail, text, checked: true } }));
    },
    { capture: true },
  );
  document.addEventListener("DOMContentLoaded", start);

  return { watched, stop: () => (stopped = true) };
})();
