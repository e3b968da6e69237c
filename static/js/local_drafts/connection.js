// Whether the server can be reached, and as whom: what stands between a form and its saving is said where one types.
window.localDrafts.connection = (() => {
  const { config } = window.localDrafts;
  const CHECK_AGAIN_AFTER = 5000;
  const GIVE_UP_AFTER = 30000;
  let state = "ready";
  let stored = true;
  let timer;
  let bar;

  // "ready", "offline", "signedOut" or "otherUser". Any answer that is no session of ours means that nobody is signed in:
  // a redirect to whatever page signs in, or a refusal.
  async function ask() {
    if (!navigator.onLine) return "offline";
    let answer;
    try {
      answer = await fetch(config.sessionUrl, {
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
        redirect: "manual",
        cache: "no-store",
        signal: AbortSignal.timeout(GIVE_UP_AFTER),
      });
    } catch {
      return "offline";
    }
    if (answer.status >= 500 || answer.status === 429) return "offline";
    const session = answer.ok ? await answer.json().catch(() => null) : null;
    if (!session?.user) return "signedOut";
    if (session.user !== config.session.user) return "otherUser";
    renew(session);
    return "ready";
  }

  function renew(session) {
    config.session = session;
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = session.csrf;
    // Wagtail's own requests carry the token of the time at which the page was made.
    for (const form of document.querySelectorAll("form.w-editing-sessions:not(:has([name=csrfmiddlewaretoken]))")) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: session.csrf }));
    }
  }

  async function check() {
    const before = state;
    state = await ask();
    clearTimeout(timer);
    if (state !== "ready") timer = setTimeout(check, CHECK_AGAIN_AFTER);
    show();
    if (state === "ready" && before !== "ready") document.dispatchEvent(new CustomEvent("local-drafts:ready"));
    return state;
  }

  function storageFailed() {
    stored = false;
    show();
  }

  function message() {
    if (state === "ready") return stored ? "" : config.texts.noStorage;
    if (state === "offline" && !stored) return config.texts.offlineNoStorage;
    return config.texts[state];
  }

  function show() {
    const text = message();
    if (!bar) {
      if (!text) return;
      bar = Object.assign(document.createElement("p"), { className: "draft-status" });
      bar.setAttribute("role", "alert");
      document.querySelector("main")?.prepend(bar);
    }
    bar.hidden = !text;
    bar.replaceChildren(text);
    if (["signedOut", "otherUser"].includes(state)) {
      const link = Object.assign(document.createElement("a"), { href: config.signInUrl, target: "_blank", textContent: config.texts.signIn });
      bar.append(" ", link);
    }
  }

  window.addEventListener("offline", check);
  window.addEventListener("online", check);
  document.addEventListener("visibilitychange", () => state !== "ready" && !document.hidden && check());
  window.addEventListener("focus", () => state !== "ready" && check());

  return { check, storageFailed, message, get state() { return state; } };
})();
