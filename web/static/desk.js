// desk.js makes the desk faster; every page works without it. Single keys are
// off while somebody types, and can be switched off in the settings.

const rows = () => [...document.querySelectorAll(".cases tr[data-case], article.finding")];
let at = -1;

function go(step) {
  const all = rows();
  if (all.length === 0) return;
  all[at]?.classList.remove("now");
  at = Math.min(Math.max(at + step, 0), all.length - 1);
  all[at].classList.add("now");
  const target = all[at].querySelector("a, summary") ?? all[at];
  target.focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
}

function current() {
  const all = rows();
  const focused = all.indexOf(document.activeElement?.closest?.("tr[data-case], article.finding"));
  if (focused >= 0) at = focused;
  return all[at];
}

const press = (selector, root = document) => root?.querySelector(selector)?.click();

const acts = {
  j: () => { current(); go(1); },
  k: () => { current(); go(-1); },
  o: () => press("th a", current()),
  c: () => press('form[action$="/claim"] button'),
  x: () => press('input[type="checkbox"]', current()),
  e: () => { const d = current()?.querySelector("details"); if (d) d.open = !d.open; },
  g: () => document.querySelector("#l-h")?.scrollIntoView(),
  n: () => document.querySelector("#note")?.focus(),
  a: () => {
    const finding = current() ?? document.querySelector("article.finding");
    const details = finding?.querySelector("details");
    if (details) details.open = true;
    press(".asking button", finding);
  },
  u: () => press("[data-undo-last]"),
  "1": () => acts.a(),
  "2": () => choose("2"),
  "3": () => choose("3"),
  "4": () => choose("4"),
  "/": () => document.querySelector("#find")?.focus(),
  "?": () => document.querySelector("#keys")?.showModal(),
};

function choose(key) {
  const radio = document.querySelector(`input[data-key="${key}"]:not(:disabled)`);
  if (!radio) return;
  radio.checked = true;
  document.querySelector("#reasons")?.focus();
}

// Keys that this browser has moved: pairs of the shipped one and its own.
const meant = Object.fromEntries(Object.keys(acts).map((key) => [key, key]));
const moves = (document.body.dataset.keymap ?? "").match(/../g) ?? [];
for (const [from] of moves) delete meant[from];
for (const [from, to] of moves) meant[to] = from;
const own = new Map(moves.map(([from, to]) => [from, to]));
for (const shown of document.querySelectorAll("kbd:not([data-shipped])")) shown.textContent = own.get(shown.textContent) ?? shown.textContent;

if (document.body.dataset.keys === "on") {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = acts[meant[event.key]];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

// Nothing is sent twice by two presses of one button.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.passkey) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

// The counts beside the saved filters, and whether the list is still what is there.
if (document.querySelector("[data-live]")) {
  const source = new EventSource("/live");
  const status = document.querySelector("[data-lost]");
  const tell = (words) => { if (status && status.textContent !== words) status.textContent = words; };
  let lost = 0; // the desk ends the stream now and then; that is no loss
  source.addEventListener("error", () => { lost ||= setTimeout(() => tell(status?.dataset.lost ?? ""), 10_000); });
  source.addEventListener("open", () => { clearTimeout(lost); lost = 0; });
  let changed = false; // of the list that is open; loading it again shows it
  source.addEventListener("counts", (event) => {
    for (const line of event.data.split("\n")) {
      const [href, count] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
      const place = document.querySelector(`[data-live="${CSS.escape(href)}"]`);
      if (!place || place.textContent === count) continue;
      place.textContent = count;
      if (place.closest('[aria-current="page"]')) changed = true;
    }
    tell(changed ? status?.dataset.changed ?? "" : "");
  });
  window.addEventListener("pagehide", () => source.close());
}

// The picture of an operator question, loaded when it is opened.
for (const box of document.querySelectorAll("details[data-graph]")) {
  box.addEventListener("toggle", async () => {
    if (!box.open || box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    const { draw } = await import(box.dataset.script);
    box.view = await draw(box);
  });
}

// Passkeys are given to script only.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
for (const form of document.querySelectorAll('form[data-passkey="begin"]')) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const tenant = form.tenant.value;
    const status = form.querySelector("[data-status]");
    try {
      const begun = await fetch("/sign-in-key/begin", { method: "POST", body: new URLSearchParams({ tenant }) });
      const { options, token } = await begun.json();
      const wanted = options.publicKey;
      wanted.challenge = bytes(wanted.challenge);
      for (const c of wanted.allowCredentials ?? []) c.id = bytes(c.id);
      const key = await navigator.credentials.get({ publicKey: wanted });
      const answer = {
        id: key.id, rawId: text(key.rawId), type: key.type,
        response: {
          clientDataJSON: text(key.response.clientDataJSON), authenticatorData: text(key.response.authenticatorData),
          signature: text(key.response.signature), userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
        },
      };
      const done = await fetch("/sign-in-key", {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ tenant, token, answer: btoa(JSON.stringify(answer)) }),
      });
      if (done.ok) location.assign("/");
      else status.textContent = status.dataset.status || "✗";
    } catch {
      status.textContent = "✗";
    }
  });
}
