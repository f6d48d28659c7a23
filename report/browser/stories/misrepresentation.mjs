// Two people establish a misrepresentation: not before the person was asked, not
// by one person twice, not on a page that has changed, not by two at once.
import { invited } from "./candidate.mjs";

export default async (s) => {
  const at = `/cases/${s.given.case}`;
  const ana = await s.person("ana", "reviewer");
  const ben = await s.person("ben", "reviewer");
  await ana.go(at);
  if (!await ana.page.locator('input[value="misrepresentation established"]').isDisabled()) ana.fault("it is open before the person was asked");
  await ana.leads(() => ana.key("a"));
  const person = await invited(s, s.given.case);
  await s.ask("/later?by=13h");
  await person.go("/portal");
  await person.unfold(person.page.locator("summary", { hasText: s.say("p asked other") }));
  await person.enter(person.button("p asked rather not"));

  // A session that ended while the reasons were written: nothing is lost.
  await ana.signIn();
  await ben.signIn();
  await ana.go(at);
  await ana.key("4");
  const reasons = "The bank and the issuer name another person.";
  await ana.page.keyboard.insertText(reasons);
  await ana.context.clearCookies();
  await ana.enter(ana.button("put forward"), 401);
  await ana.says(reasons);
  await ana.look("signed-out");
  const tab = await s.window("ana");
  await ana.context.addCookies(await (async () => { await tab.signIn(); return tab.context.cookies(); })());
  await ana.enter(ana.button("send again"));
  await ana.says(s.say("waits for second", s.say("state misrepresentation established")));

  // Hers alone does not count twice.
  if (await ana.button("sign").count()) ana.fault("may sign what she put forward herself");
  await ben.go("/queue?view=waiting");
  await ben.look("queue-waiting");
  await ben.enter(ben.page.locator(`tr[data-case="${s.given.case}"] th a`));
  const form = ben.page.locator('form[action$="/approve"]');
  const [approve, seen] = [await form.getAttribute("action"), await form.locator("[name=seen]").inputValue()];
  ana.expected = 403;
  const got = await ana.page.evaluate(([to, seen, id]) => fetch(to, { method: "POST", body: new URLSearchParams({ seen, case: id }) }).then((r) => r.status), [approve, seen, s.given.case]);
  if (got !== 403) ana.fault(`signed her own decision: ${got}`);
  await ben.look("case-to-sign");
  await ben.enter(ben.button("decline"));

  // Two at once: one page is stale by then, and keeps what was typed.
  for (const who of [ana, ben]) {
    await who.go(at);
    await who.key("4");
    await who.page.keyboard.insertText(`${reasons} (${who.who})`);
  }
  await ana.enter(ana.button("put forward"));
  await ben.enter(ben.button("put forward"), 409);
  await ben.says(`${reasons} (ben)`);
  await ben.look("too-late");
  await ben.go(at);
  await ben.says(`${reasons} (ana)`);
  await ben.enter(ben.button("sign"));
  await ben.says(`${s.say("state misrepresentation established")}.`);

  // A stale tab signs nothing again.
  ben.expected = 409;
  const again = await ben.page.evaluate(([to, seen, id]) => fetch(to, { method: "POST", body: new URLSearchParams({ seen, case: id }) }).then((r) => r.status), [approve, seen, s.given.case]);
  if (again !== 409) ben.fault(`a stale tab gave ${again}`);
  await ben.go("/queue?view=closed");
  await ben.look("queue-closed");

  // The case on paper.
  await ben.go(at);
  await ben.page.setViewportSize({ width: 700, height: 900 });
  await ben.page.emulateMedia({ media: "print" });
  await ben.fits("print");
  if (await ben.page.locator(".mast").isVisible()) ben.fault("the navigation is printed");
  if ((await ben.page.pdf({ format: "A4" })).length < 10000) ben.fault("an empty page is printed");
};
