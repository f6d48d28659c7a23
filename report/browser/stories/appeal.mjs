// Clear a wrong flag after an appeal: an account in a name at birth, a person who
// is not believed by two, contests, and is believed by two others.
import { invited } from "./candidate.mjs";

export default async (s) => {
  const at = `/cases/${s.given.case}`;
  const ana = await s.person("ana", "reviewer");
  await ana.go(at);
  await ana.leads(() => ana.key("a"));
  await ana.says(s.say("request sent"));

  const mara = await invited(s, s.given.case);
  await s.ask("/later?by=13h"); // what people write is shown twice a day
  await mara.go("/portal");
  await mara.look("portal-question");
  await mara.type(mara.page.getByLabel(s.say("p asked answer")), "It is my name at birth.");
  await mara.enter(mara.button("p asked send"));

  await ana.signIn();
  await ana.go(at);
  await ana.says("It is my name at birth.");
  await ana.look("case-answered");
  await ana.key("3");
  await ana.page.keyboard.insertText("The account bears another name.");
  await ana.enter(ana.button("put forward"));
  await ana.says(s.say("waits for second", s.say("state not verified")));
  await ana.look("case-waits");
  const ben = await s.person("ben", "lead");
  await ben.go("/queue?view=waiting");
  await ben.enter(ben.page.locator(`tr[data-case="${s.given.case}"] th a`));
  await ben.enter(ben.button("sign"));
  await ben.says(`${s.say("state not verified")}.`);

  // The person reads why, and contests it.
  await s.ask("/later?by=13h");
  await mara.go("/portal");
  await mara.says("The account bears another name.");
  await mara.look("portal-closed");
  await mara.go("/portal/data");
  await mara.look("portal-data");
  await mara.type(mara.page.locator("#f-contest"), "My marriage certificate shows both names.");
  await mara.enter(mara.button("p contest act"));

  // Not by one of the two who decided; by two others.
  const tries = async (who) => {
    await who.go(at);
    await who.says("My marriage certificate shows both names.");
    await who.choose(who.page.locator('input[name=to][value=cleared]'));
    await who.type(who.page.locator("#reasons"), "The certificate shows both names.");
    await who.pick(who.page.locator("#appeals"), { index: 1 });
  };
  await ana.signIn();
  await tries(ana);
  await ana.enter(ana.button("put forward"), 403);
  await ana.look("refused");
  const cleo = await s.person("cleo", "reviewer");
  await tries(cleo);
  await cleo.look("case-appeal");
  await cleo.enter(cleo.button("put forward"));
  await ben.signIn();
  await ben.go(at);
  await ben.enter(ben.button("sign"), 403);
  const dora = await s.person("dora", "lead");
  await dora.go(at);
  await dora.enter(dora.button("sign"));
  await dora.says(`${s.say("state cleared")}.`);
  await dora.look("case-cleared");
  await dora.go("/statistics");
  await dora.look("statistics");
};
