// Triage a morning's queue: by single keys from case to case, ask for exactly
// what a finding asks, take it back, take a case, ask several, keep a filter.
export default async (s) => {
  const ana = await s.person("ana", "reviewer");
  if (ana.at() !== "/queue") ana.fault("does not land on the queue");
  await ana.look("queue");
  await ana.go("/queue?view=open");
  const waiting = await ana.page.locator("tr[data-case]").count();

  // Two cases: three key presses, then one, because the next follows by itself.
  ana.keys = 0;
  await ana.key("j");
  await ana.leads(() => ana.key("o"));
  const first = ana.at();
  await ana.look("case");
  await ana.leads(() => ana.key("a"));
  const second = ana.at();
  if (ana.keys > 6) ana.fault(`${ana.keys} key presses for a case`);
  if (second === first || !second.startsWith("/cases/")) ana.fault("the next case does not follow");
  s.said.push(`${ana.keys} key presses for the first case`);
  ana.keys = 0;
  await ana.leads(() => ana.key("a"));
  s.said.push(`${ana.keys} for the next`);

  // The last act is taken back, where one lands then.
  await ana.leads(() => ana.key("u"));
  if (ana.at() !== second) ana.fault("what was undone is not what was done");
  await ana.says(s.say("request withdrawn"));
  await ana.leads(() => ana.key("c"));
  await ana.key("n");
  await ana.page.keyboard.insertText("Die Bank ruft zurück · o banco responde.");
  await ana.enter(ana.button("keep note"));
  await ana.says("Die Bank ruft zurück · o banco responde.");

  // Somebody else sees whose hands it is in.
  const ben = await s.person("ben", "reviewer");
  await ben.go(second);
  const hands = (await ben.page.locator(".case-head .who").innerText()).trim();
  if (hands.includes(s.say("nobody"))) ben.fault(`does not see that it is taken: ${hands}`);

  // Several at once, with a look at who is left out.
  await ana.go("/queue?view=verify");
  for (const key of "jxjx") await ana.key(key);
  await ana.enter(ana.button("ask several"));
  await ana.look("ask-several");
  await ana.says(s.say("bulk goes", 2));
  await ana.type(ana.page.locator("#text"), "Please send a document of your own choice.");
  await ana.enter(ana.button("bulk send", 2));
  if (!ana.page.url().includes("done=2")) ana.fault("two people were not asked");

  // A filter of one's own, then the one search box.
  await ana.go("/queue?view=review&tier=T1");
  await ana.unfold(ana.page.locator("details summary", { hasText: s.say("save filter") }));
  await ana.type(ana.page.locator("#filter-name"), "T1");
  await ana.enter(ana.button("save filter").first());
  if (!ana.page.url().includes("tier=T1")) ana.fault("the filter is forgotten");
  await ana.key("/");
  await ana.page.keyboard.insertText("nobody@example.org");
  await ana.leads(() => ana.page.keyboard.press("Enter"));
  await ana.look("search");

  await ana.go("/queue?view=open");
  if (await ana.page.locator("tr[data-case]").count() > waiting) ana.fault("the queue grew");

  // What single keys must not do: act while somebody types, or when switched off.
  await ana.key("?");
  if (!await ana.page.locator("dialog#keys").isVisible()) ana.fault("? shows no keys");
  await ana.rules();
  await ana.key("Escape");
  await ana.key("/");
  await ana.page.keyboard.type("jkoc");
  if (await ana.page.inputValue("#find") !== "jkoc") ana.fault("single keys act while somebody types");
  await ana.go("/settings");
  await ana.look("settings");
  await ana.unfold(ana.page.locator("details summary", { hasText: s.say("keys own") }));
  await ana.type(ana.page.locator("[name=key-a]"), "h"); // next is h, and j does nothing
  await ana.enter(ana.button("save settings"));
  await ana.go("/queue?view=open");
  await ana.key("j");
  if (await ana.page.locator("tr.now").count() > 0) ana.fault("a key acts that was moved away");
  await ana.key("h");
  if (await ana.page.locator("tr.now").count() === 0) ana.fault("a key that was moved does not act");
  await ana.go("/settings");
  await ana.choose(ana.page.locator("input[name=keys][value=off]"));
  await ana.enter(ana.button("save settings"));
  await ana.go("/queue?view=open");
  await ana.key("j");
  if (await ana.page.locator("tr.now").count() > 0) ana.fault("single keys act though they are off");
};
