// Every page of the desk as it stands on the example; the picture of an operator
// question; what the first view weighs.
export default async (s) => {
  const { case: id, operator } = s.given;
  const ana = await s.person("ana", "reviewer", "lead", "auditor", "admin");
  const pages = {
    queue: "/queue?view=open",
    case: `/cases/${id}`,
    guide: `/cases/${id}/guides/verification`,
    proofs: `/cases/${id}/proofs`,
    circle: `/cases/${id}/circle`,
    "hand-in": "/hand-in",
    "hand-in-case": `/cases/${id}/hand-in`,
    search: "/search",
    rules: "/rules",
    settings: "/settings",
    webhooks: "/settings/webhooks",
    audit: "/audit",
    connectors: "/connectors",
    policy: "/policy",
    terms: "/policy/terms",
    playbooks: "/playbooks",
    playbook: "/playbooks/insider",
    tour: "/tour/3",
    statistics: "/statistics",
    papers: "/papers",
    paper: "/papers/dpia",
    leaving: `/cases/${id}/offboarding`,
    settlement: `/cases/${id}/settlement`,
    siblings: `/cases/${id}/siblings`,
    demand: `/cases/${id}/demand`,
    drafts: `/cases/${id}/drafts`,
    draft: `/cases/${id}/drafts/report-de`,
    operator: `/operators/${operator}`,
    "queue-empty": "/queue?view=mine",
  };
  for (const [name, path] of Object.entries(pages)) {
    if (process.env.ONLY && process.env.ONLY !== name) continue;
    await ana.go(path);
    await ana.look(name);
  }
  await ana.go("/nothing-here", 404);
  await ana.look("missing");
  const stranger = await s.window("a stranger");
  await stranger.go("/sign-in");
  await stranger.look("sign-in");

  await graph(s, ana, operator);
  await weight(s);
};

// Drawn when opened, walked by keyboard, quick enough at four hundred nodes.
async function graph(s, ana, operator) {
  const { page } = ana;
  await ana.go(`/operators/${operator}`);
  if (await page.evaluate(() => performance.getEntriesByType("resource").some((r) => r.name.includes("graph.")))) ana.fault("the graph is loaded before it is opened");
  await ana.unfold(page.locator("details[data-graph] summary"));
  const drawn = () => page.waitForFunction(() => document.querySelector("details[data-graph]").view?.frames > 5);
  await drawn();
  await ana.reach(page.locator("canvas"));
  await page.keyboard.press("ArrowRight");
  if (!(await page.textContent("#g-status")).trim()) ana.fault("the keyboard reaches no node");
  await ana.look("graph");
  await page.keyboard.press("Enter");
  await page.route("**/operators/*/graph", (route) => {
    const nodes = Array.from({ length: 400 }, (_, i) => ({ id: `n${i}`, label: `Node ${i}`, kind: i % 2 ? "record" : "phone" }));
    const edges = Array.from({ length: 900 }, (_, i) => ({ a: (i * 7) % 400, b: (i * 13 + 1) % 400, counted: i % 3 > 0 }));
    route.fulfill({ json: { nodes, edges, kinds: [{ kind: "phone", name: "Phone", n: 200 }] } });
  });
  await ana.go(`/operators/${operator}`);
  await ana.unfold(page.locator("details[data-graph] summary"));
  await drawn();
  const rate = await page.evaluate(() => new Promise((done) => {
    const view = document.querySelector("details[data-graph]").view;
    const [from, start] = [view.frames, performance.now()];
    const keep = setInterval(() => view.wake(1), 100);
    setTimeout(() => { clearInterval(keep); done((view.frames - from) / (performance.now() - start) * 1000); }, 1000);
  }));
  s.said.push(`graph at 400 nodes: ${rate.toFixed(0)} frames a second`);
  await page.unroute("**/operators/*/graph");
}

// The first view of somebody whose browser has kept nothing: its bytes as they
// travel are held to a bound, its time is only said.
async function weight(s) {
  for (const [name, path] of [["queue", "/queue?view=open"], ["case", `/cases/${s.given.case}`]]) {
    const ben = await s.window("ben");
    const way = await s.ask("/sign-in?who=ben&roles=reviewer");
    await ben.context.request.post(s.address + way);
    await ben.go(path);
    const [bytes, usable] = await ben.page.evaluate(() => {
      const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
      return [all.reduce((n, e) => n + e.transferSize, 0), performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd];
    });
    if (bytes > 150 * 1024 || bytes === 0) ben.fault(`the first view of ${name} weighs ${bytes} bytes`);
    s.said.push(`first view of ${name}: ${(bytes / 1024).toFixed(0)} KiB, usable after ${usable.toFixed(0)} ms`);
    await ben.context.close();
  }
}
