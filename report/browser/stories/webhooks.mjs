// Where messages go: one person asks for an address and has its secret once,
// another confirms it; so is another address; to end it needs nobody else.
export default async (s) => {
  const at = "/settings/webhooks";
  const ana = await s.person("ana", "admin");
  await ana.go("/settings");
  await ana.enter(ana.link("webhooks"));
  await ana.look("webhooks-none");
  await ana.type(ana.page.locator("#u-new"), "https://ats.example/a-long-path/that/nobody/shortens/bonafide");
  await ana.enter(ana.button("webhook ask"), 400);
  await ana.says(s.say("webhook events wrong"));
  await ana.choose(ana.page.locator('#n-h ~ form [value="case.changed"]'));
  await ana.enter(ana.button("webhook ask"));
  await ana.says("whsec_", s.say("webhook waits own"));
  await ana.look("webhook-secret");
  await ana.go(at);
  if ((await ana.main()).includes("whsec_")) ana.fault("shows the secret again");

  const ben = await s.person("ben", "admin");
  await ben.go(at);
  await ben.says(s.say("webhook waits"));
  await ben.look("webhooks-waits");
  const confirm = ben.page.locator('form[action$="/confirm"] button');
  await ben.enter(confirm);
  await ben.says(s.say("webhook in force"));

  // Ana changes it in a page from before: told so, with what she typed.
  await ana.unfold(ana.page.locator("#l-h").locator("xpath=../..").locator("summary", { hasText: s.say("webhook change") }));
  await ana.type(ana.page.locator(".run [name=url]"), "https://ats.example/other");
  await ana.enter(ana.button("webhook ask change"), 409);
  await ana.says(s.say("sorry conflict"));
  if (await ana.page.inputValue(".run [name=url]") !== "https://ats.example/other") ana.fault("what was typed is lost");
  await ana.look("webhook-stale");
  await ana.enter(ana.button("webhook ask change"));
  await ana.says(s.say("webhook changed to"), s.say("webhook waits own"));
  await ben.go(at);
  await ben.enter(confirm);
  await ben.says("https://ats.example/other", s.say("webhook in force"));
  await ben.unfold(ben.page.locator("summary", { hasText: s.say("webhook end") }));
  await ben.enter(ben.button("webhook end now"));
  await ben.says(s.say("webhooks none"));
};
