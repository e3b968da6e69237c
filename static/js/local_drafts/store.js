// The drafts that this browser keeps: IndexedDB, each encrypted with the key of the user who typed it.
// A record is {id, user, typed, iv, sealed}; `sealed` is AES-GCM over the JSON of a draft:
// {place, url, title, data: [[name, value], …], labels: {field: label}}. The key is never stored, and cannot be read from here.
window.localDrafts = (() => {
  const config = JSON.parse(document.getElementById("local-drafts-config").textContent);
  const DAYS_KEPT = 14;
  let opened;
  let secret;
  let secretText;

  function open() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("local-drafts", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  }

  async function transact(mode, act) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("drafts", mode);
      const request = act(transaction.objectStore("drafts"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  function bytes(base64) {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  }

  function key() {
    if (secretText !== config.session.key) {
      secretText = config.session.key;
      secret = crypto.subtle.importKey("raw", bytes(secretText), "AES-GCM", false, ["encrypt", "decrypt"]);
    }
    return secret;
  }

  // Bound to its record, so that one user's text cannot be passed off as another's.
  function cipher(record) {
    const bound = new TextEncoder().encode(`${record.user} ${record.id}`);
    return { name: "AES-GCM", iv: record.iv, additionalData: bound };
  }

  async function keep(id, draft) {
    const record = { id, user: config.session.user, typed: Date.now(), iv: crypto.getRandomValues(new Uint8Array(12)) };
    const text = new TextEncoder().encode(JSON.stringify(draft));
    record.sealed = await crypto.subtle.encrypt(cipher(record), await key(), text);
    await transact("readwrite", (drafts) => drafts.put(record));
  }

  function remove(id) {
    return transact("readwrite", (drafts) => drafts.delete(id));
  }

  // The user's drafts, newest first. One that the key does not open (the password has changed) is left to grow old.
  async function list() {
    const records = await transact("readonly", (drafts) => drafts.getAll());
    const own = records.filter((record) => record.user === config.session.user);
    const drafts = await Promise.all(own.map(unseal));
    return drafts.filter(Boolean).sort((one, other) => other.typed - one.typed);
  }

  async function unseal(record) {
    try {
      const text = await crypto.subtle.decrypt(cipher(record), await key(), record.sealed);
      return { ...JSON.parse(new TextDecoder().decode(text)), id: record.id, typed: record.typed };
    } catch {
      return null;
    }
  }

  async function removeAll() {
    const records = await transact("readonly", (drafts) => drafts.getAll());
    const own = records.filter((record) => record.user === config.session.user);
    await Promise.all(own.map((record) => remove(record.id)));
  }

  async function removeOld() {
    const oldest = Date.now() - DAYS_KEPT * 24 * 60 * 60 * 1000;
    const records = await transact("readonly", (drafts) => drafts.getAll());
    await Promise.all(records.filter((record) => record.typed < oldest).map((record) => remove(record.id)));
  }

  return { config, store: { keep, remove, list, removeAll, removeOld } };
})();
