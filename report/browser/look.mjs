// Opens pages of the report in a real Chromium and says what is wrong with them,
// one line a fault; silence and exit 0 mean nothing is wrong.
//   node look.mjs CHROMIUM SHOTS|- PAGE.html…
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [binary, shots, ...pages] = process.argv.slice(2);
let faults = 0;
const fault = (where, what) => { faults++; console.log(`${where}: ${what}`); };

const browser = await chromium.launch({ executablePath: binary, args: ["--no-sandbox", "--disable-gpu"] });
for (const file of pages) {
  const url = pathToFileURL(file).href;
  const first = file === pages[0]; // the others differ in words or in size, not in rules
  for (const colorScheme of first || shots !== "-" ? ["light", "dark"] : ["light"]) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    const at = (width) => `${basename(file, ".html")} ${colorScheme} ${width}`;
    page.on("console", (m) => { if (m.type() === "error") fault(at("any"), `console: ${m.text()}`); });
    page.on("request", (r) => { if (r.url() !== url) fault(at("any"), `asks for ${r.url()}`); });
    await page.goto(url);
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) fault(at(width), `${overflow} px wider than the window`);
      if (shots !== "-" && width !== 320) {
        await page.screenshot({ path: join(shots, `${at(width).replaceAll(" ", "_")}.png`), fullPage: true });
      }
      if (shots !== "-" && first && width === 1280 && colorScheme === "light") { // docs/screenshot.png
        await page.screenshot({ path: join(shots, "screenshot.png"), fullPage: true, clip: { x: 40, y: 0, width: 1200, height: 1660 } });
      }
      if (width === 1280 || (first && width === 320 && colorScheme === "light")) await rules(page, at(width));
    }
    const weight = await page.evaluate(() => getComputedStyle(document.querySelector("h1")).fontWeight);
    if (weight !== "600") fault(at("any"), "the style does not apply: is its hash the one in the policy?");
    await page.setViewportSize({ width: 1280, height: 900 });
    if (first && colorScheme === "light") await filters(page, at(1280));
    await context.close();
  }
  await print(url, basename(file, ".html"));
}
await browser.close();
process.exitCode = faults ? 1 : 0;

// WCAG 2.2 AA and good practice, as far as a machine can tell.
async function rules(page, where) {
  await page.evaluate(axe); // by the debugger, which the page's policy does not concern
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  }));
  for (const v of violations) {
    for (const n of v.nodes.slice(0, 3)) fault(where, `axe ${v.id}: ${v.help}: ${n.target.join(" ")} ${n.html.slice(0, 160)}`);
  }
}

// Every choice shows exactly the cases that carry its class, by keyboard alone.
async function filters(page, where) {
  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.className);
  if (first !== "skip") fault(where, "the first thing the keyboard reaches is not the way to the content");
  const shown = () => page.evaluate(() => [...document.querySelectorAll(".case")].filter((c) => c.offsetParent).map((c) => c.className));
  const radios = await page.evaluate(() => [...document.querySelectorAll(".filters input")].map((i) => [i.name, i.id]));
  const all = (await shown()).length;
  for (const [name, id] of radios) {
    if (name === "family") await page.evaluate(() => { document.querySelector("#only-all").checked = true; });
    const label = page.locator(`label:has(#${id})`);
    await label.click();
    const now = (await shown()).length;
    const said = Number((await label.textContent()).replace(/\D+/g, "") || "0");
    if (name === "only" && said > 9 && now !== said) fault(where, `${id} says ${said}, shows ${now}`);
    if (now === 0 || now > all) fault(where, `${id} shows ${now} of ${all}`);
    if (name === "only" && id !== "only-all" && id !== "only-asked" && now === all) fault(where, `${id} leaves nothing out`);
  }
  for (const [name, id] of radios) { // a pair that fits nothing says so
    if (name !== "only") continue;
    await page.evaluate((id) => { document.getElementById(id).checked = true; }, id);
    for (const [other, fam] of radios) {
      if (other !== "family") continue;
      await page.evaluate((id) => { document.getElementById(id).checked = true; }, fam);
      const none = await page.evaluate(() => !!document.querySelector(".none").offsetParent);
      if (none !== ((await shown()).length === 0)) fault(where, `${id} with ${fam}: silent, or speaks too soon`);
    }
  }
}

// On paper: the filters go, what is folded opens.
async function print(url, name) {
  const page = await browser.newPage({ viewport: { width: 700, height: 900 } });
  await page.goto(url);
  await page.emulateMedia({ media: "print" });
  const bad = await page.evaluate(() => {
    const filters = document.querySelector(".filters");
    return (filters && filters.offsetParent ? "filters are printed; " : "") +
      (document.documentElement.scrollWidth > document.documentElement.clientWidth ? "wider than the paper" : "");
  });
  if (bad) fault(`${name} print`, bad);
  if ((await page.pdf({ format: "A4" })).length < 10000) fault(`${name} print`, "an empty page");
  await page.close();
}
