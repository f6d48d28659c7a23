// What connectors may ask: less is in force at once, more when another person has
// confirmed what they read.
export default async (s) => {
  const at = "/connectors";
  const ana = await s.person("ana", "admin");
  await ana.go(at);
  const form = ana.page.locator('form[action$="/ask"]');
  const ask = async (hosts, budget, status) => {
    if (!(await form.isVisible())) await ana.unfold(ana.page.locator("summary", { hasText: s.say("may ask change") }));
    await ana.type(form.locator("[name=hosts]"), hosts);
    await ana.type(form.locator("[name=budget]"), budget);
    await ana.enter(ana.button("may ask ask"), status);
  };
  await ask("api.example", "500");
  await ana.says("api.example");
  await ask("api.example", "600000");
  await ana.says(s.say("webhook waits own"));
  await ana.look("limits-asked");

  const ben = await s.person("ben", "admin");
  await ben.go(at);
  await ben.says(s.say("webhook waits"));
  await ben.look("limits-waits");

  // Ana asks for other limits meanwhile: Ben confirms nothing that he has not read.
  await ask("api.example", "700000");
  const confirm = ben.button("may ask confirm");
  await ben.enter(confirm, 409);
  await ben.says(s.say("sorry conflict"));
  await ben.enter(confirm);
  if ((await ben.main()).includes(s.say("webhook waits"))) ben.fault("it waits still");
  // Her page is from before that: told so, with what she typed.
  await ask("api.example".repeat(30), "500000", 409);
  await ana.says(s.say("sorry conflict"));
  if (await form.locator("[name=budget]").inputValue() !== "500000") ana.fault("what was typed is lost");
  await ana.look("limits-stale");
};
