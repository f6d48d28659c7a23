// Somebody leaves, and an access is ended by a connector: seen first, ordered by
// one person, signed by another. A connector that is late stands over the queue.
export default async (s) => {
  const at = `/cases/${s.given.case}/offboarding`;
  const ana = await s.person("ana", "reviewer");
  await ana.go("/queue");
  await ana.says(s.say("connectors trouble"));
  await ana.go("/connectors");
  await ana.says(s.say("connector expired"));
  await ana.go(at);
  await ana.type(ana.page.locator("#items"), "account,directory,nora");
  await ana.enter(ana.page.locator('button[name=do][value=items]'));
  await ana.type(ana.page.locator("#o-account"), "nora@firm.example");
  await ana.enter(ana.button("order plan"));
  await ana.says(s.say("order planned"));
  await ana.look("order-planned");
  await ana.enter(ana.button("order give"));
  await ana.says(s.say("order proposed"));

  const ben = await s.person("ben", "lead");
  await ben.go(at);
  await ben.enter(ben.button("order sign"));
  await ben.says(s.say("order signed"));
  await ben.look("order-signed");
};
