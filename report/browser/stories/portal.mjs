// The whole path of tier T1 with a test wallet: on a telephone, without script,
// by thumbs, within three minutes.
import { invited, telephone } from "./candidate.mjs";

export default async (s) => {
  const began = Date.now();
  const me = await invited(s, s.given.case, telephone);
  const { page } = me;
  const tap = (key) => me.leads(() => me.button(key).first().tap());
  const step = (id) => me.go(`/portal/steps/${id}`);
  const digits = (text) => text.match(/\b\d{6}\b/)[0];
  await me.says(s.say("p h left", 6));
  await step("mail");
  await tap("p mail act");
  await page.fill("#f-code", digits(await s.ask("/mail")));
  await tap("p digits act");
  await step("phone");
  await tap("p phone act");
  await page.fill("#f-code", digits(await s.ask(`/tasks?case=${s.given.case}`)));
  await tap("p digits act");
  await step("reference");
  await page.fill("#f-name", "Bea Beispiel");
  await page.fill("#f-organisation", "Meridian Works");
  await page.fill("#f-email", "bea@meridian-works.example");
  await tap("p reference act");
  await step("identity");
  await tap("p wallet here");
  await me.go(await s.ask(`/wallet?link=${encodeURIComponent(await page.locator("#wallet-link").getAttribute("href"))}`));
  await step("payee");
  await page.fill("#f-value", "PT50 0002 0123 1234 5678 9015 4");
  await page.fill("#f-holder", "Ana Muster");
  await tap("p payee act");
  await step("delivery");
  for (const [field, value] of Object.entries({ name: "Ana Muster", line: "Rua das Flores 12", city: "Porto", postcode: "4050-262", country: "PT" })) await page.fill(`#f-${field}`, value);
  await tap("p delivery act");
  await me.says(s.say("p h none"));
  const took = (Date.now() - began) / 1000;
  if (took > 180) me.fault(`the path took ${took} seconds`);
  s.said.push(`tier T1: ${took.toFixed(1)} s in the browser`);
  await me.look("portal-done");

  // What a reviewer sees of it: the chain has its first link.
  await s.ask("/work");
  const ana = await s.person("ana", "reviewer");
  await ana.go(`/cases/${s.given.case}`);
  if (await ana.page.locator(".chain svg.ring.confirmed").count() < 1) ana.fault("the chain has no confirmed link");
  await ana.look("case-proven");
  await ana.go(`/cases/${s.given.case}/proofs`);
  await ana.look("proofs-made");
};
