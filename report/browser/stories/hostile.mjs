// Every hostile string as name, role, note, question, file name and word of the
// person: nothing executes, nothing asks for anything, the layout holds.
export default async (s) => {
  const ana = await s.person("ana", "reviewer");
  let pages = 0;
  const holds = async (w) => {
    pages++;
    const found = await w.page.evaluate(() => {
      const own = document.querySelectorAll("script").length;
      const foreign = [...document.querySelectorAll("*")].filter((e) => /^(script|iframe|object|embed|base|style|math|audio|video|img|image)$/i.test(e.localName) && !(e.localName === "script" && e.src.includes("/static/")) || [...e.attributes].some((a) => /^on/i.test(a.name) || a.name === "style" || /^\s*javascript:/i.test(a.value)));
      return [own, ...foreign.map((e) => e.outerHTML.slice(0, 120))];
    });
    if (found.length > 1) w.fault(`holds ${found.slice(1).join(" ")}`);
    const hidden = (await w.page.locator("body").innerText()).match(/[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u);
    if (hidden) w.fault(`hides U+${hidden[0].codePointAt(0).toString(16)}`);
    for (const width of [1280, 320]) {
      await w.page.setViewportSize({ width, height: 900 });
      await w.fits(width);
    }
  };
  const walk = async (w, from) => {
    for (let path = from; path; pages++) {
      await w.go(path);
      await holds(w);
      const next = w.page.locator("a[rel=next]");
      path = await next.count() ? await next.getAttribute("href") : "";
    }
  };
  for (const view of ["routine", "open", "closed"]) await walk(ana, `/queue?view=${view}`);
  for (const id of s.given.cases.split(" ")) {
    await ana.go(`/cases/${id}`);
    await holds(ana);
  }
  await ana.rules();
  for (const id of s.given.cases.split(" ").slice(0, 6)) {
    const me = await s.window(`the person of ${id}`);
    await me.go(await s.ask(`/invite?case=${id}`));
    await me.leads(() => me.button("p invite act").click());
    for (const path of ["/portal", "/portal/data"]) {
      await me.go(path);
      await holds(me);
    }
    await me.context.close();
  }
  if (await ana.page.evaluate(() => "hacked" in window)) ana.fault("something ran");
  s.said.push(`${s.given.strings} strings on ${pages} pages`);
};
