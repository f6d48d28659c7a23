// Take in an extortion mail and hand over the package: nobody answers, nobody
// pays, a circle of named people sees it, two of them hand it over.

export default async (s) => {
  const at = `/cases/${s.given.case}`;
  const ana = await s.person("ana", "lead");
  const ben = await s.person("ben", "reviewer");
  await ana.go(at);
  await ana.enter(ana.link("demand"));
  await ana.look("demand-empty");
  await ana.type(ana.page.locator("#message"), s.given.message);
  await ana.enter(ana.page.locator('button[name=do][value=take]'));
  await ana.says("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "2 BTC");
  await ana.enter(ana.button("demand compare"));
  await ana.says(s.say("demand not clearance"), s.say("demand nobody"));
  await ana.look("demand");
  await ben.go(at, 404);

  // Who may see it is a list of names.
  await ana.go(at);
  await ana.enter(ana.link("circle"));
  await ana.type(ana.page.locator("#address"), "ben@example.org");
  await ana.enter(ana.button("circle admit"));
  await ana.look("circle");
  await ben.go(at);

  // The playbook: there is no step that pays.
  await ana.go(`${at}/guides/extortion`);
  await ana.enter(ana.button("guide open"));
  await ana.look("guide-extortion");
  await ben.go(`${at}/guides/extortion`);
  for (const text of await ana.page.getByRole("button").allInnerTexts()) {
    if (/\b(pay|zahlen|bezahlen|pagar)\b/i.test(text)) ana.fault(`a button says ${text}`);
  }

  // One proposes the package, another makes it.
  await ana.go(at);
  await ana.unfold(ana.page.locator("summary", { hasText: s.say("hand over propose") }));
  await ana.type(ana.page.locator("#receiver"), "Polizei, Dezernat 33");
  await ana.type(ana.page.locator("#why"), "Anzeige · report · queixa");
  await ana.enter(ana.button("hand over propose"));
  if (await ana.button("hand over make").count()) ana.fault("may make what she proposed");
  await ben.go(at);
  await ben.look("case-hand-over");
  await ben.reach(ben.button("hand over make"));
  const [download] = await Promise.all([ben.page.waitForEvent("download"), ben.page.keyboard.press("Enter")]);
  await download.saveAs(s.given.package);
  await ben.go(at);
  if (await ben.button("hand over make").count()) ben.fault("a package is made twice");
};
