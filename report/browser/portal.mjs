// Walks a person's own page in a real Chromium: first the whole path of tier T1
// without script, on a telephone, with the test wallet of the house's tests; then
// every page by axe-core in three languages and two widths, by keyboard focus and
// in both themes. Says what is wrong, one line a fault; the last line is how many
// seconds the path took.
//   node portal.mjs CHROMIUM SHOTS|- ADDRESS INVITATION HELPER SECOND-INVITATION|-
// HELPER answers /mail (last code by mail), /call (last code by telephone) and
// /wallet?link=… (where the wallet sends the person back).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [binary, shots, address, invitation, helper, second] = process.argv.slice(2);
let faults = 0;
const fault = (where, what) => { faults++; console.log(`${where}: ${what}`); };
const ask = async (path) => (await (await fetch(helper + path)).text()).trim();

const browser = await chromium.launch({ executablePath: binary, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
let place = "path";

async function guarded(options) {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", ...options });
  const page = await context.newPage();
  page.on("console", (m) => { if (m.type() === "error" && !(place === "chip" && m.text().includes("400"))) fault(place, `console: ${m.text()}`); });
  page.on("request", (r) => {
    if (!r.url().startsWith(address)) fault(place, `asks for ${r.url()}`);
    if (r.url().endsWith("/reports")) fault(place, "a rule of the page was broken");
  });
  return page;
}

// The path, without script, 360 px wide, by thumbs.
const began = Date.now();
const page = await guarded({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false, hasTouch: true, isMobile: true });
const press = async (name) => { await page.getByRole("button", { name, exact: true }).first().click(); };
const step = async (id) => { place = `path ${id}`; await page.goto(`${address}/portal/steps/${id}`); };
await page.goto(invitation);
await press("Open my page");
if (!(await page.locator("h1").innerText()).startsWith("Still open: 6")) fault(place, await page.locator("h1").innerText());
await step("mail");
await press("Send me a code");
await page.fill("#f-code", await ask("/mail"));
await press("Confirm");
await step("phone");
await press("Call me");
await page.fill("#f-code", await ask("/call"));
await press("Confirm");
await step("reference");
await page.fill("#f-name", "Bea Beispiel");
await page.fill("#f-organisation", "Meridian Works");
await page.fill("#f-email", "bea@meridian-works.example");
await press("Name this person");
await step("identity");
await press("My wallet is on this device");
await page.goto(address + await ask(`/wallet?link=${encodeURIComponent(await page.locator("#wallet-link").getAttribute("href"))}`));
await step("payee");
await page.fill("#f-value", "PT50 0002 0123 1234 5678 9015 4");
await page.fill("#f-holder", "Ana Muster");
await press("Give this account");
await step("delivery");
for (const [field, value] of Object.entries({ name: "Ana Muster", line: "Rua das Flores 12", city: "Porto", postcode: "4050-262", country: "PT" })) await page.fill(`#f-${field}`, value);
await press("Give this address");
place = "path end";
if (await page.locator("h1").innerText() !== "Nothing is asked of you now.") fault(place, await page.locator("h1").innerText());
const took = (Date.now() - began) / 1000;
if (took > 180) fault("path", `${took} seconds`);
if (shots !== "-") await page.screenshot({ path: join(shots, "portal_done_360.png"), fullPage: true });

// A house is looked at once; on the other database the path is enough.
if (second === "-") {
  await browser.close();
  console.log(took.toFixed(1));
  process.exit(faults ? 1 : 0);
}

// Every page, with axe, on a telephone and at a desk, in three languages.
const see = await guarded({ viewport: { width: 390, height: 800 } });
place = "invitation";
await see.goto(second);
await rules("invitation");
await see.getByRole("button", { name: "Open my page" }).click();
const pages = { portal: "/portal", data: "/portal/data", again: "/portal/again", report: "/identity-report" };
for (const id of ["mail", "phone", "code", "reference", "identity", "payee", "delivery"]) pages[id] = `/portal/steps/${id}`;
pages.sent = "/portal/steps/mail?sent=yes";
for (const lang of ["en", "de", "pt"]) {
  for (const [name, path] of Object.entries(pages)) {
    place = `${name} ${lang}`;
    const answer = await see.goto(`${address}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
    if (answer.status() !== 200) { fault(place, `status ${answer.status()}`); continue; }
    for (const width of [320, 390, 1280]) {
      await see.setViewportSize({ width, height: 800 });
      const over = await see.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) fault(`${place} ${width}`, `${over} px wider than the window`);
      if (shots !== "-" && width === 390) await see.screenshot({ path: join(shots, `portal_${name}_${lang}.png`), fullPage: true });
      if (width === 320 || lang === "en" && width === 1280) await rules(`${place} ${width}`);
    }
    for (const box of await see.locator("main a, main button, main summary, main input, main select, main textarea").all()) {
      const b = await box.boundingBox();
      if (b && b.height < 24) fault(place, `${b.height} px high: ${(await box.innerText().catch(() => "")).slice(0, 40)}`);
    }
  }
}
await see.emulateMedia({ colorScheme: "dark" });
for (const path of ["/portal?lang=en", "/portal/steps/identity"]) {
  place = `dark ${path}`;
  await see.goto(address + path);
  await rules(place);
}
// The page with a code to scan, and the files of a chip.
await see.emulateMedia({ colorScheme: "light" });
place = "scan";
await see.getByRole("button", { name: "My wallet is on another device" }).click();
if (!await see.locator("svg.qr").isVisible()) fault(place, "no code to scan");
await rules(place);
if (shots !== "-") await see.screenshot({ path: join(shots, "portal_scan.png"), fullPage: true });
place = "chip";
await see.goto(`${address}/portal/steps/identity`);
await see.getByRole("button", { name: "I have the files of the chip" }).click();
await rules(place);
await see.setInputFiles("#f-files", [{ name: "x.bin", mimeType: "application/octet-stream", buffer: Buffer.from("noise") }]);
const [bad] = await Promise.all([see.waitForResponse((r) => r.url().endsWith("/files")), see.getByRole("button", { name: "Send the files" }).click()]);
if (bad.status() !== 400) fault(place, `noise as a chip: ${bad.status()}`);
await rules("chip refused");
await browser.close();
console.log(took.toFixed(1));
process.exitCode = faults ? 1 : 0;

async function rules(where) {
  await see.evaluate(axe); // by the debugger, which the page's policy does not concern
  const { violations } = await see.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
  }));
  for (const v of violations) {
    for (const n of v.nodes.slice(0, 3)) fault(where, `axe ${v.id}: ${v.help}: ${n.target.join(" ")} ${n.html.slice(0, 160)}`);
  }
}
