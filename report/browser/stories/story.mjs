// What every story needs: people with a window of their own, who walk by
// keyboard; the words of the pages in the story's language; a look at each page.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const here = (path) => new URL(path, import.meta.url);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const words = new Map();
for (const file of ["words.tsv", "portal_words.tsv"]) {
  for (const line of readFileSync(here(`../../../web/${file}`), "utf8").split("\n")) {
    const [key, ...langs] = line.split("\t");
    words.set(key, langs);
  }
}
const langs = ["en", "de", "pt"];
const locales = { en: "en-GB", de: "de-DE", pt: "pt-PT" };

export class Story {
  constructor(browser, { lang, address, helper, shots, pictures, given = {}, story }) {
    Object.assign(this, { browser, lang, address, helper, shots, pictures, given: given ?? {}, name: story, faults: [], said: [], windows: [] });
  }

  fault(what) { this.faults.push(what); }

  // say is a phrase of the pages in the story's language, its verbs filled.
  say(key, ...args) {
    const all = words.get(key);
    if (!all) throw new Error(`no phrase ${key}`);
    return all[langs.indexOf(this.lang)].replace(/%(\[\d\])?[dsv]/g, () => args.shift() ?? "…");
  }

  // ask speaks to the rest of the world: the post, the telephone, the clock.
  async ask(path, body) {
    const answer = await fetch(this.helper + path, body === undefined ? {} : { method: "POST", body });
    const text = (await answer.text()).trim();
    if (!answer.ok) throw new Error(`${path}: ${text}`);
    return text;
  }

  async window(who, options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", locale: locales[this.lang], ...options });
    const w = new Window(this, who, context, await context.newPage());
    w.scriptless = options.javaScriptEnabled === false;
    this.windows.push(w);
    return w;
  }

  // person is somebody of the house at the desk, signed in by keyboard.
  async person(who, ...roles) {
    const w = await this.window(who);
    await w.signIn(...roles);
    return w;
  }

  async close() { for (const w of this.windows) await w.context.close(); }
}

export class Window {
  scriptless = false;

  constructor(story, who, context, page) {
    Object.assign(this, { story, who, context, page, keys: 0, status: 200, expected: 0, looked: new Set() });
    page.on("console", (m) => { if (m.type() === "error" && !(this.expected && m.text().includes(`status of ${this.expected}`))) this.fault(`console: ${m.text()}`); });
    page.on("pageerror", (e) => this.fault(`script: ${e.message}`));
    page.on("dialog", (d) => { this.fault(`a dialog: ${d.message()}`); d.dismiss(); });
    page.on("request", (r) => {
      if (!/^data:/.test(r.url()) && !r.url().startsWith(story.address)) this.fault(`asks for ${r.url()}`);
      if (r.url().endsWith("/reports")) this.fault("a rule of the page was broken");
    });
    page.on("response", (r) => { if (r.request().isNavigationRequest() && r.frame() === page.mainFrame()) this.status = r.status(); });
  }

  at() { return new URL(this.page.url()).pathname; }
  fault(what) { this.story.fault(`${this.who} at ${this.at()}: ${what}`); }
  say(key, ...args) { return this.story.say(key, ...args); }
  button(key, ...args) { return this.page.getByRole("button", { name: new RegExp("^" + escape(this.say(key, ...args)) + "( .)?$") }); }
  link(key, ...args) { return this.page.getByRole("link", { name: this.say(key, ...args), exact: true }); }
  main() { return this.page.locator("main").innerText(); }

  async signIn(...roles) {
    const path = await this.story.ask(`/sign-in?${new URLSearchParams({ who: this.who, roles: roles.join(" ") })}`);
    if (this.signed) { // who has signed in before does so in another tab
      await this.context.request.post(this.story.address + path);
      return;
    }
    this.signed = true;
    await this.go(path);
    await this.enter(this.button("link use"));
  }

  async go(path, status = 200) {
    this.expected = status === 200 ? 0 : status;
    await this.page.goto(path.startsWith("http") ? path : this.story.address + path);
    await this.arrived(status);
  }

  async arrived(status) {
    if (this.status !== status) this.fault(`status ${this.status}, not ${status}: ${(await this.page.locator("body").innerText()).slice(0, 300)}`);
    this.expected = 0;
  }

  // leads waits for the page that an act leads to.
  async leads(act, status = 200) {
    this.expected = status === 200 ? 0 : status;
    await Promise.all([this.page.waitForEvent("load"), act()]);
    await this.arrived(status);
  }

  async key(key) { this.keys++; await this.page.keyboard.press(key); }

