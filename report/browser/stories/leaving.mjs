// Off-board a worker and find a token that is still alive.
export default async (s) => {
  const at = `/cases/${s.given.case}`;
  const ana = await s.person("ana", "lead");
  await ana.go(`${at}/guides/insider`);
  await ana.look("guide-closed");
  await ana.enter(ana.button("guide open"));
  await ana.look("guide");
  await ana.type(ana.page.locator("#circle-people"), "ana, ben");
  await ana.type(ana.page.locator("#circle-basis"), "Two devices, one desk.");
  await ana.enter(ana.page.locator("#s-circle").getByRole("button", { name: s.say("step done") }));

  // The inventory, the moment, the confirmations.
  await ana.go(`${at}/offboarding`);
  await ana.look("leaving-empty");
  await ana.type(ana.page.locator("#items"), "token,forge,ci deploy token with a long name that nobody shortens\nvpn,gate,x\ndevice,mdm,laptop");
  await ana.enter(ana.page.locator('button[name=do][value=items]'));
  const minutes = (n) => new Date(Date.now() - n * 60_000).toISOString().slice(0, 19);
  await ana.set(ana.page.locator("#cut"), minutes(30).slice(0, 16));
  await ana.enter(ana.page.locator('button[name=do][value=cut]'));
  const record = async (n, act, ago, words, status) => {
    const row = ana.page.locator(`#a-${n}`);
    await ana.unfold(row.locator("summary"));
    await ana.set(row.locator("[name=at]"), minutes(ago));
    await ana.type(row.locator("[name=words]"), words);
    await ana.enter(row.locator(`button[value=${act}]`), status);
  };
  await record(1, "confirm", 29, "log of the forge");
  await record(2, "confirm", 12, "log of the gate");
  await ana.says(s.say("open of", 1, 3));

  // A step was recorded in another tab meanwhile: it is said, and what was typed stays.
  const mark = await ana.page.locator("[name=mark]").first().inputValue();
  await ana.context.request.post(`${s.address}${at}/offboarding`, { form: { mark, do: "seen", item: "3", words: "asset register" } });
  await record(1, "seen", 5, "a push to main", 409);
  await ana.says(s.say("sorry conflict"), "asset register");
  await ana.look("leaving-stale");
  await ana.enter(ana.page.locator("#a-1 button[value=seen]"));

  // The token lives: it is said in words, and it is open again.
  await ana.says(s.say("cut alive"), s.say("cut late"), s.say("open of", 2, 3), s.say("gap"));
  await ana.look("leaving");

  // The laptop comes back as another; a wage is held by two people, lifted by one.
  await ana.go(`${at}/settlement`);
  await ana.unfold(ana.page.locator("details summary", { hasText: s.say("settle add device") }));
  await ana.type(ana.page.locator("#device"), "laptop 7");
  await ana.type(ana.page.locator("#serial"), "SN-100");
  await ana.enter(ana.page.locator("button[value=device]"));
  await ana.unfold(ana.page.locator("details summary", { hasText: s.say("handback record") }));
  await ana.type(ana.page.locator("#s-1"), "SN-200");
  await ana.enter(ana.page.locator("button[value=back]"));
  await ana.says("SN-100 → SN-200");
  await ana.unfold(ana.page.locator("details summary", { hasText: s.say("settle add pay") }));
  await ana.type(ana.page.locator("#what"), "2026-10");
  await ana.set(ana.page.locator("#pdue"), "2026-10-31");
  await ana.enter(ana.page.locator("button[value=pay]"));
  await ana.unfold(ana.page.locator("details summary", { hasText: s.say("hold ask") }));
  await ana.type(ana.page.locator("#v-1"), "counsel");
  await ana.type(ana.page.locator("#b-1"), "asset freeze");
  await ana.enter(ana.page.locator("button[value=ask-hold]"));
  await ana.says(s.say("anyone but first"));
  await ana.look("settlement");
  await ana.type(ana.page.locator("#y-1"), "The doubt was wrong.");
  await ana.enter(ana.page.locator("button[value=lift]"));
  await ana.says(s.say("pay lifted"), "The doubt was wrong.");
  await ana.go(`${at}/siblings`);
  await ana.look("siblings");
  await ana.go(`${at}/drafts`);
  await ana.look("drafts");
  await ana.enter(ana.page.locator('a[href$="/drafts/report-de"]'));
  await ana.look("draft");

  // To whoever is outside of the circle there is no such case.
  const eve = await s.person("eve", "reviewer");
  await eve.go(at, 404);
  await eve.go(`${at}/offboarding`, 404);
  await eve.look("missing");
};
