// A reviewer finds the way to a referee, the house writes to the employer's own
// domain through a mail server, and the signed reply comes back.
export default async (s) => {
  const at = `/cases/${s.given.case}/proofs`;
  const ana = await s.person("ana", "reviewer");
  await ana.go(at);
  await ana.look("proofs");
  await ana.type(ana.page.locator("#ra-0"), "bea.beispiel@meridian-works.example");
  await ana.pick(ana.page.locator("#rf-0"), "directory");
  await ana.type(ana.page.locator("#rw-0"), "the firm's own page, contact of the office");
  await ana.enter(ana.button("referee ask"));

  // An unsigned reply proves nothing: somebody is asked to call.
  await s.ask("/letter");
  await s.ask("/reply?signed=no");
  await ana.go(at);
  await ana.says(s.say("proofs none"));
  await s.ask("/reply?signed=yes");
  await ana.go(at);
  await ana.says("referee-mail-domain", "meridian-works.example");
  await ana.look("proofs-referee");
  await ana.go(`/cases/${s.given.case}`);
  await ana.look("case-referee");
};