  // reach walks to something by the tabulator alone, and sees that it shows. What
  // surely lies between is passed without looking.
  async reach(target) {
    const element = await target.first().elementHandle({ timeout: 10_000 });
    let ahead = await element.evaluate((e) => {
      const stops = [...document.querySelectorAll("a[href], button:enabled, input:enabled:not([type=radio], [type=hidden]), select, textarea, summary")].filter((x) => x.checkVisibility());
      const from = stops.findIndex((x) => x === document.activeElement);
      return stops.indexOf(e) - from - 1;
    });
    for (let i = 0; i < 600; i++) {
      const [there, ring] = await element.evaluate((e) => {
        if (document.activeElement !== e) return [false];
        const s = getComputedStyle(e);
        return [true, s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none"];
      });
      if (there) {
        if (i > 0 && !ring) this.fault(`where the keyboard is does not show: ${(await element.evaluate((e) => e.outerHTML)).slice(0, 120)}`);
        return;
      }
      const steps = Math.max(1, ahead);
      ahead = 0;
      await Promise.all(Array.from({ length: steps }, () => this.page.keyboard.press("Tab")));
    }
    throw new Error(`${this.who} at ${this.at()}: the tabulator does not reach ${target}`);
  }

  // enter presses a button or link by keyboard and waits for where it leads.
  async enter(target, status = 200) {
    await this.reach(target);
    await this.leads(() => this.page.keyboard.press("Enter"), status);
  }

  async unfold(summary) {
    await this.reach(summary);
    await this.page.keyboard.press("Enter");
  }

  async choose(radio) {
    if (await radio.evaluate((e) => e.type === "radio")) { // one stop for a group, arrows within it
      const group = this.page.locator(`input[type=radio][name="${await radio.getAttribute("name")}"]:not(:disabled)`);
      const on = group.and(this.page.locator(":checked"));
      await this.reach(await on.count() ? on : group);
      for (let i = 0; i < 9 && !await radio.isChecked(); i++) await this.page.keyboard.press(await on.count() ? "ArrowDown" : "Space");
      if (!await radio.isChecked()) this.fault("the arrows do not reach a choice");
      return;
    }
    await this.reach(radio);
    await this.page.keyboard.press("Space");
  }

  async type(field, text) {
    await this.reach(field);
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(text);
  }

  // pick chooses an entry of a list by its value.
  async pick(list, value) {
    await this.reach(list);
    await list.selectOption(value);
  }

  // set fills what a keyboard types piece by piece: a day, a moment.
  async set(field, value) {
    await this.reach(field);
    await field.fill(value);
  }

  async says(...phrases) {
    const all = (await this.main()).replaceAll(/\s+/g, " ");
    for (const p of phrases) {
      if (!all.includes(p.replaceAll(/\s+/g, " "))) this.fault(`does not say “${p}”: ${all.slice(0, 600)}`);
    }
  }

  // look takes a page in: its language, its width down to 320 px, axe-core in
  // both themes, and a picture where pictures are wanted.
  async look(name) {
    const { page, story } = this;
    const lang = await page.getAttribute("html", "lang");
    if (!lang?.startsWith(story.lang)) this.fault(`is in ${lang}`);
    if ((await page.content()).includes("⟦")) this.fault("a phrase is missing");
    if (!this.looked.has(name)) {
      this.looked.add(name);
      await this.rules();
      if (story.given.plain !== "yes") { // colours do not differ by language
        await page.emulateMedia({ colorScheme: "dark" });
        await this.rules(["color-contrast", "link-in-text-block"]);
        await page.emulateMedia({ colorScheme: "light" });
      }
    }
    const size = page.viewportSize();
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await this.fits(width);
    }
    await page.setViewportSize(size);
    await this.shot(name);
  }

  async fits(width) {
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) this.fault(`at ${width} px ${over} px wider than the window`);
  }

  async rules(only) {
    await this.script(true);
    await this.page.evaluate(axe); // by the debugger, which the page's policy does not concern
    const { violations } = await this.page.evaluate((only) => window.axe.run(document, {
      runOnly: only ? { type: "rule", values: only } : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
    }), only);
    await this.script(false);
    for (const v of violations) {
      for (const n of v.nodes.slice(0, 3)) this.fault(`${only ? "dark: " : ""}axe ${v.id}: ${v.help}: ${n.target.join(" ")} ${n.html.slice(0, 160)}`);
    }
  }

  // script lets axe-core have timers on a page of somebody without script: without
  // them it never ends. What the page itself brought was not run and stays so.
  async script(on) {
    if (!this.scriptless) return;
    this.debugger ??= await this.context.newCDPSession(this.page);
    if (on) await this.debugger.send("Emulation.setScriptExecutionDisabled", { value: true }); // what a debugger set is what it can take back
    await this.debugger.send("Emulation.setScriptExecutionDisabled", { value: !on });
  }

  async shot(name) {
    const { page, story: { shots, pictures, lang } } = this;
    if (pictures) await this.picture(name, pictures);
    if (!shots) return;
    const size = page.viewportSize();
    for (const theme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: theme });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: join(shots, `${name}-${lang}-${theme}-${width}.png`), fullPage: true });
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(size);
  }

  // picture is what the documents show of a page: its first view, at a desk, or
  // on a telephone where people would have it there.
  async picture(name, folder) {
    const { page } = this;
    const size = page.viewportSize();
    const width = this.who === "the person" ? 390 : 1280;
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    const camera = await this.context.newCDPSession(page);
    for (const theme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: theme });
      const { data } = await camera.send("Page.captureScreenshot", { format: "webp", quality: 60 });
      writeFileSync(join(folder, `${name}${theme === "dark" ? "-dark" : ""}.webp`), Buffer.from(data, "base64"));
    }
    await camera.detach();
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(size);
  }
}

function escape(text) { return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }
