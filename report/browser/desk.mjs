// Walks the desk in a real Chromium, by keyboard where a reviewer would, and
// says what is wrong, one line a fault; silence and exit 0 mean nothing is.
//   node desk.mjs CHROMIUM SHOTS|- ADDRESS SIGN-IN-LINK CASE OPERATOR
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [binary, shots, address, link, id, operator] = process.argv.slice(2);
let faults = 0;
const fault = (where, what) => { faults++; console.log(`${where}: ${what}`); };

const browser = await chromium.launch({ executablePath: binary, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", locale: "en-GB" });
const page = await context.newPage();
let place = "start";
page.on("console", (m) => { if (m.type() === "error") fault(place, `console: ${m.text()}`); });
page.on("request", (r) => {
  if (!r.url().startsWith(address)) fault(place, `asks for ${r.url()}`);
  if (r.url().endsWith("/reports")) fault(place, "a rule of the page was broken");
});
page.on("pageerror", (e) => fault(place, `script: ${e.message}`));

await page.goto(address + link);
await page.keyboard.press("Tab");
await page.locator("main button").focus();
await page.keyboard.press("Enter");
await page.waitForURL(/queue/);

const pages = { queue: "/queue?view=open", case: `/cases/${id}`, guide: `/cases/${id}/guides/verification`, proofs: `/cases/${id}/proofs`, search: "/search", rules: "/rules", settings: "/settings", audit: "/audit", policy: "/policy", terms: "/policy/terms", statistics: "/statistics", papers: "/papers", paper: "/papers/dpia", leaving: `/cases/${id}/offboarding`, siblings: `/cases/${id}/siblings`, demand: `/cases/${id}/demand`, drafts: `/cases/${id}/drafts`, draft: `/cases/${id}/drafts/report-de`, operator: `/operators/${operator}` };
const one = process.env.ONLY;
for (const lang of ["en", "de", "pt"]) {
  for (const theme of ["light", "dark"]) {
    if (lang !== "en" && theme === "dark") continue; // words differ, colours do not
    await context.addCookies([{ name: "lang", value: lang, url: address }, { name: "theme", value: theme, url: address }]);
    for (const [name, path] of Object.entries(pages)) {
      if (one && one !== name) continue;
      place = `${name} ${lang} ${theme}`;
      await page.setViewportSize({ width: 1280, height: 900 });
      const answer = await page.goto(address + path);
      if (answer.status() !== 200) { fault(place, `status ${answer.status()}`); continue; }
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) fault(`${place} ${width}`, `${over} px wider than the window`);
        if (shots !== "-" && width !== 320 && (lang === "en" || width === 1280)) await page.screenshot({ path: join(shots, `${name}_${lang}_${theme}_${width}.png`), fullPage: true });
        if (width === 1280 || (width === 320 && lang === "en" && theme === "light")) await rules(`${place} ${width}`);
      }
    }
  }
}

// The picture of an operator question: drawn when opened, walked by keyboard,
// and quick enough at four hundred nodes without a graphics card.
await context.clearCookies({ name: /lang|theme/ });
await page.setViewportSize({ width: 1280, height: 900 });
place = "graph";
await page.goto(`${address}/operators/${operator}`);
if (await page.evaluate(() => performance.getEntriesByType("resource").some((r) => r.name.includes("graph.")))) fault(place, "loaded before it was opened");
await page.locator("details[data-graph] summary").click();
await page.waitForFunction(() => document.querySelector("details[data-graph]").view?.frames > 5);
await page.locator("canvas").focus();
await page.keyboard.press("ArrowRight");
if (!(await page.textContent("#g-status")).trim()) fault(place, "the keyboard reaches no node");
await rules(place);
if (shots !== "-") await page.screenshot({ path: join(shots, "graph.png"), fullPage: true });
await page.keyboard.press("Enter");
await page.route("**/operators/*/graph", (route) => {
  const nodes = Array.from({ length: 400 }, (_, i) => ({ id: `n${i}`, label: `Node ${i}`, kind: i % 2 ? "record" : "phone" }));
  const edges = Array.from({ length: 900 }, (_, i) => ({ a: (i * 7) % 400, b: (i * 13 + 1) % 400, counted: i % 3 > 0 }));
  route.fulfill({ json: { nodes, edges, kinds: [{ kind: "phone", name: "Phone", n: 200 }] } });
});
await page.goto(`${address}/operators/${operator}`);
await page.locator("details[data-graph] summary").click();
await page.waitForFunction(() => document.querySelector("details[data-graph]").view?.frames > 5);
const rate = await page.evaluate(() => new Promise((done) => {
  const view = document.querySelector("details[data-graph]").view;
  const [from, start] = [view.frames, performance.now()];
  const keep = setInterval(() => view.wake(1), 100);
  setTimeout(() => { clearInterval(keep); done((view.frames - from) / (performance.now() - start) * 1000); }, 2000);
}));
if (process.env.FIGURES) console.error(`graph at 400 nodes: ${rate.toFixed(0)} frames a second`);
await page.unroute("**/operators/*/graph");

// A reviewer's path, by keys alone: open the queue, go to a case, read, ask for
// exactly what the first finding asks, back to the next: six key presses.
await context.clearCookies({ name: /lang|theme/ });
await page.setViewportSize({ width: 1280, height: 900 });
place = "keys";
await page.goto(`${address}/queue?view=review`);
let presses = 0;
const press = async (key) => { presses++; await page.keyboard.press(key); };
await press("j");
await Promise.all([page.waitForURL(/cases/), press("o")]);
const first = page.url();
await Promise.all([page.waitForURL(/done=/), press("a")]);
if (page.url().split("?")[0] === first.split("?")[0]) fault(place, "the next case does not follow");
if (presses > 6) fault(place, `${presses} key presses a case`);
await Promise.all([page.waitForURL((u) => u.pathname === new URL(first).pathname), press("u")]);
if (!(await page.textContent("main")).includes("taken back")) fault(place, "what was asked was not taken back");
await page.goto(`${address}/queue?view=review`);
await page.keyboard.press("?");
if (!await page.locator("dialog#keys").isVisible()) fault(place, "? shows no keys");
await page.keyboard.press("Escape");
await page.keyboard.press("/");
await page.keyboard.type("jkoc");
if (await page.inputValue("#find") !== "jkoc") fault(place, "single keys act while somebody types");
await context.addCookies([{ name: "keys", value: "off", url: address }]);
await page.goto(`${address}/queue?view=review`);
await page.keyboard.press("j");
if (await page.locator("tr.now").count() > 0) fault(place, "single keys act though they are off");
await browser.close();
process.exitCode = faults ? 1 : 0;

async function rules(where) {
  await page.evaluate(axe); // by the debugger, which the page's policy does not concern
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
  }));
  for (const v of violations) {
    for (const n of v.nodes.slice(0, 3)) fault(where, `axe ${v.id}: ${v.help}: ${n.target.join(" ")} ${n.html.slice(0, 160)}`);
  }
}
